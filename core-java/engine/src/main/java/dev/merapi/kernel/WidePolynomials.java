package dev.merapi.kernel;

/// Writes float64 functions as straight-line IEEE arithmetic, so scalar and vector code give equal
/// bits.
///
/// The polynomials are Taylor's, long enough for the reduced range: in FMAs a minimax fit would
/// save two or three, and no coefficient has to be trusted. tanh near 0 takes S. L. Moshier's
/// rational (Cephes library, 1989). Whole numbers become floats, and back, by adding 1.5 · 2⁵²:
/// vectors of most processors cannot convert 64-bit integers.
final class WidePolynomials {
  private static final double MAGIC = 0x1.8p52;
  private static final long MAGIC_BITS = Double.doubleToRawLongBits(MAGIC);

  private static final double LOG2_E = 1.4426950408889634;

  /// ln 2 in two floats; a product with the first is exact inside an FMA.
  private static final double LN2 = 0.6931471805599453;

  private static final double LN2_REST = 2.3190468138462996e-17;

  private static final long SQRT_HALF = 0x3fe6a09e667f3bcdL;
  private static final long FRACTION = 0xfffffffffffffL;

  private final Code k;

  WidePolynomials(Code k) {
    this.k = k;
  }

  private int c(double v) {
    return k.f64(v);
  }

  private int horner(int z, double... coefficients) {
    int p = c(coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      p = k.fma(p, z, c(coefficients[i]));
    }
    return p;
  }

  private int clamp(int x, double low, double high) {
    int y = k.select(k.lt(c(high), x), c(high), x);
    return k.select(k.lt(y, c(low)), c(low), y);
  }

  private int powerOfTwo(int exponent) {
    return k.bits(k.shl(k.add(exponent, k.i64(1023)), k.i64(52)));
  }

  /// x = n·ln 2 + r with |r| ≤ ln 2 / 2, and expm1(r).
  private record Reduced(int whole, int expm1) {}

  private Reduced reduce(int x) {
    int t = k.fma(x, c(LOG2_E), c(MAGIC));
    int n = k.sub(t, c(MAGIC));
    int r = k.fma(n, c(-LN2), x);
    r = k.fma(n, c(-LN2_REST), r);
    double[] factors = new double[12];
    double factorial = 1;
    for (int i = 2; i <= 13; i++) {
      factorial *= i;
      factors[13 - i] = 1 / factorial;
    }
    int p = horner(r, factors);
    return new Reduced(k.sub(k.bits(t), k.i64(MAGIC_BITS)), k.fma(p, k.mul(r, r), r));
  }

  int exp(int x) {
    Reduced d = reduce(clamp(x, -746, 710));
    // Halved as a positive number: arithmetic shifts of 64 bits are slow in vectors.
    int half = k.sub(k.ushr(k.add(d.whole, k.i64(2048)), k.i64(1)), k.i64(1024));
    int y = k.mul(k.add(d.expm1, c(1)), powerOfTwo(half));
    return k.mul(y, powerOfTwo(k.sub(d.whole, half)));
  }

  /// 2ⁿ·(p + 1) − 1 with half of 2ⁿ, which is finite where the result is about to overflow.
  int expm1(int x) {
    Reduced d = reduce(clamp(x, -40, 710));
    int half = powerOfTwo(k.sub(d.whole, k.i64(1)));
    int y = k.fma(d.expm1, half, k.sub(half, c(0.5)));
    return k.select(k.lt(k.abs(x), c(0x1p-54)), x, k.mul(y, c(2)));
  }

  /// log(1 + f) − f for 1 + f from √½ to √2: with s = f / (2 + f), log(1 + f) = 2 atanh s.
  private int logTail(int f) {
    int s = k.div(f, k.add(f, c(2)));
    int z = k.mul(s, s);
    double[] series = new double[11];
    for (int i = 0; i < series.length; i++) {
      series[i] = 2.0 / (2 * (series.length - i) + 1);
    }
    int rest = k.mul(horner(z, series), z);
    int half = k.mul(k.mul(f, f), c(0.5));
    return k.sub(k.mul(s, k.add(half, rest)), half);
  }

