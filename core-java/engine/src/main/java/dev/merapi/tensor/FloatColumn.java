package dev.merapi.tensor;

import java.util.Arrays;

/// Formats the floating numbers of one array alike: points under points, one choice of exponents
/// for all.
final class FloatColumn {
  /// Digits after the point at most, NumPy's default.
  private static final int PRECISION = 8;

  private final DType type;
  private final boolean plus;
  private final boolean exponents;
  private int left;
  private int right;
  private int fraction;
  private int exponentDigits;

  /// Looks at all numbers that will be shown.
  ///
  /// @param plus whether positive numbers get a `+`, as imaginary parts do
  FloatColumn(double[] x, DType type, boolean plus) {
    this.type = type;
    this.plus = plus;
    double max = 0;
    double min = Double.POSITIVE_INFINITY;
    boolean special = false;
    boolean negativeInfinity = false;
    int finite = 0;
    for (double v : x) {
      if (Double.isNaN(v) || Double.isInfinite(v)) {
        special = true;
        negativeInfinity |= v == Double.NEGATIVE_INFINITY;
        continue;
      }
      finite++;
      if (v != 0) {
        max = Math.max(max, Math.abs(v));
        min = Math.min(min, Math.abs(v));
      }
    }
    exponents = max != 0 && wide(max, min);
    if (finite > 0) {
      measure(x);
    }
    if (special) {
      int offset = right + 1;
      left = Math.max(left, 3 - offset);
      left = Math.max(left, 3 + (plus || negativeInfinity ? 1 : 0) - offset);
    }
  }

  /// Decides as NumPy does, in the arithmetic of the element type.
  private boolean wide(double max, double min) {
    return switch (type) {
      case F16 -> max >= 1e3 || min < rounded(1e-4) || rounded(max / min) > 1000;
      case F32 -> max >= 1e6 || min < 1e-4f || (float) max / (float) min > 1000f;
      default -> max >= 1e8 || min < 1e-4 || max / min > 1000;
    };
  }

  private static float rounded(double x) {
    return Half.fromF16(Half.toF16((float) x));
  }

  private void measure(double[] x) {
    for (double v : x) {
      if (Double.isNaN(v) || Double.isInfinite(v)) {
        continue;
      }
      Digits d = Digits.of(v, type);
      String s = exponents ? d.scientific(PRECISION, plus) : d.positional(PRECISION, plus);
      int point = s.indexOf('.');
      int e = exponents ? s.indexOf('e') : s.length();
      left = Math.max(left, point);
      fraction = Math.max(fraction, e - point - 1);
      exponentDigits = Math.max(exponentDigits, s.length() - e - 2);
    }
    right = exponents ? exponentDigits + 2 + fraction : fraction;
  }

  String format(double x) {
    if (Double.isNaN(x) || Double.isInfinite(x)) {
      String s = Double.isNaN(x) ? "nan" : "inf";
      return padLeft((x == Double.NEGATIVE_INFINITY ? "-" : plus ? "+" : "") + s, left + right + 1);
    }
    Digits d = Digits.of(x, type);
    if (!exponents) {
      String s = d.positional(PRECISION, plus);
      int point = s.indexOf('.');
      return padLeft(s.substring(0, point), left) + padRight(s.substring(point), right + 1);
    }
    String s = d.scientific(fraction, plus, true);
    int point = s.indexOf('.');
    int e = s.indexOf('e');
    String digits = s.substring(point + 1, e);
    String exponent = s.substring(e + 2);
    return padLeft(s.substring(0, point), left)
        + "."
        + digits
        + "0".repeat(fraction - digits.length())
        + s.substring(e, e + 2)
        + "0".repeat(Math.max(0, exponentDigits - exponent.length()))
        + exponent;
  }

  static String padLeft(String s, int width) {
    return s.length() >= width ? s : " ".repeat(width - s.length()) + s;
  }

  private static String padRight(String s, int width) {
    char[] pad = new char[Math.max(0, width - s.length())];
    Arrays.fill(pad, ' ');
    return s + new String(pad);
  }
}
