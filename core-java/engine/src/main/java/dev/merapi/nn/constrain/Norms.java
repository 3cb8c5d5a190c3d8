package dev.merapi.nn.constrain;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Lengths of the vectors in a weight, and numbers beside them.
final class Norms {
  /// Keras's `epsilon()`, which keeps quotients by lengths finite.
  static final double EPSILON = 1e-7;

  static final OpRef ADD = OpRef.to("AddV2");
  static final OpRef MUL = OpRef.to("Mul");
  static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef SQRT = OpRef.to("Sqrt");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MINIMUM = OpRef.to("Minimum");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");

  private Norms() {}

  /// Returns `√Σ w²` along the axes, which stay with size 1.
  static Tensor of(Tensor w, int[] axes) {
    return SQRT.of(SUM.with(SUM.attrs("keep_dims", true), SQUARE.of(w), Values.ints(axes)));
  }

  static Tensor clipped(Tensor norms, double low, double high) {
    return MINIMUM.of(MAXIMUM.of(norms, number(norms, low)), number(norms, high));
  }

  /// Returns `w` with vectors of length `desired` in place of those of length `norms`.
  static Tensor scaled(Tensor w, Tensor norms, Tensor desired) {
    return MUL.of(w, DIV.of(desired, ADD.of(norms, number(norms, EPSILON))));
  }

  static Tensor number(Tensor x, double value) {
    return Values.filled(new Spec(x.dtype(), Shape.SCALAR), value);
  }
}
