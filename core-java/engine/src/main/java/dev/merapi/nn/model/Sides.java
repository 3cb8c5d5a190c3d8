package dev.merapi.nn.model;

import dev.merapi.op.Literals;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What goes into a model and what comes out, in the order of its inputs and outputs.
///
/// @param inputNames names of the inputs, empty when the model has not said them
/// @param outputNames the same for outputs
record Sides(List<String> inputNames, List<String> outputNames) {
  List<Tensor> inputs(@Nullable Object x) {
    return tensors(x, inputNames, "input");
  }

  List<Tensor> outputs(@Nullable Object y) {
    return tensors(y, outputNames, "output");
  }

  private static List<Tensor> tensors(@Nullable Object given, List<String> names, String what) {
    if (given == null) {
      return List.of();
    }
    if (given instanceof Map<?, ?> m) {
      return ofMap(m, names, what);
    }
    if (given instanceof List<?> l && isSeveral(l, names.size())) {
      return l.stream().map(Sides::tensor).toList();
    }
    return List.of(tensor(given));
  }

  /// Tells a list of tensors or arrays for several inputs from one nested list of numbers.
  private static boolean isSeveral(List<?> l, int expected) {
    return l.stream().anyMatch(o -> o instanceof Tensor || o instanceof TensorLike)
        || expected > 1 && l.size() == expected && !(l.getFirst() instanceof Number);
  }

  private static Tensor tensor(@Nullable Object o) {
    if (o == null) {
      throw Message.what("null where a tensor or array belongs").valueError();
    }
    return Literals.of(o);
  }

  private static List<Tensor> ofMap(Map<?, ?> m, List<String> names, String what) {
    List<Tensor> all = new ArrayList<>();
    for (String n : names) {
      if (!m.containsKey(n)) {
        throw Message.what("there is nothing for " + what + " '" + n + "'")
            .given("values for " + m.keySet())
            .expected("values for " + names)
            .valueError();
      }
      all.add(tensor(m.get(n)));
    }
    return names.isEmpty() ? m.values().stream().map(Sides::tensor).toList() : all;
  }
}
