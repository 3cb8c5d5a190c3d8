package dev.merapi.op.family;

import dev.merapi.op.Call;
import dev.merapi.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Shape arithmetic that the array families share.
final class Dims {
  private Dims() {}

  /// Returns a shape of `rank` unknown axes.
  static Shape unknown(int rank) {
    int[] d = new int[rank];
    Arrays.fill(d, Shape.UNKNOWN_SIZE);
    return Shape.ofOwned(d);
  }

  /// Returns what is known of a shape that a vector input gives, when its values are not known.
  static Shape unknown(Call c, String vector) {
    Shape v = c.shape(vector);
    return v.isRankKnown() && v.rank() == 1 && v.dim(0) >= 0 ? unknown(v.dim(0)) : Shape.UNKNOWN;
  }

  /// Returns the sum of two sizes, unknown if one is.
  static int plus(int a, int b) {
    return a < 0 || b < 0 ? Shape.UNKNOWN_SIZE : Math.addExact(a, b);
  }

  /// Returns the product of two sizes, unknown if one is.
  static int times(int a, int b) {
    return a < 0 || b < 0 ? Shape.UNKNOWN_SIZE : Math.multiplyExact(a, b);
  }

  /// Returns the product of some axes, unknown if one is.
  static int product(int[] d, int first, int last) {
    int n = 1;
    for (int i = first; i < last; i++) {
      n = times(n, d[i]);
    }
    return n;
  }

  /// Returns axes `first` to `last` - 1 as a shape of their own.
  static Shape part(Shape s, int first, int last) {
    return Shape.ofOwned(Arrays.copyOfRange(s.rawDims(), first, last));
  }

  /// Returns the axes of `a`, then those of `b`.
  static Shape join(Shape a, Shape b) {
    int[] d = Arrays.copyOf(a.rawDims(), a.rank() + b.rank());
    System.arraycopy(b.rawDims(), 0, d, a.rank(), b.rank());
    return Shape.ofOwned(d);
  }

  /// Refuses an input of too small a rank; unknown ranks pass.
  static void atLeast(Call c, String input, int rank) {
    Shape s = c.shape(input);
    if (s.isRankKnown() && s.rank() < rank) {
      throw c.fault(input + " has shape " + s + ", too few axes")
          .expected("rank " + rank + " or more")
          .shapeError();
    }
  }

  /// Refuses an input of another rank; unknown ranks pass.
  static void exactly(Call c, String input, int rank) {
    Shape s = c.shape(input);
    if (s.isRankKnown() && s.rank() != rank) {
      String form = rank == 0 ? "a scalar" : rank == 1 ? "a vector" : "rank " + rank;
      throw c.fault(input + " has shape " + s + " but must be " + form)
          .expected(input + ": " + form)
          .shapeError();
    }
  }

  /// Returns the value of a scalar input, or null when it is not known yet.
  static @Nullable Integer scalar(Call c, String input) {
    if (c.shape(input).isRankKnown() && c.shape(input).size() > 1) {
      exactly(c, input, 0);
    }
    int[] v = c.constant(input);
    return v == null || v.length == 0 ? null : (Integer) v[0];
  }
}
