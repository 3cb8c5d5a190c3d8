package dev.merapi.nn.layer.attention;

import dev.merapi.nn.Ops;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Which steps may attend to which.
final class Scores {
  private Scores() {}

  /// Returns the mask in which step i attends to no step behind it: `(1, queries, keys)`.
  static Tensor causal(Tensor queries, Tensor keys) {
    return Ops.greaterEqual(column(queries), row(keys));
  }

  /// Returns the mask in which steps attend to those less than `width` away.
  static Tensor near(Tensor queries, Tensor keys, int width) {
    Tensor reach = Ops.add(column(queries), width);
    Tensor back = Ops.add(column(queries), -width);
    Tensor behind = Ops.not(Ops.greaterEqual(row(keys), reach));
    return Ops.and(behind, Ops.not(Ops.greaterEqual(back, row(keys))));
  }

  private static Tensor column(Tensor n) {
    return Ops.reshape(Sizes.upTo(n), Values.scalar(1), Values.scalar(-1), Values.scalar(1));
  }

  private static Tensor row(Tensor n) {
    return Ops.reshape(Sizes.upTo(n), Values.scalar(1), Values.scalar(1), Values.scalar(-1));
  }

  static @Nullable Tensor both(@Nullable Tensor a, @Nullable Tensor b) {
    return a == null ? b : b == null ? a : Ops.and(a, b);
  }
}