  private int exponent(int shifted) {
    int biased = k.ushr(k.add(shifted, k.i64(1L << 62)), k.i64(52));
    return k.sub(k.bits(k.add(biased, k.i64(MAGIC_BITS))), c(MAGIC + (1 << 10)));
  }

  private int mantissa(int shifted) {
    return k.bits(k.add(k.and(shifted, k.i64(FRACTION)), k.i64(SQRT_HALF)));
  }

  int log(int x) {
    int small = k.lt(k.abs(x), c(Double.MIN_NORMAL));
    int scaled = k.select(small, k.mul(x, c(0x1p54)), x);
    int shifted = k.sub(k.bits(scaled), k.i64(SQRT_HALF));
    int e = k.sub(exponent(shifted), k.select(small, c(54), c(0)));
    int f = k.sub(mantissa(shifted), c(1));
    int tail = k.fma(e, c(LN2_REST), logTail(f));
    return specials(x, sum(e, f, tail), 0);
  }

  /// e·ln 2 + f + tail; the product's rounding error is kept.
  private int sum(int e, int f, int tail) {
    int product = k.mul(e, c(LN2));
    int lost = k.fma(e, c(LN2), k.neg(product));
    int high = k.add(product, f);
    int behind = k.add(k.sub(product, high), f);
    return k.add(high, k.add(behind, k.add(tail, lost)));
  }

  /// Puts in −∞ at `pole`, NaN below it, and lets +∞ and NaN through.
  private int specials(int x, int y, double pole) {
    int bounded = k.select(k.lt(x, c(Double.POSITIVE_INFINITY)), y, x);
    int atPole = k.select(k.eq(x, c(pole)), c(Double.NEGATIVE_INFINITY), bounded);
    return k.select(k.lt(x, c(pole)), c(Double.NaN), atPole);
  }

  /// As log(u) for u = 1 + x, with the rounding error of u brought back in; near 0, f is x itself.
  int log1p(int x) {
    int u = k.add(x, c(1));
    int shifted = k.sub(k.bits(u), k.i64(SQRT_HALF));
    int near = k.and(k.lt(c(-0.29), x), k.lt(x, c(0.41)));
    int e = k.select(near, c(0), exponent(shifted));
    int f = k.select(near, x, k.sub(mantissa(shifted), c(1)));
    int big = k.lt(c(1), x);
    int lost = k.select(big, k.sub(c(1), k.sub(u, x)), k.sub(x, k.sub(u, c(1))));
    int correction = k.select(near, c(0), k.div(lost, u));
    int tail = k.add(k.fma(e, c(LN2_REST), correction), logTail(f));
    int y = specials(x, sum(e, f, tail), -1);
    return k.select(k.lt(k.abs(x), c(0x1p-54)), x, y);
  }

  /// Near 0 an odd rational, else 1 − 2 / (e^(2|x|) + 1).
  int tanh(int x) {
    int a = k.abs(x);
    int z = k.mul(x, x);
    int top =
        horner(z, -9.64399179425052238628e-1, -9.92877231001918586564e1, -1.61468768441708447952e3);
    int bottom =
        horner(z, 1, 1.12811678491632931402e2, 2.23548839060100448583e3, 4.84406305325125486048e3);
    int near = k.fma(k.mul(a, z), k.div(top, bottom), a);
    int clamped = k.select(k.lt(c(22), a), c(22), a);
    Reduced d = reduce(k.add(clamped, clamped));
    int e = k.mul(k.add(d.expm1, c(1)), powerOfTwo(d.whole));
    int far = k.sub(c(1), k.div(c(2), k.add(e, c(1))));
    int y = k.select(k.lt(a, c(0.625)), near, far);
    return k.bits(k.or(k.bits(y), k.and(k.bits(x), k.i64(Long.MIN_VALUE))));
  }
}
