package dev.merapi.kernel;

import dev.merapi.kernel.Program.Word;

/// Writes float32 powers as straight-line arithmetic: 2^(y · log₂|x|) with the logarithm in two
/// floats.
///
/// A power near the end of the range multiplies the relative error of the logarithm by 128, so one
/// float of 24 bits would leave 17. Two floats come from the exact remainder of a product that FMA
/// gives (T. J. Dekker, Numerische Mathematik 18, 1971; S. Boldo and J.-M. Muller, 2005).
final class Powers {
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  /// log₂ e in two floats.
  private static final float LOG2_E_HIGH = 1.44269502162933349609375f;

  private static final float LOG2_E_LOW = 1.92596299112661746887e-8f;

  private static final float TWO_THIRDS_HIGH = 0.666666686534881591796875f;
  private static final float TWO_THIRDS_LOW = -1.98682149251302083333e-8f;
  private static final float LN_2 = 0.693147180559945f;

  /// From here on every float is a whole number.
  private static final float WHOLE = 0x1p23f;

  /// Beyond this exponent of 2 all powers are 0 or infinite.
  private static final float FAR = 200f;

  private final Code k;
  private final Polynomials poly;

  Powers(Code k, Polynomials poly) {
    this.k = k;
    this.poly = poly;
  }

  /// A number as the sum of two floats.
  private record Pair(int high, int low) {}

  private int c(float v) {
    return k.f32(v);
  }

  int pow(int x, int y) {
    int magnitude = k.abs(x);
    int size = k.abs(y);
    int z = power(magnitude, y);
    int isWhole = isWhole(size);
    int isOdd = k.and(isWhole, k.not(isWhole(k.mul(size, c(0.5f)))));
    int sign = k.select(isOdd, k.and(k.bits(x), k.i32(Integer.MIN_VALUE)), k.i32(0));
    int signed = k.bits(k.xor(k.bits(z), sign));
    // A negative finite number has no real power that is not whole.
    int isNegative = k.and(k.lt(x, c(0f)), k.lt(magnitude, c(INFINITY)));
    int real = k.select(k.and(isNegative, k.not(isWhole)), c(Float.NaN), signed);
    int isOne = k.or(k.eq(x, c(1f)), k.eq(y, c(0f)));
    int isUnit = k.and(k.eq(magnitude, c(1f)), k.eq(size, c(INFINITY)));
    return k.select(k.or(isOne, isUnit), c(1f), real);
  }

  private int isWhole(int magnitude) {
    int rounded = k.sub(k.add(magnitude, c(WHOLE)), c(WHOLE));
    return k.or(k.le(c(WHOLE), magnitude), k.eq(rounded, magnitude));
  }

  private int power(int x, int y) {
    Pair log = log2(x);
    int t = k.mul(y, log.high);
    int isNear = k.lt(k.abs(t), c(FAR));
    int rest = k.fma(y, log.low, k.fma(y, log.high, k.neg(t)));
    int clamped = poly.atLeast(poly.atMost(t, 129f), -151f);
    int shifted = k.add(clamped, c(Polynomials.MAGIC));
    int n = k.sub(shifted, c(Polynomials.MAGIC));
    int r = k.add(k.sub(clamped, n), k.select(isNear, rest, c(0f)));
    int whole = k.sub(k.bits(shifted), k.i32(Float.floatToIntBits(Polynomials.MAGIC)));
    return poly.scale(k.add(poly.expm1Near0(k.mul(r, c(LN_2))), c(1f)), whole);
  }

  /// log₂ x = e + log₂ m with m from √½ to √2, and log m = 2 atanh s for s = (m − 1) / (m + 1).
  private Pair log2(int x) {
    int small = k.lt(x, c(Float.MIN_NORMAL));
    int scaled = k.select(small, k.mul(x, c(0x1p25f)), x);
    int shifted = k.sub(k.bits(scaled), k.i32(Polynomials.SQRT_HALF));
    int e = k.sub(k.to(Word.F32, k.shr(shifted, k.i32(23))), k.select(small, c(25f), c(0f)));
    int m = k.bits(k.add(k.and(shifted, k.i32(0x7fffff)), k.i32(Polynomials.SQRT_HALF)));

    int f = k.sub(m, c(1f));
    int below = k.add(m, c(1f));
    int lost = k.add(k.sub(c(1f), below), m);
    int s = k.div(f, below);
    int negative = k.neg(s);
    int rest = k.div(k.fma(negative, lost, k.fma(negative, below, f)), below);
    // 2s + (2/3)s³ in two floats each; the remaining terms are 2⁻¹² of that.
    int z = k.mul(s, s);
    int cube = k.mul(s, z);
    int cubeRest = k.fma(s, z, k.neg(cube));
    cubeRest = k.fma(s, k.fma(s, s, k.neg(z)), cubeRest);
    int third = k.mul(cube, c(TWO_THIRDS_HIGH));
    int thirdRest = k.fma(cube, c(TWO_THIRDS_HIGH), k.neg(third));
    thirdRest = k.fma(cube, c(TWO_THIRDS_LOW), thirdRest);
    thirdRest = k.fma(cubeRest, c(TWO_THIRDS_HIGH), thirdRest);
    // The series of atanh; its first term left out is 2⁻²⁸ of the first. d(2 atanh s) = (2 + 2s²)
    // ds nearly.
    int p = poly.horner(z, 2f / 11, 2f / 9, 2f / 7, 2f / 5);
    int tail = k.fma(k.mul(cube, z), p, thirdRest);
    tail = k.fma(k.fma(z, c(2f), c(2f)), rest, tail);
    int twice = k.add(s, s);
    int natural = k.add(twice, third);
    tail = k.add(k.add(k.sub(twice, natural), third), tail);

    int high = k.mul(natural, c(LOG2_E_HIGH));
    int low = k.fma(natural, c(LOG2_E_HIGH), k.neg(high));
    low = k.fma(natural, c(LOG2_E_LOW), low);
    low = k.fma(tail, c(LOG2_E_HIGH), low);

    int sum = k.add(e, high);
    int behind = k.add(k.sub(high, k.sub(sum, e)), low);
    int first = k.add(sum, behind);
    int second = k.sub(behind, k.sub(first, sum));
    int bounded = k.select(k.lt(x, c(INFINITY)), first, x);
    return new Pair(k.select(k.eq(x, c(0f)), c(-INFINITY), bounded), second);
  }
}
