package dev.merapi.facade;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Functions of `tf` that are written in several operations.
final class Compose {
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef FLOOR_DIV = OpRef.to("FloorDiv");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef MINIMUM = OpRef.to("Minimum");
  private static final OpRef SQUARE = OpRef.to("Square");
  private static final OpRef SQRT = OpRef.to("Sqrt");
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef LOG = OpRef.to("Log");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MEAN = OpRef.to("Mean");
  private static final OpRef MAX = OpRef.to("Max");
  private static final OpRef ABS = OpRef.to("Abs");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef IS_FINITE = OpRef.to("IsFinite");
  private static final OpRef SELECT = OpRef.to("SelectV2");
  private static final OpRef STOP = OpRef.to("StopGradient");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef SQUEEZE = OpRef.to("Squeeze");
  private static final OpRef BROADCAST = OpRef.to("BroadcastTo");
  private static final OpRef SQUARED_DIFFERENCE = OpRef.to("SquaredDifference");
  private static final OpRef L2 = OpRef.to("L2Loss");

  private Compose() {}

  /// Divides; whole numbers as float64 (those of 8 and 16 bits as float32), which hold them
  /// exactly.
  static Tensor trueDivide(Object x, Object y) {
    Tensor[] in = Operands.of(FLOOR_DIV.get(), x, y);
    DType t = in[0].dtype();
    if (!t.isInteger() || in[1].dtype() != t) {
      return DIV.of(in);
    }
    DType wide = t.bytes() <= 2 ? DType.F32 : DType.F64;
    return DIV.of(
        CAST.with(CAST.attrs("DstT", wide), in[0]), CAST.with(CAST.attrs("DstT", wide), in[1]));
  }

  static int[] allAxes(Tensor t) {
    int[] a = new int[t.rank()];
    for (int i = 0; i < a.length; i++) {
      a[i] = i;
    }
    return a;
  }

  static Tensor number(Tensor like, double value) {
    return Values.filled(new Spec(like.dtype(), Shape.SCALAR), value);
  }

  static Tensor sum(Tensor x, int[] axis, boolean keep) {
    return SUM.with(SUM.attrs("keep_dims", keep), x, Values.ints(axis));
  }

  static Tensor mean(Tensor x, int[] axis, boolean keep) {
    return MEAN.with(MEAN.attrs("keep_dims", keep), x, Values.ints(axis));
  }

  static Tensor max(Tensor x, int[] axis, boolean keep) {
    return MAX.with(MAX.attrs("keep_dims", keep), x, Values.ints(axis));
  }

  /// Computes log Σ exp(x) without overflow.
  static Tensor logSumExp(Tensor x, int[] axis, boolean keep) {
    Tensor top = STOP.of(max(x, axis, true));
    Tensor safe = SELECT.of(IS_FINITE.of(top), top, number(top, 0));
    Tensor s = LOG.of(sum(EXP.of(SUB.of(x, safe)), axis, true));
    Tensor y = ADD.of(s, safe);
    return keep ? y : without(y, axis);
  }

  /// Drops axes that are 1 long.
  static Tensor without(Tensor x, int[] axes) {
    return axes.length == 0 ? x : SQUEEZE.with(SQUEEZE.attrs("squeeze_dims", axes), x);
  }

  /// Returns mean and variance over the given axes, both with those axes kept as 1.
  static Tensor[] moments(Tensor x, int[] axis) {
    Tensor mean = mean(x, axis, true);
    Tensor variance = mean(SQUARED_DIFFERENCE.of(x, STOP.of(mean)), axis, true);
    return new Tensor[] {mean, variance};
  }

  static Tensor variance(Tensor x, int[] axis, boolean keep) {
    Tensor mean = mean(x, axis, true);
    return mean(SQUARED_DIFFERENCE.of(x, mean), axis, keep);
  }

  /// Computes a norm of vectors along axes: 1, 2 (euclidean), any p, or infinity.
  static Tensor norm(Tensor x, double order, int[] axis, boolean keep) {
    if (order == 2) {
      return SQRT.of(sum(SQUARE.of(ABS.of(x)), axis, keep));
    }
    if (order == 1) {
      return sum(ABS.of(x), axis, keep);
    }
    if (order == Double.POSITIVE_INFINITY) {
      return max(ABS.of(x), axis, keep);
    }
    OpRef pow = OpRef.to("Pow");
    return pow.of(sum(pow.of(ABS.of(x), number(x, order)), axis, keep), number(x, 1 / order));
  }

  static Tensor clipByNorm(Tensor t, double clipNorm, int[] axes) {
    Tensor square = sum(SQUARE.of(t), axes, true);
    Tensor zero = number(t, 0);
    Tensor some = GREATER.of(square, zero);
    // The root of 0 has no slope: 1 stands in for it, and the choice below takes 0 back.
    Tensor root = SQRT.of(SELECT.of(some, square, number(t, 1)));
    Tensor norm = SELECT.of(some, root, square);
    Tensor clip = number(t, clipNorm);
    return DIV.of(MUL.of(t, clip), MAXIMUM.of(norm, clip));
  }

  static Tensor globalNorm(List<? extends @Nullable Tensor> tensors) {
    Tensor total = null;
    for (Tensor t : tensors) {
      if (t != null) {
        Tensor half = L2.of(t);
        total = total == null ? half : ADD.of(total, half);
      }
    }
    if (total == null) {
      throw Message.what("tf.globalNorm: there is no tensor in the list")
          .expected("at least one tensor")
          .valueError();
    }
    return SQRT.of(MUL.of(total, number(total, 2)));
  }

  @SuppressWarnings("unchecked") // Where a tensor is, a tensor comes.
  static <T extends @Nullable Tensor> List<T> clipByGlobalNorm(
      List<T> tensors, double clipNorm, Tensor norm) {
    Tensor clip = number(norm, clipNorm);
    Tensor scale =
        MUL.of(clip, MINIMUM.of(DIV.of(number(norm, 1), norm), DIV.of(number(norm, 1), clip)));
    // Nothing for finite norms; others make all gradients NaN, as in TensorFlow.
    scale = ADD.of(scale, SUB.of(norm, norm));
    List<T> out = new ArrayList<>();
    for (T t : tensors) {
      out.add(t == null ? t : (T) MUL.of(t, scale));
    }
    return out;
  }

  static List<Tensor> meshgrid(boolean xy, Object... vectors) {
    int n = vectors.length;
    Tensor[] sizes = new Tensor[n];
    Tensor[] in = new Tensor[n];
    for (int i = 0; i < n; i++) {
      in[i] = Literals.of(vectors[i]);
      sizes[i] = Sizes.count(in[i]);
    }
    boolean swap = xy && n > 1;
    Tensor[] full = sizes.clone();
    if (swap) {
      full[0] = sizes[1];
      full[1] = sizes[0];
    }
    Tensor shape = Sizes.vector(full);
    List<Tensor> out = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int[] dims = new int[n];
      java.util.Arrays.fill(dims, 1);
      dims[swap && i < 2 ? 1 - i : i] = in[i].shape().isKnown() ? (int) in[i].size() : -1;
      out.add(BROADCAST.of(RESHAPE.of(in[i], Values.ints(dims)), shape));
    }
    return out;
  }
}
