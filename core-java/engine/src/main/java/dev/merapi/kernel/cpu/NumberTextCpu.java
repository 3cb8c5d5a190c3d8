package dev.merapi.kernel.cpu;

import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// Writes numbers as text and reads them, by the rules of C's `printf` and `strtod`.
public final class NumberTextCpu {
  /// Digits after the point where C is not told otherwise.
  private static final int DIGITS = 6;

  private NumberTextCpu() {}

  /// Writes every element as text.
  public static void asString(Call c) {
    Attrs a = c.attrs;
    Tensor x = c.in(0);
    byte[][] y = c.out(0).strings();
    DType d = x.dtype();
    if (d == DType.STRING) {
      byte[][] from = x.strings();
      for (int i = 0; i < y.length; i++) {
        y[i] = utf8(padded(new String(from[i], StandardCharsets.UTF_8), a, false));
      }
      return;
    }
    if (d == DType.BOOL) {
      boolean[] from = x.toBooleanArray();
      for (int i = 0; i < y.length; i++) {
        y[i] = utf8(from[i] ? "true" : "false");
      }
    } else if (d.isInteger()) {
      long[] from = x.toLongArray();
      boolean signed = d.kind() == DType.Kind.INT;
      for (int i = 0; i < y.length; i++) {
        String digits = signed ? Long.toString(from[i]) : Long.toUnsignedString(from[i]);
        y[i] = utf8(padded(signed ? marked(digits, a) : digits, a, true));
      }
    } else if (d.isComplex()) {
      MemorySegment s = x.segment();
      for (int i = 0; i < y.length; i++) {
        y[i] =
            utf8("(" + real(part(s, d, 2L * i), a) + "," + real(part(s, d, 2L * i + 1), a) + ")");
      }
    } else {
      double[] from = x.toDoubleArray();
      for (int i = 0; i < y.length; i++) {
        y[i] = utf8(real(from[i], a));
      }
    }
  }

  private static double part(MemorySegment s, DType d, long i) {
    return d == DType.C64
        ? s.getAtIndex(ValueLayout.JAVA_FLOAT, i)
        : s.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
  }

  private static byte[] utf8(String s) {
    return s.getBytes(StandardCharsets.UTF_8);
  }

  private static String real(double x, Attrs a) {
    boolean finite = !Double.isNaN(x) && !Double.isInfinite(x);
    String s;
    if (!finite) {
      s = Double.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
    } else {
      int precision = a.i("precision") < 0 ? DIGITS : a.i("precision");
      String magnitude =
          a.b("shortest")
              ? general(Math.abs(x), precision)
              : a.b("scientific")
                  ? scientific(Math.abs(x), precision)
                  : fixed(Math.abs(x), precision);
      s = (Double.doubleToRawLongBits(x) < 0 ? "-" : "") + magnitude;
    }
    return padded(marked(s, a), a, finite);
  }

