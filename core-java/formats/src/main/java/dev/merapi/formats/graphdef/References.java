package dev.merapi.formats.graphdef;

import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// TensorFlow 1's variables: nodes that give a reference, and operations that change what it refers
/// to. Here they become places ([dev.merapi.memory.Cell]) and the operations on their handles.
final class References {
  /// The operation on a handle that does the same, and how many leading inputs are references.
  record Twin(String op, int references) {}

  private static final Set<String> VARIABLES =
      Set.of("Variable", "VariableV2", "TemporaryVariable");

  private static final Map<String, Twin> CHANGES =
      Map.ofEntries(
          Map.entry("Assign", new Twin("AssignVariableOp", 1)),
          Map.entry("AssignAdd", new Twin("AssignAddVariableOp", 1)),
          Map.entry("AssignSub", new Twin("AssignSubVariableOp", 1)),
          Map.entry("ScatterUpdate", new Twin("ResourceScatterUpdate", 1)),
          Map.entry("ScatterAdd", new Twin("ResourceScatterAdd", 1)),
          Map.entry("ScatterSub", new Twin("ResourceScatterSub", 1)),
          Map.entry("ScatterMul", new Twin("ResourceScatterMul", 1)),
          Map.entry("ScatterDiv", new Twin("ResourceScatterDiv", 1)),
          Map.entry("ScatterMin", new Twin("ResourceScatterMin", 1)),
          Map.entry("ScatterMax", new Twin("ResourceScatterMax", 1)),
          Map.entry("ScatterNdUpdate", new Twin("ResourceScatterNdUpdate", 1)),
          Map.entry("ScatterNdAdd", new Twin("ResourceScatterNdAdd", 1)),
          Map.entry("ScatterNdSub", new Twin("ResourceScatterNdSub", 1)),
          Map.entry("ScatterNdMin", new Twin("ResourceScatterNdMin", 1)),
          Map.entry("ScatterNdMax", new Twin("ResourceScatterNdMax", 1)),
          Map.entry("StridedSliceAssign", new Twin("ResourceStridedSliceAssign", 1)));

  private References() {}

  static boolean isVariable(Item item) {
    return VARIABLES.contains(item.op());
  }

  /// Returns how a node that changes variables is written with handles; null for other nodes.
  static @Nullable Twin twin(Item item) {
    Twin known = CHANGES.get(item.op());
    return known != null ? known : step(item.op());
  }

  /// Steps of optimizers have the same names but for what they begin with, and the same inputs.
  private static @Nullable Twin step(String op) {
    String name = "Resource" + op;
    if (!(op.startsWith("Apply") || op.startsWith("SparseApply")) || !Registry.has(name)) {
      return null;
    }
    long places =
        Registry.find(name).inputs().stream().filter(a -> a.fixed() == DType.RESOURCE).count();
    return new Twin(name, (int) places);
  }

  /// Tells whether the item's first output is a reference.
  static boolean gives(Item item) {
    return isVariable(item)
        || twin(item) != null
        || isPassedOn(item) && gives(item.in.get(0).item());
  }

  private static boolean isPassedOn(Item item) {
    return item.def.getOp().startsWith("Ref") && !item.in.isEmpty();
  }
}
