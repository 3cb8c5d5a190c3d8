package dev.merapi.kernel;

import dev.merapi.kernel.Program.Word;

/// Writes float32 functions as straight-line IEEE arithmetic, so scalar and vector code give equal
/// bits.
///
/// Reductions and specials are ours; the coefficients of exp, log, sin and cos are those of S. L.
/// Moshier's Cephes library (single precision, 1992), of erf from our own minimax fit (Lawson's
/// iteration). Errors were measured against float64 over all exponents and are held by the tests,
/// in units of the last place.
final class Polynomials {
  /// 1.5 · 2^23: adding and subtracting it rounds to a whole number, which stands in the low bits
  /// between.
  static final float MAGIC = 12582912f;

  private static final float LOG2_E = 1.44269504f;
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private final Code k;

  Polynomials(Code k) {
    this.k = k;
  }

  /// Tells whether `x` is a float32, the only word these functions are for.
  boolean fits(int x) {
    return k.word(x) == Word.F32;
  }

  int c(float v) {
    return k.f32(v);
  }

  /// Evaluates a polynomial in z, highest coefficient first.
  int horner(int z, float... coefficients) {
    int p = c(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      p = k.fma(p, z, c(coefficients[i]));
    }
    return p;
  }

  int atMost(int x, float limit) {
    return k.select(k.lt(c(limit), x), c(limit), x);
  }

  int atLeast(int x, float limit) {
    return k.select(k.lt(x, c(limit)), c(limit), x);
  }

  private int below(int magnitude, float limit) {
    return k.lt(magnitude, c(limit));
  }

  int powerOfTwo(int exponent) {
    return k.bits(k.shl(k.add(exponent, k.i32(127)), k.i32(23)));
  }

  /// x = n·ln 2 + r with |r| ≤ ln 2 / 2, and expm1(r) = r + r² p(r).
  private record Reduced(int n, int whole, int r, int expm1) {}

  private Reduced reduce(int x) {
    int t = k.fma(x, c(LOG2_E), c(MAGIC));
    int n = k.sub(t, c(MAGIC));
    int r = k.fma(n, c(-LN2_HIGH), x);
    r = k.fma(n, c(-LN2_LOW), r);
    int whole = k.sub(k.bits(t), k.i32(Float.floatToIntBits(MAGIC)));
    return new Reduced(n, whole, r, expm1Near0(r));
  }

  /// e^r − 1 for |r| ≤ ln 2 / 2.
  int expm1Near0(int r) {
    int p =
        horner(
            r,
            1.9875691500E-4f,
            1.3981999507E-3f,
            8.3334519073E-3f,
            4.1665795894E-2f,
            1.6666665459E-1f,
            5.0000001201E-1f);
    return k.fma(p, k.mul(r, r), r);
  }

  int exp(int x) {
    Reduced d = reduce(atLeast(atMost(x, 89f), -104f));
    return scale(k.add(d.expm1, c(1f)), d.whole);
  }

  /// Scales by 2^n in two halves, so results below the normal range are rounded once and correctly.
  int scale(int y, int n) {
    int half = k.shr(n, k.i32(1));
    return k.mul(k.mul(y, powerOfTwo(half)), powerOfTwo(k.sub(n, half)));
  }

  /// 2ⁿ·(p + 1) − 1 with half of 2ⁿ, which is finite where the result is about to overflow.
  int expm1(int x) {
    Reduced d = reduce(atLeast(atMost(x, 89f), -18f));
    int half = powerOfTwo(k.sub(d.whole, k.i32(1)));
    int y = k.fma(d.expm1, half, k.sub(half, c(0.5f)));
    return k.select(below(k.abs(x), 0x1p-24f), x, k.mul(y, c(2f)));
  }

  /// log(1 + f) − f for 1 + f from √½ to √2.
  private int logTail(int f, int square) {
    int p =
        horner(
            f,
            7.0376836292E-2f,
            -1.1514610310E-1f,
            1.1676998740E-1f,
            -1.2420140846E-1f,
            1.4249322787E-1f,
            -1.6668057665E-1f,
            2.0000714765E-1f,
            -2.4999993993E-1f,
            3.3333331174E-1f);
    return k.fma(k.mul(p, f), square, k.mul(c(-0.5f), square));
  }

  static final int SQRT_HALF = 0x3f3504f3;

  int log(int x) {
    int small = below(x, Float.MIN_NORMAL);
    int scaled = k.select(small, k.mul(x, c(0x1p25f)), x);
    int shifted = k.sub(k.bits(scaled), k.i32(SQRT_HALF));
    int exponent = k.shr(shifted, k.i32(23));
    int e = k.sub(k.to(Word.F32, exponent), k.select(small, c(25f), c(0f)));
    int m = k.bits(k.add(k.and(shifted, k.i32(0x7fffff)), k.i32(SQRT_HALF)));
    int f = k.sub(m, c(1f));
    int tail = k.fma(e, c(LN2_LOW), logTail(f, k.mul(f, f)));
    int y = k.fma(e, c(LN2_HIGH), k.add(f, tail));
    return logSpecials(x, y, c(0f));
  }

  /// Puts in −∞ at `pole`, NaN below it, and lets +∞ and NaN through.
  private int logSpecials(int x, int y, int pole) {
    int bounded = k.select(k.lt(x, c(Float.POSITIVE_INFINITY)), y, x);
    int atPole = k.select(k.eq(x, pole), c(Float.NEGATIVE_INFINITY), bounded);
    return k.select(k.lt(x, pole), c(Float.NaN), atPole);
  }

