package dev.merapi.formats.graphdef;

import dev.merapi.formats.proto.AttrValue;
import dev.merapi.op.ArgDef;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Body;
import dev.merapi.op.OpDef;
import dev.merapi.op.TypeVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns a node's attributes into those that the operation declares.
final class Attributes {
  /// Attributes that tell TensorFlow's executor how to go about its work. They change no result and
  /// have no meaning here; the writer leaves them at TensorFlow's defaults.
  private static final Set<String> OF_THE_EXECUTOR =
      Set.of(
          "use_cudnn_on_gpu",
          "use_locking",
          "validate_shape",
          "parallel_iterations",
          "swap_memory",
          "output_shapes",
          "config",
          "config_proto",
          "executor_type",
          "read_only_resource_inputs",
          "use_inter_op_parallelism",
          "allowed_devices",
          "debug_name",
          "experimental_debug_info");

  private Attributes() {}

  /// Returns the values for `op`; functions among them come from `bodies`, by attribute name.
  ///
  /// Fails: `GraphDefError` naming an attribute that the operation does not declare.
  static Attrs read(OpDef op, Item item, Map<String, Body> bodies) {
    Map<String, Object> named = new TreeMap<>(bodies);
    for (AttrDef def : op.attrs()) {
      AttrValue v = item.attr(def.name());
      if (v == null || bodies.containsKey(def.name()) || followsFromInputs(op, def)) {
        continue;
      }
      named.put(def.name(), AttrValues.read(def, v, item.place));
    }
    for (String name : item.def.getAttrMap().keySet()) {
      if (!name.startsWith("_") && !op.hasAttr(name) && !isLength(op, name) && !isType(op, name)) {
        if (!OF_THE_EXECUTOR.contains(name)) {
          throw unknown(op, item, name);
        }
      }
    }
    try {
      return op.attrs(named);
    } catch (IllegalArgumentException e) {
      throw item.place.fault(firstLine(e), item.toString(), "", "", e);
    }
  }

  static String firstLine(Throwable e) {
    String text = String.valueOf(e.getMessage());
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  /// Tells whether an attribute only repeats what the inputs say: their types.
  static boolean followsFromInputs(OpDef op, AttrDef def) {
    if (def.kind() == AttrDef.Kind.TYPES) {
      return def == firstTypes(op) && op.inputs().stream().anyMatch(Attributes::isAnyList);
    }
    if (def.kind() != AttrDef.Kind.TYPE) {
      return false;
    }
    for (ArgDef a : op.inputs()) {
      if (def.name().equals(a.typeVar()) && !a.list()) {
        return true;
      }
    }
    TypeVar t = typeVar(op, def.name());
    return t != null && t.otherwise() == null && op.inputs().stream().anyMatch(ArgDef::list);
  }

  /// Returns the attribute that lists the inputs' types: the first of its kind.
  private static @Nullable AttrDef firstTypes(OpDef op) {
    for (AttrDef a : op.attrs()) {
      if (a.kind() == AttrDef.Kind.TYPES) {
        return a;
      }
    }
    return null;
  }

  private static boolean isAnyList(ArgDef a) {
    return a.list() && a.typeVar() == null && a.fixed() == null;
  }

  private static @Nullable TypeVar typeVar(OpDef op, String name) {
    for (TypeVar t : op.types()) {
      if (t.name().equals(name)) {
        return t;
      }
    }
    return null;
  }

  /// Tells whether an attribute is the length of a list input, which here the list itself has.
  private static boolean isLength(OpDef op, String name) {
    return name.equals("N") && op.inputs().stream().anyMatch(ArgDef::list);
  }

  /// Tells whether an attribute gives an element type that is fixed here or follows from others.
  /// What is called `T` for references is `dtype` for handles, and follows from the values.
  private static boolean isType(OpDef op, String name) {
    return name.equals("Tout") && op.outputs().stream().anyMatch(ArgDef::list)
        || name.equals("T") && op.hasAttr("dtype");
  }

  private static GraphDefError unknown(OpDef op, Item item, String name) {
    List<String> known = new ArrayList<>();
    for (AttrDef a : op.attrs()) {
      known.add(a.name());
    }
    return item.place.fault(
        op.name() + ": there is no attribute '" + name + "'",
        name + " = " + String.valueOf(item.attr(name)).strip().replace('\n', ' '),
        known.isEmpty() ? "no attributes" : "one of " + String.join(", ", known),
        "the graph needs a newer Merapi; if the attribute changes nothing, remove it");
  }
}
