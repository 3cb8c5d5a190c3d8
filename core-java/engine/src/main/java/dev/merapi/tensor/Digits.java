package dev.merapi.tensor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/// Writes floating numbers with the fewest digits that read back as the same number, as NumPy does.
///
/// Source: Steele & White 1990, Adams 2018 (`Double.toString` since JDK 19). NumPy cuts after
/// `precision` digits by rounding the exact binary value, not the short decimal: so both are
/// needed.
final class Digits {
  private final BigDecimal exact;
  private final BigDecimal fewest;
  private final boolean negative;

  private Digits(BigDecimal exact, BigDecimal fewest, boolean negative) {
    this.exact = exact;
    this.fewest = fewest;
    this.negative = negative;
  }

  /// Takes a finite value of the floating type `d`.
  static Digits of(double x, DType d) {
    boolean negative = Double.doubleToRawLongBits(x) < 0;
    double a = Math.abs(x);
    BigDecimal exact = new BigDecimal(a);
    return new Digits(exact, a == 0 ? BigDecimal.ZERO : fewest(a, exact, d), negative);
  }

  private static BigDecimal fewest(double a, BigDecimal exact, DType d) {
    return switch (d) {
      case F32 ->
          // Java writes two digits where one would do (1.4E-45 for 1e-45).
          shorter(
              new BigDecimal(Float.toString((float) a)), exact, y -> y.floatValue() == (float) a);
      case F16 -> search(exact, y -> half(y.floatValue()) == (float) a);
      case BF16 -> search(exact, y -> Half.fromBf16(Half.toBf16(y.floatValue())) == (float) a);
      default -> shorter(new BigDecimal(Double.toString(a)), exact, y -> y.doubleValue() == a);
    };
  }

  private static float half(float x) {
    return Half.fromF16(Half.toF16(x));
  }

  private static BigDecimal shorter(
      BigDecimal found, BigDecimal exact, Predicate<BigDecimal> same) {
    BigDecimal s = found.stripTrailingZeros();
    if (s.precision() == 2) {
      BigDecimal one = withDigits(exact, 1, same);
      return one == null ? s : one;
    }
    return s;
  }

  private static BigDecimal search(BigDecimal exact, Predicate<BigDecimal> same) {
    for (int p = 1; ; p++) {
      BigDecimal y = withDigits(exact, p, same);
      if (y != null) {
        return y.stripTrailingZeros();
      }
    }
  }

  /// Returns the nearest decimal of `p` digits that reads back as the same number, or null.
  private static @org.jspecify.annotations.Nullable BigDecimal withDigits(
      BigDecimal exact, int p, Predicate<BigDecimal> same) {
    BigDecimal down = exact.round(new MathContext(p, RoundingMode.DOWN));
    BigDecimal up = exact.round(new MathContext(p, RoundingMode.UP));
    int side = exact.subtract(down).compareTo(up.subtract(exact));
    boolean lower = side < 0 || side == 0 && !down.unscaledValue().testBit(0);
    BigDecimal near = lower ? down : up;
    BigDecimal far = lower ? up : down;
    return same.test(near) ? near : same.test(far) ? far : null;
  }

  /// Returns the number without an exponent, with a point, without zeros at the end: `2.5`, `3.`.
  ///
  /// @param precision digits after the point at most; -1 for as many as there are
  String positional(int precision, boolean plus) {
    BigDecimal y = fewest;
    if (precision >= 0 && y.scale() > precision) {
      y = exact.setScale(precision, RoundingMode.HALF_EVEN);
    }
    y = y.signum() == 0 ? BigDecimal.ZERO : y.stripTrailingZeros();
    String s = y.toPlainString();
    return sign(plus) + (s.indexOf('.') < 0 ? s + "." : s);
  }

  /// Returns the number as `d.ddde+XX`, with a point, without zeros before the `e`.
  ///
  /// @param precision digits after the point at most; -1 for as many as there are
  String scientific(int precision, boolean plus) {
    return scientific(precision, plus, false);
  }

  /// @param full whether short numbers go on with the digits of the exact value, as NumPy's columns
  ///   do
  String scientific(int precision, boolean plus, boolean full) {
    BigDecimal y = fewest;
    int digitsNow = y.stripTrailingZeros().precision();
    if (precision >= 0 && (digitsNow > precision + 1 || full && digitsNow <= precision)) {
      y = exact.round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    }
    y = y.signum() == 0 ? BigDecimal.ZERO : y.stripTrailingZeros();
    String digits = y.unscaledValue().toString();
    int exponent = y.precision() - 1 - y.scale();
    String e = Integer.toString(Math.abs(exponent));
    return sign(plus)
        + digits.charAt(0)
        + "."
        + digits.substring(1)
        + (exponent < 0 ? "e-" : "e+")
        + (e.length() < 2 ? "0" : "")
        + e;
  }

  private String sign(boolean plus) {
    return negative ? "-" : plus ? "+" : "";
  }

  /// Returns what C's `%.{digits}g` writes.
  static String general(double x, int digits) {
    if (Double.isNaN(x)) {
      return "nan";
    }
    if (Double.isInfinite(x)) {
      return x < 0 ? "-inf" : "inf";
    }
    String sign = Double.doubleToRawLongBits(x) < 0 ? "-" : "";
    if (x == 0) {
      return sign + "0";
    }
    BigDecimal y =
        new BigDecimal(Math.abs(x))
            .round(new MathContext(digits, RoundingMode.HALF_EVEN))
            .stripTrailingZeros();
    int exponent = y.precision() - 1 - y.scale();
    if (exponent >= -4 && exponent < digits) {
      return sign + y.toPlainString();
    }
    String d = y.unscaledValue().toString();
    String e = Integer.toString(Math.abs(exponent));
    return sign
        + d.charAt(0)
        + (d.length() > 1 ? "." + d.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (e.length() < 2 ? "0" : "")
        + e;
  }
}
