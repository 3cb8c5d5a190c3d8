package dev.merapi.facade;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;

/// The functions of `tf.linalg` that are more than one operation.
public abstract class LinalgApi extends TfLinalgOps {
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef DIAGONAL = OpRef.to("MatrixDiagPart");
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  protected LinalgApi() {}

  /// Returns the Euclidean length of all elements.
  public static Tensor norm(Object x) {
    Tensor t = Literals.of(x);
    return Compose.norm(t, 2, Compose.allAxes(t), false);
  }

  /// @param order 1, 2, any positive number, or `Double.POSITIVE_INFINITY`
  public static Tensor norm(Object x, double order, int[] axis, boolean keepdims) {
    return Compose.norm(Literals.of(x), order, axis, keepdims);
  }

  /// Multiplies matrices, or stacks of them.
  public static Tensor matmul(Object a, Object b) {
    return TfApi.matmul(a, b);
  }

  /// Swaps the last two axes.
  public static Tensor matrixTranspose(Object x) {
    Tensor t = Literals.of(x);
    int r = t.rank();
    int[] perm = new int[r];
    for (int i = 0; i < r; i++) {
      perm[i] = i < r - 2 ? i : 2 * r - 3 - i;
    }
    return TRANSPOSE.of(t, Values.ints(perm));
  }

  /// Multiplies over the last `axes` axes of `a` and the first of `b`.
  public static Tensor tensordot(Object a, Object b, int axes) {
    Tensor x = Literals.of(a);
    Tensor y = Literals.like(b, x);
    int keep = x.rank() - axes;
    Tensor[] out = new Tensor[keep + y.rank() - axes];
    Tensor one = Values.scalar(1);
    Tensor rows = one;
    for (int i = 0; i < keep; i++) {
      out[i] = Sizes.axis(x, i);
      rows = Sizes.times(rows, out[i]);
    }
    Tensor inner = one;
    for (int i = 0; i < axes; i++) {
      // Both sides agree along these axes; one of them may not know.
      Tensor known = x.shape().dim(keep + i) >= 0 ? x : y;
      inner = Sizes.times(inner, Sizes.axis(known, known == x ? keep + i : i));
    }
    Tensor columns = one;
    for (int i = axes; i < y.rank(); i++) {
      out[keep + i - axes] = Sizes.axis(y, i);
      columns = Sizes.times(columns, out[keep + i - axes]);
    }
    Tensor m =
        TfApi.matmul(
            RESHAPE.of(x, Sizes.vector(rows, inner)), RESHAPE.of(y, Sizes.vector(inner, columns)));
    return RESHAPE.of(m, Sizes.vector(out));
  }

  /// Multiplies over pairs of axes: `axesOfA[i]` with `axesOfB[i]`.
  public static Tensor tensordot(Object a, Object b, int[] axesOfA, int[] axesOfB) {
    Tensor x = Literals.of(a);
    Tensor y = Literals.like(b, x);
    if (axesOfA.length != axesOfB.length) {
      throw Message.what(
              "tf.tensordot: " + axesOfA.length + " axes of a and " + axesOfB.length + " of b")
          .expected("as many of one as of the other")
          .shapeError();
    }
    Tensor left = TRANSPOSE.of(x, Values.ints(order(x, axesOfA, false)));
    Tensor right = TRANSPOSE.of(y, Values.ints(order(y, axesOfB, true)));
    return tensordot(left, right, axesOfA.length);
  }

  /// Returns all axes, the chosen ones at the beginning or at the end.
  private static int[] order(Tensor t, int[] chosen, boolean first) {
    boolean[] taken = new boolean[t.rank()];
    int[] perm = new int[t.rank()];
    int n = first ? 0 : t.rank() - chosen.length;
    for (int axis : chosen) {
      perm[n] = t.shape().axis("tf.tensordot", axis);
      taken[perm[n++]] = true;
    }
    n = first ? chosen.length : 0;
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        perm[n++] = i;
      }
    }
    return perm;
  }

  /// Adds up the diagonals of matrices.
  public static Tensor trace(Object x) {
    return Compose.sum(DIAGONAL.of(Literals.of(x)), new int[] {-1}, false);
  }
}
