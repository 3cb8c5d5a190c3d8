package dev.merapi.facade;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Functions of `tf` that sort, repeat and measure, each written in several operations.
public abstract class ComposedApi extends TfOps {
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef TOP_K = OpRef.to("TopKV2");
  private static final OpRef NEG = OpRef.to("Neg");
  private static final OpRef INVERT = OpRef.to("Invert");
  private static final OpRef CUMSUM = OpRef.to("Cumsum");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef RANGE = OpRef.to("Range");
  private static final OpRef UPPER_BOUND = OpRef.to("UpperBound");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef BROADCAST = OpRef.to("BroadcastTo");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef CAST = OpRef.to("Cast");

  protected ComposedApi() {}

  /// Divides element by element; whole numbers give float64, those of 8 and 16 bits float32.
  public static Tensor divide(Object x, Object y) {
    return Compose.trueDivide(x, y);
  }

  /// Divides element by element; whole numbers give float64, those of 8 and 16 bits float32.
  public static Tensor truediv(Object x, Object y) {
    return Compose.trueDivide(x, y);
  }

  /// Returns the Euclidean length of all elements.
  public static Tensor norm(Object x) {
    return LinalgApi.norm(x);
  }

  /// Returns the length of vectors along axes.
  ///
  /// @param order 1, 2, any positive number, or `Double.POSITIVE_INFINITY`
  public static Tensor norm(Object x, double order, int[] axis, boolean keepdims) {
    return LinalgApi.norm(x, order, axis, keepdims);
  }

  /// Multiplies over the last `axes` axes of `a` and the first of `b`.
  public static Tensor tensordot(Object a, Object b, int axes) {
    return LinalgApi.tensordot(a, b, axes);
  }

  /// Multiplies over pairs of axes: `axesOfA[i]` with `axesOfB[i]`.
  public static Tensor tensordot(Object a, Object b, int[] axesOfA, int[] axesOfB) {
    return LinalgApi.tensordot(a, b, axesOfA, axesOfB);
  }

  /// Computes log Σ eˣ over all elements, without overflow.
  public static Tensor reduceLogsumexp(Object x) {
    return MathApi.reduceLogsumexp(x);
  }

  public static Tensor reduceLogsumexp(Object x, int[] axis, boolean keepdims) {
    return MathApi.reduceLogsumexp(x, axis, keepdims);
  }

  /// Shortens vectors along the given axes to length `clipNorm`; shorter ones stay.
  public static Tensor clipByNorm(Object t, double clipNorm, int... axes) {
    return Compose.clipByNorm(Literals.of(t), clipNorm, axes);
  }

  /// Sorts along the last axis, smallest first.
  public static Tensor sort(Object values) {
    return sort(values, -1, "ASCENDING");
  }

  /// Sorts along an axis.
  ///
  /// @param direction `ASCENDING` or `DESCENDING`
  public static Tensor sort(Object values, int axis, String direction) {
    Tensor x = Literals.of(values);
    boolean up = ascending("sort", direction);
    Tensor key = up ? turned(x) : x;
    Tensor sorted = ranked("sort", key, axis, 0);
    return up ? turned(sorted) : sorted;
  }

  /// Returns the positions that would sort the last axis, smallest first; equals keep their order.
  public static Tensor argsort(Object values) {
    return argsort(values, -1, "ASCENDING");
  }

  /// Returns the positions (int32) that would sort along an axis; equals keep their order.
  ///
  /// @param direction `ASCENDING` or `DESCENDING`
  public static Tensor argsort(Object values, int axis, String direction) {
    Tensor x = Literals.of(values);
    return ranked("argsort", ascending("argsort", direction) ? turned(x) : x, axis, 1);
  }

  private static boolean ascending(String function, String direction) {
    if (!direction.equals("ASCENDING") && !direction.equals("DESCENDING")) {
      throw Message.what("tf." + function + ": there is no direction " + direction)
          .expected("ASCENDING or DESCENDING")
          .valueError();
    }
    return direction.equals("ASCENDING");
  }

  /// Reverses the order of numbers: −x for fractions, ~x for whole numbers, which has no overflow.
  private static Tensor turned(Tensor x) {
    return x.dtype().isFloating() ? NEG.of(x) : INVERT.of(x);
  }

  /// Returns output `i` of taking all elements in descending order.
  private static Tensor ranked(String function, Tensor x, int axis, int i) {
    int last = x.rank() - 1;
    int a = x.shape().axis("tf." + function, axis);
    int[] swap = new int[x.rank()];
    for (int k = 0; k < swap.length; k++) {
      swap[k] = k == a ? last : k == last ? a : k;
    }
    Tensor perm = Values.ints(swap);
    Tensor rows = a == last ? x : TRANSPOSE.of(x, perm);
    Tensor y = TOP_K.all(TOP_K.get().defaults(), rows, Sizes.axis(x, a))[i];
    return a == last ? y : TRANSPOSE.of(y, perm);
  }

  /// Repeats each element of the flattened tensor.
  ///
  /// @param repeats how often: one number for all, or one for each element
  public static Tensor repeat(Object x, Object repeats) {
    return repeat(RESHAPE.of(Literals.of(x), Values.ints(-1)), repeats, 0);
  }

  /// Repeats each slice along an axis.
  ///
  /// @param repeats how often: one number for all, or one for each slice
  public static Tensor repeat(Object x, Object repeats, int axis) {
    Tensor t = Literals.of(x);
    int a = t.shape().axis("tf.repeat", axis);
    int n = t.shape().dim(a);
    Tensor size = Sizes.axis(t, a);
    Tensor times = RESHAPE.of(Literals.of(repeats), Values.ints(-1));
    if (n >= 0 && times.shape().isKnown() && times.size() != 1 && times.size() != n) {
      throw Message.what("tf.repeat: repeats has " + times.size() + " numbers for " + n + " slices")
          .given("x " + t.spec() + ", axis " + axis)
          .expected("one number, or " + n)
          .shapeError();
    }
    times = BROADCAST.of(CAST.with(CAST.attrs("DstT", DType.I32), times), Sizes.vector(size));
    // Slice i covers the places from the sum of the repeats before it on; the search finds the
    // slice of each place.
    Tensor zero = Values.scalar(0);
    Tensor ends = EXPAND.of(CUMSUM.of(times, zero), zero);
    Tensor places = EXPAND.of(RANGE.of(zero, SUM.of(times, zero), Values.scalar(1)), zero);
    Tensor slices = RESHAPE.of(UPPER_BOUND.of(ends, places), Values.ints(-1));
    return GATHER.of(t, slices, Values.scalar(a));
  }
}
