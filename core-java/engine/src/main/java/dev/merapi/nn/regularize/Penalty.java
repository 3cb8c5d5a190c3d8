package dev.merapi.nn.regularize;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// The two sums that all regularizers are made of.
final class Penalty {
  private static final OpRef HALF_OF_SQUARES = OpRef.to("L2Loss");
  private static final OpRef ABS = OpRef.to("Abs");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MUL = OpRef.to("Mul");

  static final Kind<Double> WEIGHT =
      Kinds.numbers("a number of 0 or more", x -> x >= 0 && x < Double.POSITIVE_INFINITY);

  private Penalty() {}

  /// Returns `factor · Σ x²`, in one pass over `x`; doubling the factor loses no bit.
  static Tensor squares(Tensor x, double factor) {
    return MUL.of(HALF_OF_SQUARES.of(x), number(x, 2 * factor));
  }

  /// Returns `factor · Σ |x|`.
  static Tensor sizes(Tensor x, double factor) {
    return MUL.of(all(ABS.of(x)), number(x, factor));
  }

  /// Returns the sum of all elements.
  static Tensor all(Tensor x) {
    return SUM.of(x, Sizes.upTo(Sizes.rank(x)));
  }

  static Tensor number(Tensor x, double value) {
    return Values.filled(new Spec(x.dtype(), Shape.SCALAR), value);
  }
}
