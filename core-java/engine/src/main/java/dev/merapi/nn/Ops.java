package dev.merapi.nn;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// The operations that layers, losses and metrics are written with, short to call.
public final class Ops {
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef MINIMUM = OpRef.to("Minimum");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef LESS = OpRef.to("Less");
  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");
  private static final OpRef NOT_EQUAL = OpRef.to("NotEqual");
  private static final OpRef AND = OpRef.to("LogicalAnd");
  private static final OpRef OR = OpRef.to("LogicalOr");
  private static final OpRef NOT = OpRef.to("LogicalNot");
  private static final OpRef SELECT = OpRef.to("SelectV2");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MEAN = OpRef.to("Mean");
  private static final OpRef MAX = OpRef.to("Max");
  private static final OpRef ANY = OpRef.to("Any");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef ENSURE = OpRef.to("EnsureShape");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef SQUEEZE = OpRef.to("Squeeze");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef EINSUM = OpRef.to("Einsum");
  private static final OpRef BATCH_MATMUL = OpRef.to("BatchMatMulV2");

  private Ops() {}

  /// Returns a number as a scalar of the type of `like`.
  public static Tensor number(Tensor like, double value) {
    return Values.filled(new Spec(like.dtype(), Shape.SCALAR), value);
  }

  public static Tensor add(Tensor x, Tensor y) {
    return ADD.of(x, y);
  }

  public static Tensor add(Tensor x, double y) {
    return ADD.of(x, number(x, y));
  }

  public static Tensor sub(Tensor x, Tensor y) {
    return SUB.of(x, y);
  }

  public static Tensor mul(Tensor x, Tensor y) {
    return MUL.of(x, y);
  }

  public static Tensor mul(Tensor x, double y) {
    return MUL.of(x, number(x, y));
  }

  public static Tensor div(Tensor x, Tensor y) {
    return DIV.of(x, y);
  }

  public static Tensor max(Tensor x, Tensor y) {
    return MAXIMUM.of(x, y);
  }

  public static Tensor max(Tensor x, double y) {
    return MAXIMUM.of(x, number(x, y));
  }

  public static Tensor min(Tensor x, Tensor y) {
    return MINIMUM.of(x, y);
  }

  public static Tensor min(Tensor x, double y) {
    return MINIMUM.of(x, number(x, y));
  }

  public static Tensor greater(Tensor x, double y) {
    return GREATER.of(x, number(x, y));
  }

  public static Tensor less(Tensor x, double y) {
    return LESS.of(x, number(x, y));
  }

  public static Tensor greaterEqual(Tensor x, Tensor y) {
    return GREATER_EQUAL.of(x, y);
  }

  public static Tensor greaterEqual(Tensor x, double y) {
    return GREATER_EQUAL.of(x, number(x, y));
  }

  public static Tensor notEqual(Tensor x, double y) {
    return NOT_EQUAL.of(x, number(x, y));
  }

  public static Tensor and(Tensor x, Tensor y) {
    return AND.of(x, y);
  }

  public static Tensor or(Tensor x, Tensor y) {
    return OR.of(x, y);
  }

  public static Tensor not(Tensor x) {
    return NOT.of(x);
  }

  /// Returns `x` where the condition holds, else `y`; shapes broadcast.
  public static Tensor where(Tensor condition, Tensor x, Tensor y) {
    return SELECT.of(condition, x, y);
  }

  public static Tensor where(Tensor condition, Tensor x, double y) {
    return SELECT.of(condition, x, number(x, y));
  }

  public static Tensor cast(Tensor x, DType type) {
    return x.dtype() == type ? x : CAST.with(CAST.attrs("DstT", type), x);
  }

  /// Adds up along axes; `keep` leaves them as 1.
  public static Tensor sum(Tensor x, boolean keep, int... axes) {
    return SUM.with(SUM.attrs("keep_dims", keep), x, Values.ints(axes));
  }

  public static Tensor mean(Tensor x, boolean keep, int... axes) {
    return MEAN.with(MEAN.attrs("keep_dims", keep), x, Values.ints(axes));
  }

  /// Returns the largest along axes.
  public static Tensor most(Tensor x, boolean keep, int... axes) {
    return MAX.with(MAX.attrs("keep_dims", keep), x, Values.ints(axes));
  }

  public static Tensor any(Tensor x, boolean keep, int... axes) {
    return ANY.with(ANY.attrs("keep_dims", keep), x, Values.ints(axes));
  }

  /// Returns whole numbers in rows.
  public static Tensor table(int[] values, int columns) {
    return RESHAPE.of(Values.ints(values), Values.ints(values.length / columns, columns));
  }

  /// Puts the elements into another shape.
  ///
  /// Where only one size is open, as that of the batch, it is left to the operation: the shape is a
  /// constant then, and the other sizes are known to whoever asks.
  ///
  /// @param dims scalars of int32
  public static Tensor reshape(Tensor x, Tensor... dims) {
    int[] sizes = new int[dims.length];
    int open = 0;
    for (int i = 0; i < dims.length; i++) {
      Tensor known = Sizes.known(dims[i]);
      sizes[i] = known == null ? -1 : known.intValue();
      open += sizes[i] < 0 ? 1 : 0;
      if (sizes[i] == 0) {
        // Nothing says how large the open axis is when there are no elements.
        return RESHAPE.of(x, Sizes.vector(dims));
      }
    }
    return RESHAPE.of(x, open <= 1 ? Values.ints(sizes) : Sizes.vector(dims));
  }

  /// Says what is known of the shape of a tensor where a trace has found out less.
  ///
  /// @param dims -1 for what is not known
  public static Tensor ensure(Tensor x, int... dims) {
    Shape s = x.shape();
    boolean more = !s.isRankKnown();
    for (int i = 0; i < dims.length && !more; i++) {
      more = s.dim(i) < 0 && dims[i] >= 0;
    }
    return more ? ENSURE.with(ENSURE.attrs("shape", Shape.of(dims)), x) : x;
  }

  /// Returns a size as a number, -1 where it is not known.
  public static int size(Tensor scalar) {
    Tensor known = Sizes.known(scalar);
    return known == null ? -1 : known.intValue();
  }

  public static Tensor transpose(Tensor x, int... order) {
    return TRANSPOSE.of(x, Values.ints(order));
  }

  /// Puts an axis of size 1 at a place.
  public static Tensor expand(Tensor x, int axis) {
    return EXPAND.of(x, Values.scalar(axis));
  }

  public static Tensor squeeze(Tensor x, int... axes) {
    return SQUEEZE.with(SQUEEZE.attrs("squeeze_dims", axes), x);
  }

  public static Tensor concat(int axis, Tensor... parts) {
    Tensor[] in = new Tensor[parts.length + 1];
    System.arraycopy(parts, 0, in, 0, parts.length);
    in[parts.length] = Values.scalar(axis);
    return CONCAT.of(in);
  }

  public static Tensor einsum(String equation, Tensor... x) {
    return EINSUM.with(EINSUM.attrs("equation", equation), x);
  }

  /// Multiplies stacks of matrices; the second one may be taken transposed.
  public static Tensor matmul(Tensor x, Tensor y, boolean transposeY) {
    return BATCH_MATMUL.with(BATCH_MATMUL.attrs("adj_y", transposeY), x, y);
  }

  /// Returns an axis counted from the front.
  public static int front(int axis, int rank) {
    return axis < 0 ? axis + rank : axis;
  }
}
