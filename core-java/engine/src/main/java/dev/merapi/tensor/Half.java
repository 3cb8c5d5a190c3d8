package dev.merapi.tensor;

/// Converts between float32 and the two 16-bit float formats, rounding to nearest, ties to even.
public final class Half {
  private Half() {}

  /// Widens a bfloat16 (the upper half of a float32); exact.
  public static float fromBf16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /// Rounds to bfloat16; NaN stays NaN.
  public static short toBf16(float x) {
    int bits = Float.floatToRawIntBits(x);
    if (x != x) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /// Widens an IEEE 754 binary16; exact.
  public static float fromF16(short bits) {
    return Float.float16ToFloat(bits);
  }

  /// Rounds to IEEE 754 binary16; beyond 65504 gives infinity.
  public static short toF16(float x) {
    return Float.floatToFloat16(x);
  }
}
