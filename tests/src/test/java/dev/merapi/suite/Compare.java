package dev.merapi.suite;

import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Compares what was computed with what was recorded, number by number.
final class Compare {
  /// How far numbers may lie apart.
  interface Tolerance {
    /// Returns the largest difference allowed at real number `i` where `expected` stands.
    double at(int i, double expected);
  }

  private Compare() {}

  /// Returns the distance between 1 and the next number of a type (of the parts, for complex
  /// types).
  static double epsilon(DType d) {
    return switch (d) {
      case F16 -> 0x1p-10;
      case BF16 -> 0x1p-7;
      case F32, C64 -> 0x1p-23;
      default -> 0x1p-52;
    };
  }

  /// Returns the smallest normal number of a type.
  static double smallest(DType d) {
    return switch (d) {
      case F16 -> 0x1p-14;
      case BF16, F32, C64 -> 0x1p-126;
      default -> 0x1p-1022;
    };
  }

  /// Returns the unit in the last place of `x` in a type.
  static double ulp(DType d, double x) {
    double size = Math.max(Math.abs(x), smallest(d));
    return Double.isInfinite(size) ? 0 : Math.scalb(epsilon(d), Math.getExponent(size));
  }

  /// Returns null when both agree, else what is wrong.
  static @Nullable String difference(Array expected, Array actual, @Nullable Tolerance tolerance) {
    if (expected.dtype() != actual.dtype()) {
      return "dtype " + actual.dtype() + ", TensorFlow " + expected.dtype();
    }
    if (!Arrays.equals(expected.dims(), actual.dims())) {
      return "shape " + Shape.of(actual.dims()) + ", TensorFlow " + Shape.of(expected.dims());
    }
    if (expected.dtype() == DType.STRING) {
      return strings(expected, actual);
    }
    if (Arrays.equals(expected.data(), actual.data())) {
      return null;
    }
    return expected.dtype().isComplex()
        ? complex(expected, actual, tolerance)
        : expected.dtype().isFloating()
            ? floats(expected, actual, tolerance)
            : whole(expected, actual);
  }

  private static @Nullable String strings(Array expected, Array actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.text(i).equals(actual.text(i))) {
        return at(expected, i) + actual.text(i) + ", TensorFlow " + expected.text(i);
      }
    }
    return null;
  }

  private static @Nullable String whole(Array expected, Array actual) {
    for (int i = 0; i < expected.size(); i++) {
      if (!expected.text(i).equals(actual.text(i))) {
        return at(expected, i)
            + actual.text(i)
            + ", TensorFlow "
            + expected.text(i)
            + wrong(expected, actual);
      }
    }
    return null;
  }

  private static @Nullable String floats(
      Array expected, Array actual, @Nullable Tolerance tolerance) {
    DType d = expected.dtype();
    int worst = -1;
    double most = 0;
    int n = 0;
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.part(i);
      double a = actual.part(i);
      if (e == a || e != e && a != a) {
        continue;
      }
      // TensorFlow's kernels flush subnormal numbers to zero.
      if (Math.abs(e) <= smallest(d) && Math.abs(a) <= smallest(d)) {
        continue;
      }
      double allowed = tolerance == null ? 0 : tolerance.at(i, e);
      double off = Math.abs(e - a);
      if (!(off <= allowed)) {
        n++;
        double badness = off / ulp(d, e);
        if (worst < 0 || !(badness <= most)) {
          most = badness;
          worst = i;
        }
      }
    }
    if (worst < 0) {
      return null;
    }
    double allowed =
        tolerance == null
            ? 0
            : tolerance.at(worst, expected.part(worst)) / ulp(d, expected.part(worst));
    return String.format(
        "%s%s, TensorFlow %s: %.4g ulp apart, %.4g allowed; %d of %d wrong",
        at(expected, worst),
        actual.text(worst),
        expected.text(worst),
        most,
        allowed,
        n,
        expected.size());
  }

  private static @Nullable String complex(
      Array expected, Array actual, @Nullable Tolerance tolerance) {
    DType d = expected.dtype();
    for (int i = 0; i < expected.size(); i++) {
      double er = expected.part(2 * i);
      double ei = expected.part(2 * i + 1);
      double ar = actual.part(2 * i);
      double ai = actual.part(2 * i + 1);
      boolean finite = Math.abs(er) < 1 / 0.0 && Math.abs(ei) < 1 / 0.0;
      if (same(er, ar) && same(ei, ai)) {
        continue;
      }
      // Which part of a complex infinity is NaN differs between libraries; that it is not finite
      // must agree.
      if (!finite && tolerance != null && !(Math.abs(ar) < 1 / 0.0 && Math.abs(ai) < 1 / 0.0)) {
        continue;
      }
      double size = Math.hypot(er, ei);
      double allowed = tolerance == null ? 0 : tolerance.at(2 * i, size);
      double off = Math.hypot(er - ar, ei - ai);
      if (!(off <= allowed) && !(size <= smallest(d) && off <= smallest(d))) {
        return String.format(
            "%s%s, TensorFlow %s: %.4g ulp apart, %.4g allowed%s",
            at(expected, i),
            actual.text(i),
            expected.text(i),
            off / ulp(d, size),
            allowed / ulp(d, size),
            wrong(expected, actual));
      }
    }
    return null;
  }

  private static boolean same(double e, double a) {
    return e == a || e != e && a != a;
  }

  private static String wrong(Array expected, Array actual) {
    int n = 0;
    for (int i = 0; i < expected.size(); i++) {
      n += expected.text(i).equals(actual.text(i)) ? 0 : 1;
    }
    return "; " + n + " of " + expected.size() + " differ";
  }

  /// Returns `at [1, 0]: `.
  private static String at(Array a, int i) {
    int[] where = new int[a.dims().length];
    int left = i;
    for (int k = where.length - 1; k >= 0; k--) {
      where[k] = left % a.dims()[k];
      left /= a.dims()[k];
    }
    return "at " + Arrays.toString(where) + ": ";
  }
}
