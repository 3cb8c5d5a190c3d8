package dev.merapi.kernel;

/// Writes the conversions between float32 and the 16-bit floats as machine steps.
final class Halves {
  private static final int SIGN = 0x8000;
  private static final int INFINITY = 0x7c00;

  private final Code k;

  Halves(Code k) {
    this.k = k;
  }

  /// Returns the float32 whose upper half the low 16 bits of an I32 are.
  int unpackBrain(int bits) {
    return k.bits(k.shl(bits, k.i32(16)));
  }

  /// Returns the bits of a bfloat16, in an I32: the upper half after rounding halves to even. A NaN
  /// keeps its upper half and becomes quiet.
  int packBrain(int v) {
    int bits = k.bits(v);
    int upper = k.ushr(bits, k.i32(16));
    int odd = k.and(upper, k.i32(1));
    int rounded = k.ushr(k.add(k.add(bits, k.i32(0x7fff)), odd), k.i32(16));
    return k.select(k.ne(v, v), k.or(upper, k.i32(0x40)), rounded);
  }

  /// Returns the float32 that the low 16 bits of an I32 hold as a float16.
  ///
  /// Moved to their places in a float32, exponent and fraction mean 2⁻¹¹² of the value, below the
  /// normal range too.
  int unpack(int bits) {
    int magnitude = k.and(bits, k.i32(0x7fff));
    int moved = k.shl(magnitude, k.i32(13));
    int finite = k.bits(k.mul(k.bits(moved), k.f32(0x1p112f)));
    int special = k.or(moved, k.i32(0x7f800000));
    int all = k.select(k.lt(magnitude, k.i32(INFINITY)), finite, special);
    return k.bits(k.or(all, k.shl(k.and(bits, k.i32(SIGN)), k.i32(16))));
  }

  /// Returns the bits of a float16, in an I32, rounding halves to even.
  ///
  /// Below the normal range ½ is added, whose last place is the smallest float16: the sum is
  /// rounded as the result must be.
  int pack(int v) {
    int bits = k.bits(v);
    int magnitude = k.and(bits, k.i32(Integer.MAX_VALUE));
    int odd = k.and(k.ushr(magnitude, k.i32(13)), k.i32(1));
    int rounded = k.ushr(k.add(k.add(magnitude, k.i32(0xfff)), odd), k.i32(13));
    int normal = k.sub(rounded, k.i32(112 << 10));
    int half = k.bits(k.add(k.abs(v), k.f32(0.5f)));
    int small = k.sub(half, k.i32(Float.floatToIntBits(0.5f)));
    int finite = k.select(k.lt(magnitude, k.i32(Float.floatToIntBits(0x1p-14f))), small, normal);
    int most = k.i32(Float.floatToIntBits(0x1p16f));
    int large = k.select(k.ne(v, v), k.i32(INFINITY | 0x200), k.i32(INFINITY));
    int all = k.select(k.lt(magnitude, most), finite, large);
    return k.or(all, k.and(k.ushr(bits, k.i32(16)), k.i32(SIGN)));
  }
}
