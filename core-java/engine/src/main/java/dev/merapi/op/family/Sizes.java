package dev.merapi.op.family;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Sizes of tensors as gradients and composed functions need them: numbers where they are known,
/// else operations that read them when a graph runs.
///
/// All sizes are int32, single ones scalars.
public final class Sizes {
  private static final OpRef SHAPE = OpRef.to("Shape");
  private static final OpRef SIZE = OpRef.to("Size");
  private static final OpRef RANK = OpRef.to("Rank");
  private static final OpRef RANGE = OpRef.to("Range");
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef FILL = OpRef.to("Fill");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef FLOOR_MOD = OpRef.to("FloorMod");
  private static final OpRef PROD = OpRef.to("Prod");
  private static final OpRef SLICE = OpRef.to("Slice");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef ZEROS_LIKE = OpRef.to("ZerosLike");

  private Sizes() {}

  /// Returns a tensor's value, or null when a graph will only know it when it runs.
  public static @Nullable Tensor known(Tensor x) {
    return x.isSymbolic() ? x.storage().constant() : x;
  }

  /// Returns the shape of a tensor as a vector.
  public static Tensor of(Tensor x) {
    return x.shape().isKnown() ? Values.ints(x.shape().rawDims()) : SHAPE.of(x);
  }

  /// Returns the size of an axis; of one counted from the end only where the rank is known.
  public static Tensor axis(Tensor x, int axis) {
    Shape s = x.shape();
    int n = s.isRankKnown() || axis < 0 ? s.dim(axis) : Shape.UNKNOWN_SIZE;
    return n >= 0 ? Values.scalar(n) : entry(SHAPE.of(x), axis < 0 ? axis + s.rank() : axis);
  }

  /// Returns the number of elements.
  public static Tensor count(Tensor x) {
    return x.shape().isKnown() ? Values.scalar((int) x.shape().size()) : SIZE.of(x);
  }

  /// Returns the number of axes.
  public static Tensor rank(Tensor x) {
    return x.shape().isRankKnown() ? Values.scalar(x.shape().rank()) : RANK.of(x);
  }

  /// Returns axes that may be counted from the end, of either index type, as numbers from 0 on.
  public static Tensor fromFront(Tensor axes, Tensor x) {
    Tensor a = axes.dtype() == DType.I32 ? axes : CAST.with(CAST.attrs("DstT", DType.I32), axes);
    return FLOOR_MOD.of(a, rank(x));
  }

  /// Returns 0, 1, … up to but not including `n`.
  public static Tensor upTo(Tensor n) {
    return RANGE.of(Values.scalar(0), n, Values.scalar(1));
  }

  /// Returns one element of a vector.
  public static Tensor entry(Tensor vector, int i) {
    return GATHER.of(vector, Values.scalar(i), Values.scalar(0));
  }

  /// Returns elements `from` to `to` - 1 of a vector.
  public static Tensor part(Tensor vector, Tensor from, Tensor to) {
    return SLICE.of(vector, vector(from), vector(minus(to, from)));
  }

  /// Returns the product of a vector's elements.
  public static Tensor product(Tensor vector) {
    return PROD.of(vector, Values.ints(0));
  }

  /// Joins numbers to a vector, the form in which shapes go into operations.
  public static Tensor vector(Tensor... scalars) {
    int[] v = new int[scalars.length];
    for (int i = 0; i < v.length; i++) {
      Tensor known = known(scalars[i]);
      if (known == null) {
        return PACK.of(scalars);
      }
      v[i] = known.intValue();
    }
    return Values.ints(v);
  }

  public static Tensor plus(Tensor a, Tensor b) {
    Tensor x = known(a);
    Tensor y = known(b);
    return x == null || y == null ? ADD.of(a, b) : Values.scalar(x.intValue() + y.intValue());
  }

  public static Tensor minus(Tensor a, Tensor b) {
    Tensor x = known(a);
    Tensor y = known(b);
    return x == null || y == null ? SUB.of(a, b) : Values.scalar(x.intValue() - y.intValue());
  }

  public static Tensor times(Tensor a, Tensor b) {
    Tensor x = known(a);
    Tensor y = known(b);
    return x == null || y == null
        ? MUL.of(a, b)
        : Values.scalar(Math.multiplyExact(x.intValue(), y.intValue()));
  }

  /// Returns a tensor of one repeated number in the shape of `x`.
  public static Tensor filled(DType type, Tensor x, double value) {
    return x.shape().isKnown()
        ? Values.filled(new Spec(type, x.shape()), value)
        : FILL.of(SHAPE.of(x), Values.filled(new Spec(type, Shape.SCALAR), value));
  }

  public static Tensor zerosLike(Tensor x) {
    return x.shape().isKnown() ? Values.filled(x.spec(), 0) : ZEROS_LIKE.of(x);
  }

  /// Puts `n` axes of size 1 behind those of `x`.
  public static Tensor behind(Tensor x, int n) {
    if (x.shape().isKnown()) {
      int[] d = Arrays.copyOf(x.shape().rawDims(), x.rank() + n);
      Arrays.fill(d, x.rank(), d.length, 1);
      return n == 0 ? x : RESHAPE.of(x, Values.ints(d));
    }
    Tensor y = x;
    for (int i = 0; i < n; i++) {
      y = EXPAND.of(y, Values.scalar(-1));
    }
    return y;
  }
}
