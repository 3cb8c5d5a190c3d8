package dev.merapi.nn.loss;

import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.expandDims;
import static dev.merapi.facade.TfApi.logicalAnd;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.squeeze;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Weights and masks of samples, and the way from many losses to one, by Keras's rules; losses and
/// metrics share them.
public final class Weights {
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef DIV_NO_NAN = OpRef.to("DivNoNan");

  private Weights() {}

  /// Returns `x` in the type `to`, itself if it has it already.
  public static Tensor cast(Tensor x, DType to) {
    return x.dtype() == to ? x : CAST.with(CAST.attrs("DstT", to), x);
  }

  /// Returns the sum of all elements.
  public static Tensor sum(Tensor x) {
    return SUM.of(x, axes(x));
  }

  /// Returns the numbers of all axes.
  static Tensor axes(Tensor x) {
    if (!x.shape().isRankKnown()) {
      return Sizes.upTo(Sizes.rank(x));
    }
    int[] all = new int[x.rank()];
    for (int i = 0; i < all.length; i++) {
      all[i] = i;
    }
    return Values.ints(all);
  }

  /// Returns all elements as a vector.
  public static Tensor flat(Tensor x) {
    return RESHAPE.of(x, Values.ints(-1));
  }

  /// Divides; what is divided by 0 gives 0.
  public static Tensor quotient(Tensor x, Tensor y) {
    return DIV_NO_NAN.of(x, y);
  }

  /// Returns two tensors whose ranks agree if they differed by a last axis of 1.
  public static Tensor[] sameRank(Tensor a, Tensor b) {
    return sameRank(a, b, true);
  }

  /// @param stretch whether a vector beside a column becomes a column; otherwise the column becomes
  ///   a vector
  public static Tensor[] sameRank(Tensor a, Tensor b, boolean stretch) {
    if (!a.shape().isRankKnown() || !b.shape().isRankKnown()) {
      return new Tensor[] {a, b};
    }
    int more = a.rank() - b.rank();
    if (more == 1 && a.shape().dim(-1) == 1) {
      return b.rank() == 1 && stretch
          ? new Tensor[] {a, expandDims(b, -1)}
          : new Tensor[] {squeeze(a, -1), b};
    }
    if (more == -1 && b.shape().dim(-1) == 1) {
      return a.rank() == 1 && stretch
          ? new Tensor[] {expandDims(a, -1), b}
          : new Tensor[] {a, squeeze(b, -1)};
    }
    return new Tensor[] {a, b};
  }

  /// Returns the mask of what both masks keep; null keeps all.
  static @Nullable Tensor both(@Nullable Tensor a, @Nullable Tensor b) {
    return a == null ? b : b == null ? a : logicalAnd(a, b);
  }

  /// Merges a mask into weights.
  ///
  /// @param mean whether the weights are for a mean over all elements: those that count then count
  ///   more, so that the mean is one over them alone
  public static @Nullable Tensor masked(
      @Nullable Tensor weight, @Nullable Tensor mask, DType dtype, boolean mean) {
    if (mask == null) {
      return weight == null ? null : cast(weight, dtype);
    }
    Tensor m = cast(mask, dtype);
    if (mean) {
      m = multiply(m, quotient(cast(Sizes.count(mask), dtype), sum(m)));
    }
    if (weight == null) {
      return m;
    }
    Tensor[] fitted = sameRank(m, cast(weight, dtype));
    return multiply(fitted[1], fitted[0]);
  }

  /// Weighs losses and brings them down to what `reduction` says.
  static Tensor reduce(
      Tensor losses,
      @Nullable Tensor sampleWeight,
      @Nullable Tensor mask,
      @Nullable String reduction,
      DType dtype) {
    Tensor values = cast(losses, dtype);
    boolean mean =
        reduction != null && (reduction.equals("mean") || reduction.equals("sum_over_batch_size"));
    Tensor weight = masked(sampleWeight, mask, dtype, mean);
    if (weight != null) {
      Tensor[] fitted = sameRank(values, weight);
      Pairing.weights(fitted[0], fitted[1]);
      weight = fitted[1];
      values = multiply(fitted[0], weight);
    }
    Shape s = values.shape();
    if (reduction == null
        || reduction.equals("none")
        || s.isRankKnown() && (s.rank() == 0 || s.rank() == 1 && s.dim(0) == 0)) {
      return values;
    }
    Tensor total = sum(values);
    if (reduction.equals("sum")) {
      return total;
    }
    if (reduction.equals("mean_with_sample_weight") && weight != null) {
      return quotient(total, sum(weight));
    }
    long n = s.isKnown() ? s.size() : -1;
    return n > 0 ? divide(total, (double) n) : quotient(total, cast(Sizes.count(values), dtype));
  }
}