  private static String fixed(double x, int precision) {
    return new BigDecimal(x).setScale(precision, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String scientific(double x, int precision) {
    BigDecimal y =
        x == 0
            ? BigDecimal.ZERO.setScale(precision)
            : new BigDecimal(x).round(new MathContext(precision + 1, RoundingMode.HALF_EVEN));
    String digits = y.unscaledValue().toString();
    int exponent = x == 0 ? 0 : y.precision() - 1 - y.scale();
    digits += "0".repeat(Math.max(0, precision + 1 - digits.length()));
    String e = Integer.toString(Math.abs(exponent));
    return digits.charAt(0)
        + (precision > 0 ? "." + digits.substring(1, precision + 1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (e.length() < 2 ? "0" : "")
        + e;
  }

  /// C's `%g`: fixed or scientific by the size of the number, without zeros at the end.
  private static String general(double x, int precision) {
    int digits = Math.max(1, precision);
    if (x == 0) {
      return "0";
    }
    BigDecimal y = new BigDecimal(x).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    int exponent = y.precision() - 1 - y.scale();
    if (exponent >= -4 && exponent < digits) {
      return y.stripTrailingZeros().toPlainString();
    }
    return scientific(x, Math.max(0, y.stripTrailingZeros().precision() - 1));
  }

  /// Puts a sign or a blank before numbers that are not negative, if the flag asks for it.
  private static String marked(String s, Attrs a) {
    String fill = a.s("fill");
    boolean asked = a.i("width") >= 0 && (fill.equals(" ") || fill.equals("+"));
    return asked && !s.startsWith("-") ? fill + s : s;
  }

  private static String padded(String s, Attrs a, boolean zerosAllowed) {
    int missing = a.i("width") - s.length();
    if (missing <= 0) {
      return s;
    }
    return switch (a.s("fill")) {
      case "-" -> s + " ".repeat(missing);
      case "0" -> {
        if (!zerosAllowed) {
          yield " ".repeat(missing) + s;
        }
        int sign = s.startsWith("-") ? 1 : 0;
        yield s.substring(0, sign) + "0".repeat(missing) + s.substring(sign);
      }
      default -> " ".repeat(missing) + s;
    };
  }

  /// Reads every string as a number.
  public static void toNumber(Call c) {
    byte[][] x = c.in(0).strings();
    MemorySegment y = c.out(0).segment();
    DType d = c.outSpec(0).dtype();
    for (int i = 0; i < x.length; i++) {
      String s = new String(TextCpu.strip(x[i]), StandardCharsets.ISO_8859_1);
      try {
        switch (d) {
          case F32 -> y.setAtIndex(ValueLayout.JAVA_FLOAT, i, single(s));
          case F64 -> y.setAtIndex(ValueLayout.JAVA_DOUBLE, i, real(s));
          case I32 -> y.setAtIndex(ValueLayout.JAVA_INT, i, Integer.parseInt(s));
          case I64 -> y.setAtIndex(ValueLayout.JAVA_LONG, i, Long.parseLong(s));
          case U32 -> y.setAtIndex(ValueLayout.JAVA_INT, i, Integer.parseUnsignedInt(s));
          default -> y.setAtIndex(ValueLayout.JAVA_LONG, i, Long.parseUnsignedLong(s));
        }
      } catch (NumberFormatException e) {
        throw c.fault(
                "StringToNumberOp could not correctly convert string: "
                    + new String(x[i], StandardCharsets.UTF_8))
            .expected(
                d.isFloating()
                    ? "a number such as -1.5 or 2e3, inf or nan"
                    : "a whole number that fits " + d)
            .valueError();
      }
    }
  }

  private static float single(String s) {
    Double special = special(s);
    return special != null ? special.floatValue() : Float.parseFloat(decimal(s));
  }

  private static double real(String s) {
    Double special = special(s);
    return special != null ? special : Double.parseDouble(decimal(s));
  }

  /// Java also reads a type letter at the end, and its own names of special numbers; C does not.
  private static String decimal(String s) {
    boolean hex = s.regionMatches(true, s.startsWith("-") || s.startsWith("+") ? 1 : 0, "0x", 0, 2);
    if (s.isEmpty()
        || !hex
            && !Character.isDigit(s.charAt(s.length() - 1))
            && s.charAt(s.length() - 1) != '.') {
      throw new NumberFormatException(s);
    }
    return hex && s.indexOf('p') < 0 && s.indexOf('P') < 0 ? s + "p0" : s;
  }

  private static @org.jspecify.annotations.Nullable Double special(String s) {
    String t = s.toLowerCase(java.util.Locale.ROOT);
    double sign = t.startsWith("-") ? -1 : 1;
    if (t.startsWith("-") || t.startsWith("+")) {
      t = t.substring(1);
    }
    return switch (t) {
      case "inf", "infinity" -> sign * Double.POSITIVE_INFINITY;
      case "nan" -> Double.NaN;
      default -> null;
    };
  }
}
