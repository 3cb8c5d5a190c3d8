package dev.merapi.nn.layer;

import dev.merapi.op.Literals;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads what a layer is called on.
final class Given {
  private Given() {}

  /// Takes one tensor or host value, or a list or map in which tensors occur for several.
  static List<Tensor> inputs(Object x) {
    if (x instanceof Map<?, ?> m) {
      return m.values().stream().map(Literals::of).toList();
    }
    if (x instanceof Object[] a && a.length > 0 && isTensor(a[0])) {
      return inputs(Arrays.asList(a));
    }
    if (x instanceof List<?> l && !l.isEmpty() && l.stream().anyMatch(Given::isTensor)) {
      return l.stream().map(Literals::of).toList();
    }
    return List.of(Literals.of(x));
  }

  private static boolean isTensor(@Nullable Object o) {
    return o instanceof Tensor || o instanceof TensorLike;
  }
}
