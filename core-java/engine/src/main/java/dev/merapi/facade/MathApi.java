package dev.merapi.facade;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// The functions of `tf.math` that are more than one operation.
public abstract class MathApi extends TfMathOps {
  private static final OpRef SQRT = OpRef.to("Sqrt");
  private static final OpRef RSQRT = OpRef.to("Rsqrt");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef MUL = OpRef.to("Mul");

  protected MathApi() {}

  /// Divides element by element; whole numbers give float64, those of 8 and 16 bits float32.
  public static Tensor divide(Object x, Object y) {
    return Compose.trueDivide(x, y);
  }

  /// Divides element by element; whole numbers give float64, those of 8 and 16 bits float32.
  public static Tensor truediv(Object x, Object y) {
    return Compose.trueDivide(x, y);
  }

  /// Computes log Σ eˣ over all elements, without overflow.
  public static Tensor reduceLogsumexp(Object x) {
    Tensor t = Literals.of(x);
    return Compose.logSumExp(t, Compose.allAxes(t), false);
  }

  public static Tensor reduceLogsumexp(Object x, int[] axis, boolean keepdims) {
    return Compose.logSumExp(Literals.of(x), axis, keepdims);
  }

  /// Returns the variance of all elements: the mean squared distance from the mean.
  public static Tensor reduceVariance(Object x) {
    Tensor t = Literals.of(x);
    return Compose.variance(t, Compose.allAxes(t), false);
  }

  public static Tensor reduceVariance(Object x, int[] axis, boolean keepdims) {
    return Compose.variance(Literals.of(x), axis, keepdims);
  }

  /// Returns the standard deviation of all elements.
  public static Tensor reduceStd(Object x) {
    return SQRT.of(reduceVariance(x));
  }

  public static Tensor reduceStd(Object x, int[] axis, boolean keepdims) {
    return SQRT.of(reduceVariance(x, axis, keepdims));
  }

  /// Scales vectors along an axis to length 1; lengths below √epsilon count as that.
  public static Tensor l2Normalize(Object x, int axis, double epsilon) {
    Tensor t = Literals.of(x);
    Tensor s = SUM.with(SUM.attrs("keep_dims", true), SQUARE.of(t), Values.ints(axis));
    return MUL.of(t, RSQRT.of(MAXIMUM.of(s, Compose.number(t, epsilon))));
  }

  /// Counts pairs: row i, column j holds how often label i was predicted as j.
  ///
  /// @param labels class numbers
  /// @param predictions class numbers, as many
  public static Tensor confusionMatrix(Object labels, Object predictions, int numClasses) {
    Tensor l = Literals.of(labels);
    Tensor p = Literals.of(predictions);
    OpRef pack = OpRef.to("Pack");
    Tensor pairs = pack.with(pack.attrs("axis", 1), l, Literals.like(p, l));
    Tensor ones = Sizes.filled(DType.I32, l, 1);
    Tensor shape =
        OpRef.to("Cast")
            .with(OpRef.to("Cast").attrs("DstT", l.dtype()), Values.ints(numClasses, numClasses));
    return OpRef.to("ScatterNd").of(pairs, ones, shape);
  }
}
