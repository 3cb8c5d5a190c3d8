package dev.merapi.kernel;

/// Conversions and integer powers that compiled loops call, since they are no single machine step.
public final class Convert {
  private Convert() {}

  /// Rounds an unsigned 64-bit integer to the nearest float32.
  public static float floatOfU64(long x) {
    // Halving keeps the lowest bit as a sticky one, so the one rounding is that of the whole value.
    return x >= 0 ? (float) x : (float) ((x >>> 1) | (x & 1)) * 2;
  }

  /// Rounds an unsigned 64-bit integer to the nearest float64.
  public static double doubleOfU64(long x) {
    return x >= 0 ? (double) x : (double) ((x >>> 1) | (x & 1)) * 2;
  }

  /// Drops the fraction; negative values wrap, values beyond the range give its end, NaN gives 0.
  public static long toU64(double x) {
    if (x < 0x1p63) {
      return (long) x;
    }
    return x < 0x1p64 ? (long) (x - 0x1p63) + Long.MIN_VALUE : x != x ? 0 : -1L;
  }

  /// Raises to a power, wrapping around.
  ///
  /// Fails: `ArithmeticException` when `y` is negative.
  public static long pow(long x, long y) {
    if (y < 0) {
      throw new ArithmeticException("Integers to negative integer powers are not allowed");
    }
    return powUnsigned(x, y);
  }

  /// Raises to a power that is read as unsigned, wrapping around.
  public static long powUnsigned(long x, long y) {
    long result = 1;
    long base = x;
    for (long rest = y; rest != 0; rest >>>= 1) {
      if ((rest & 1) != 0) {
        result *= base;
      }
      base *= base;
    }
    return result;
  }
}