  /// As log(u) for u = 1 + x, with the rounding error of u brought back in; near 0, f is x itself.
  int log1p(int x) {
    int u = k.add(x, c(1f));
    int shifted = k.sub(k.bits(u), k.i32(SQRT_HALF));
    int near = k.and(k.lt(c(-0.29f), x), k.lt(x, c(0.41f)));
    int e = k.select(near, c(0f), k.to(Word.F32, k.shr(shifted, k.i32(23))));
    int m = k.bits(k.add(k.and(shifted, k.i32(0x7fffff)), k.i32(SQRT_HALF)));
    int f = k.select(near, x, k.sub(m, c(1f)));
    int big = k.lt(c(1f), x);
    int lost = k.select(big, k.sub(c(1f), k.sub(u, x)), k.sub(x, k.sub(u, c(1f))));
    int correction = k.select(near, c(0f), k.div(lost, u));
    int low = k.fma(e, c(LN2_LOW), correction);
    int tail = k.add(low, logTail(f, k.mul(f, f)));
    int y = k.fma(e, c(LN2_HIGH), k.add(f, tail));
    return k.select(below(k.abs(x), 0x1p-25f), x, logSpecials(x, y, c(-1f)));
  }

  private int signBit(int x) {
    return k.and(k.bits(x), k.i32(Integer.MIN_VALUE));
  }

  private int withSign(int magnitude, int signBit) {
    return k.bits(k.or(k.bits(magnitude), signBit));
  }

  /// Near 0 an odd polynomial, else 1 − 2 / (e^(2|x|) + 1).
  int tanh(int x) {
    int a = k.abs(x);
    int z = k.mul(x, x);
    int p =
        horner(
            z,
            -5.70498872745E-3f,
            2.06390887954E-2f,
            -5.37397155531E-2f,
            1.33314422036E-1f,
            -3.33332819422E-1f);
    int near = k.fma(k.mul(p, z), a, a);
    int clamped = atMost(a, 10f);
    Reduced d = reduce(k.add(clamped, clamped));
    int e = k.mul(k.add(d.expm1, c(1f)), powerOfTwo(d.whole));
    int far = k.sub(c(1f), k.div(c(2f), k.add(e, c(1f))));
    return withSign(k.select(below(a, 0.625f), near, far), signBit(x));
  }

  /// Near 0 an odd polynomial, else 1 − e^h(|x|) with h fitted to log erfc on [0.89, 4], where erf
  /// is 1.
  int erf(int x) {
    int a = k.abs(x);
    int p =
        horner(
            k.mul(x, x),
            8.514784923e-5f,
            -8.176035777e-4f,
            5.203894332e-3f,
            -2.686052302e-2f,
            1.128371531e-1f,
            -3.7612635e-1f,
            1.283791668e-1f);
    int near = k.fma(p, a, a);
    int h =
        horner(
            atMost(a, 4f),
            1.993201243e-4f,
            -3.076171898e-3f,
            2.235729518e-2f,
            -1.041998472e-1f,
            -6.368793029e-1f,
            -1.127853822f,
            -1.529831112e-4f);
    Reduced d = reduce(h);
    int far = k.sub(c(1f), k.mul(k.add(d.expm1, c(1f)), powerOfTwo(d.whole)));
    return withSign(k.select(below(a, 0.9f), near, far), signBit(x));
  }

  /// Beyond this the three parts of π/2 no longer hold the remainder; a scalar call takes over.
  private static final float REDUCIBLE = 30000f;

  /// Of the magnitude, with the sign put on at the end, so that −0 stays −0.
  int sin(int x) {
    int y = k.bits(k.xor(k.bits(wave(k.abs(x), 0)), signBit(x)));
    return k.rescue(isFar(x), y, k.real(Math.class, "sin", x));
  }

  int cos(int x) {
    return k.rescue(isFar(x), wave(x, 1), k.real(Math.class, "cos", x));
  }

  private int isFar(int x) {
    return k.not(below(k.abs(x), REDUCIBLE));
  }

  /// x = n·π/2 + r; the quarter n + shift says which of sin r, cos r it is and with which sign.
  private int wave(int x, int shift) {
    int t = k.fma(x, c(0.636619772f), c(MAGIC));
    int n = k.sub(t, c(MAGIC));
    // π/2 in three floats of 24 bits: 1.57079637 − 4.37113883e-8 − 1.71512489e-15.
    int r = k.fma(n, c(-1.57079637050628662109375f), x);
    r = k.fma(n, c(4.37113900018624283e-8f), r);
    r = k.fma(n, c(1.71512489e-15f), r);
    int z = k.mul(r, r);
    int quarter = k.add(k.bits(t), k.i32(shift));
    int s = horner(z, -1.9515295891E-4f, 8.3321608736E-3f, -1.6666654611E-1f);
    int sine = k.fma(k.mul(s, z), r, r);
    int co = horner(z, 2.443315711809948E-005f, -1.388731625493765E-003f, 4.166664568298827E-002f);
    int cosine = k.add(k.fma(k.mul(co, z), z, k.mul(z, c(-0.5f))), c(1f));
    int odd = k.ne(k.and(quarter, k.i32(1)), k.i32(0));
    int sign = k.shl(k.and(quarter, k.i32(2)), k.i32(30));
    return k.bits(k.xor(k.bits(k.select(odd, cosine, sine)), sign));
  }
}
