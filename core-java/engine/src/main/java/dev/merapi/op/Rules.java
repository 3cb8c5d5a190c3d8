package dev.merapi.op;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.List;

/// Shape rules that many operations share.
public final class Rules {
  private Rules() {}

  /// Names the inputs and outputs whose values a gradient needs.
  public static List<String> keep(String... names) {
    return List.of(names);
  }

  /// The first output is like the first input.
  public static Infer like() {
    return c -> c.out(0, c.in(0).spec());
  }

  /// The first output has the first input's shape and the given type.
  public static Infer like(DType type) {
    return c -> c.out(0, type, c.shape(0));
  }

  /// Shapes broadcast; the output has the inputs' type.
  public static Infer broadcast() {
    return c -> {
      Spec x = c.in(0).spec();
      Spec y = c.in(1).spec();
      c.out(
          0,
          x.shape() == y.shape() || x.shape().equals(y.shape())
              ? x
              : x.withShape(broadcast(c, x.shape(), y.shape())));
    };
  }

  /// Shapes broadcast; the output has the given type.
  public static Infer broadcast(DType type) {
    return c -> c.out(0, type, broadcast(c, c.shape(0), c.shape(1)));
  }

  /// Returns the shape that two operands stretch to.
  ///
  /// Fails: `ShapeError` naming both shapes and the axes that clash.
  public static Shape broadcast(Call c, Shape x, Shape y) {
    if (x.equals(y)) {
      return x;
    }
    if (!x.isRankKnown() || !y.isRankKnown()) {
      return Shape.UNKNOWN;
    }
    int rx = x.rank();
    int ry = y.rank();
    int r = Math.max(rx, ry);
    int[] d = new int[r];
    for (int i = 0; i < r; i++) {
      int a = i < r - rx ? 1 : x.rawDims()[i - (r - rx)];
      int b = i < r - ry ? 1 : y.rawDims()[i - (r - ry)];
      if (a == b || b == 1) {
        d[i] = a;
      } else if (a == 1) {
        d[i] = b;
      } else if (a == Shape.UNKNOWN_SIZE) {
        d[i] = b;
      } else if (b == Shape.UNKNOWN_SIZE) {
        d[i] = a;
      } else {
        throw clash(c, x, y, i - r, a, b);
      }
    }
    return Shape.ofOwned(d);
  }

  /// Tells whether two known shapes stretch to one.
  public static boolean fit(Shape x, Shape y) {
    int n = Math.min(x.rank(), y.rank());
    for (int i = 1; i <= n; i++) {
      int a = x.dim(-i);
      int b = y.dim(-i);
      if (a != b && a != 1 && b != 1) {
        return false;
      }
    }
    return true;
  }

  private static RuntimeException clash(Call c, Shape x, Shape y, int axis, int a, int b) {
    Message m =
        c.fault(
                "shapes "
                    + x
                    + " and "
                    + y
                    + " do not broadcast: axes "
                    + axis
                    + " are "
                    + a
                    + " and "
                    + b
                    + ". Incompatible shapes: "
                    + x.brackets()
                    + " vs. "
                    + y.brackets())
            .expected("axes equal from the right, or one of them 1");
    boolean rows = y.rank() == 1 && x.rank() > 1 && y.dim(0) == x.dim(0);
    return (rows ? m.fix("reshape y to (" + y.dim(0) + ", 1) if it holds one value per row") : m)
        .shapeError();
  }

  /// Returns the axes of a reduction as numbers from 0 on, in ascending order; null input means
  /// that they are unknown.
  public static int[] axes(Call c, String input, Shape x) {
    int[] given = c.constant(input);
    boolean[] seen = new boolean[x.rank()];
    int n = 0;
    for (int a : given == null ? new int[0] : given) {
      int i = a < 0 ? a + x.rank() : a;
      if (i < 0 || i >= x.rank()) {
        throw c.fault(
                "Invalid reduction dimension ("
                    + a
                    + " for input with "
                    + x.rank()
                    + " dimension(s)): axis "
                    + a
                    + " is outside shape "
                    + x)
            .expected(
                x.rank() == 0
                    ? "no axis: the tensor is a scalar"
                    : "axes from " + -x.rank() + " to " + (x.rank() - 1))
            .shapeError();
      }
      if (seen[i]) {
        throw c.fault("Invalid reduction arguments: Axes contains duplicate dimension: " + i)
            .expected("each axis once")
            .shapeError();
      }
      seen[i] = true;
      n++;
    }
    int[] axes = new int[n];
    int p = 0;
    for (int i = 0; i < seen.length; i++) {
      if (seen[i]) {
        axes[p++] = i;
      }
    }
    return axes;
  }

  /// Returns `x` with the given axes folded: gone, or of size 1.
  public static Shape without(Shape x, int[] axes, boolean keepDims) {
    int[] d = x.dims();
    for (int a : axes) {
      d[a] = keepDims ? 1 : -2;
    }
    if (keepDims) {
      return Shape.ofOwned(d);
    }
    int[] left = new int[d.length - axes.length];
    int p = 0;
    for (int s : d) {
      if (s != -2) {
        left[p++] = s;
      }
    }
    return Shape.ofOwned(left);
  }
}
