package dev.merapi.kernel;

import dev.merapi.kernel.Program.Word;
import dev.merapi.tensor.DType;

/// Lowers operations on complex numbers to pairs of real steps.
///
/// Sums and products are computed in the parts' own precision; all else in float64, which for
/// complex64 leaves no overflow and no cancellation to care for. Formulas: NIST DLMF 4.21, 4.28,
/// 4.37.
final class ComplexMath {
  /// A complex number as two steps.
  private record Z(int re, int im) {
    int[] parts() {
      return new int[] {re, im};
    }
  }

  private final Code k;
  private final RealMath real;

  ComplexMath(Code k, RealMath real) {
    this.k = k;
    this.real = real;
  }

  int[] apply(ExprOp op, DType t, int[][] args) {
    Z x = new Z(args[0][0], args[0][1]);
    Z y = args.length > 1 ? new Z(args[1][0], args[1][1]) : x;
    return switch (op) {
      case ADD -> add(x, y).parts();
      case SUB -> sub(x, y).parts();
      case MUL -> mul(x, y).parts();
      case SQUARE -> mul(x, x).parts();
      case FMA -> add(mul(x, y), new Z(args[2][0], args[2][1])).parts();
      case NEG -> neg(x).parts();
      case CONJ -> new Z(x.re, k.neg(x.im)).parts();
      case REAL -> one(x.re);
      case IMAG -> one(x.im);
      case EQ -> one(k.and(k.eq(x.re, y.re), k.eq(x.im, y.im)));
      case NE -> one(k.or(k.ne(x.re, y.re), k.ne(x.im, y.im)));
      case IS_NAN -> one(k.or(k.ne(x.re, x.re), k.ne(x.im, x.im)));
      case IS_FINITE -> one(k.and(finite(x.re), finite(x.im)));
      case IS_INF -> one(k.or(infinite(x.re), infinite(x.im)));
      case ABS -> one(k.to(k.word(x.re), modulus(wide(x))));
      case ANGLE -> one(real.atan2(x.im, x.re));
      default -> {
        Z v = wideOp(op, wide(x), wide(y));
        Word w = k.word(x.re);
        yield new Z(k.to(w, v.re), k.to(w, v.im)).parts();
      }
    };
  }

  private Z wideOp(ExprOp op, Z x, Z y) {
    return switch (op) {
      case DIV -> div(x, y);
      case RECIPROCAL -> div(number(1, 0), x);
      case SIGN -> sign(x);
      case SQRT -> sqrt(x);
      case RSQRT -> div(number(1, 0), sqrt(x));
      case EXP -> exp(x);
      case EXPM1 -> expm1(x);
      case LOG -> log(x);
      case LOG1P -> log1p(x);
      case POW -> pow(x, y);
      case SINH -> sinh(x);
      case COSH -> cosh(x);
      case TANH -> tanh(x);
      case SIN -> unturn(sinh(turn(x)));
      case COS -> cosh(turn(x));
      case TAN -> unturn(tanh(turn(x)));
      case ASINH -> asinh(x);
      case ASIN -> unturn(asinh(turn(x)));
      case ACOSH -> acosh(x);
      case ACOS -> acos(x);
      case ATANH -> atanh(x);
      case ATAN -> unturn(atanh(turn(x)));
      case SIGMOID -> sigmoid(x);
      default -> throw new IllegalArgumentException(op + " does not take complex numbers");
    };
  }

  private static int[] one(int v) {
    return new int[] {v};
  }

  private Z wide(Z x) {
    return new Z(k.to(Word.F64, x.re), k.to(Word.F64, x.im));
  }

  private int c(double v) {
    return k.f64(v);
  }

  private Z number(double re, double im) {
    return new Z(c(re), c(im));
  }

  private int finite(int v) {
    return k.lt(k.abs(v), k.like(v, Double.POSITIVE_INFINITY));
  }

  private int infinite(int v) {
    return k.eq(k.abs(v), k.like(v, Double.POSITIVE_INFINITY));
  }

  private Z add(Z x, Z y) {
    return new Z(k.add(x.re, y.re), k.add(x.im, y.im));
  }

  private Z sub(Z x, Z y) {
    return new Z(k.sub(x.re, y.re), k.sub(x.im, y.im));
  }

  private Z neg(Z x) {
    return new Z(k.neg(x.re), k.neg(x.im));
  }

  private Z mul(Z x, Z y) {
    return new Z(
        k.sub(k.mul(x.re, y.re), k.mul(x.im, y.im)), k.add(k.mul(x.re, y.im), k.mul(x.im, y.re)));
  }

  private Z scale(Z x, int s) {
    return new Z(k.mul(x.re, s), k.mul(x.im, s));
  }

  private Z select(int test, Z x, Z y) {
    return new Z(k.select(test, x.re, y.re), k.select(test, x.im, y.im));
  }

  /// i·x.
  private Z turn(Z x) {
    return new Z(k.neg(x.im), x.re);
  }

  /// −i·x.
  private Z unturn(Z x) {
    return new Z(x.im, k.neg(x.re));
  }

  private int modulus(Z x) {
    return k.call(StrictMath.class, "hypot", Word.F64, x.re, x.im);
  }

  /// Smith's method (Communications of the ACM 5, 1962): the larger part of y divides first.
  private Z div(Z x, Z y) {
    int flat = k.le(k.abs(y.im), k.abs(y.re));
    int big = k.select(flat, y.re, y.im);
    int small = k.select(flat, y.im, y.re);
    int ratio = k.div(small, big);
    int denominator = k.fma(small, ratio, big);
    int a = k.select(flat, x.re, x.im);
    int b = k.select(flat, x.im, x.re);
    int re = k.div(k.fma(b, ratio, a), denominator);
    int im = k.div(k.sub(b, k.mul(a, ratio)), denominator);
    return new Z(re, k.select(flat, im, k.neg(im)));
  }

  private Z sign(Z x) {
    int m = modulus(x);
    int none = k.eq(m, c(0));
    return select(none, number(0, 0), new Z(k.div(x.re, m), k.div(x.im, m)));
  }

  private int copySign(int magnitude, int sign) {
    int bit = k.and(k.bits(sign), k.i64(Long.MIN_VALUE));
    return k.bits(k.or(k.bits(k.abs(magnitude)), bit));
  }

  private Z sqrt(Z x) {
    int a = k.abs(x.re);
    // Halves first: |z| + |re z| may overflow where the root does not.
    int t = k.sqrt(k.fma(a, c(0.5), k.mul(modulus(x), c(0.5))));
    int other = k.div(x.im, k.add(t, t));
    int right = k.le(c(0), x.re);
    Z v = select(right, new Z(t, other), new Z(k.abs(other), copySign(t, x.im)));
    int none = k.and(k.eq(x.re, c(0)), k.eq(x.im, c(0)));
    return select(none, new Z(c(0), x.im), v);
  }

  private Z exp(Z x) {
    int m = real.exp(x.re);
    // A zero angle stays zero even when the modulus is infinite.
    int im = k.select(k.eq(x.im, c(0)), x.im, k.mul(m, real.sin(x.im)));
    return new Z(k.mul(m, real.cos(x.im)), im);
  }

  private Z expm1(Z x) {
    int s = real.sin(k.mul(x.im, c(0.5)));
    int em1 = k.real(StrictMath.class, "expm1", x.re);
    int re = k.sub(k.mul(em1, real.cos(x.im)), k.mul(c(2), k.mul(s, s)));
    return new Z(re, exp(x).im);
  }

  private Z log(Z x) {
    return new Z(real.log(modulus(x)), real.atan2(x.im, x.re));
  }

  private Z log1p(Z x) {
    int a = k.mul(x.re, k.add(x.re, c(2)));
    int near = k.mul(c(0.5), k.real(StrictMath.class, "log1p", k.fma(x.im, x.im, a)));
    Z shifted = new Z(k.add(x.re, c(1)), x.im);
    int close = k.lt(k.add(k.abs(x.re), k.abs(x.im)), c(1));
    return new Z(k.select(close, near, real.log(modulus(shifted))), real.atan2(x.im, shifted.re));
  }

  /// e^(y·log x), with 0 to the power 0 being 1 and 0 to any other power 0.
  private Z pow(Z x, Z y) {
    Z v = exp(mul(y, log(x)));
    int zeroBase = k.and(k.eq(x.re, c(0)), k.eq(x.im, c(0)));
    int zeroPower = k.and(k.eq(y.re, c(0)), k.eq(y.im, c(0)));
    return select(zeroPower, number(1, 0), select(zeroBase, number(0, 0), v));
  }

  private Z sinh(Z x) {
    int im = k.mul(real.cosh(x.re), real.sin(x.im));
    return new Z(k.mul(real.sinh(x.re), real.cos(x.im)), k.select(k.eq(x.im, c(0)), x.im, im));
  }

  private Z cosh(Z x) {
    int im = k.mul(real.sinh(x.re), real.sin(x.im));
    int flat = k.or(k.eq(x.im, c(0)), k.eq(x.re, c(0)));
    return new Z(k.mul(real.cosh(x.re), real.cos(x.im)), k.select(flat, k.mul(x.im, x.re), im));
  }

  /// W. Kahan, Branch cuts for complex elementary functions (1987); far out, the limit of the
  /// formula.
  private Z tanh(Z x) {
    int t = k.real(Math.class, "tan", x.im);
    int beta = k.fma(t, t, c(1));
    int s = real.sinh(x.re);
    int rho = k.sqrt(k.fma(s, s, c(1)));
    int denominator = k.fma(k.mul(beta, s), s, c(1));
    Z near = new Z(k.div(k.mul(k.mul(beta, rho), s), denominator), k.div(t, denominator));
    int e = real.exp(k.mul(c(-2), k.abs(x.re)));
    int im = k.mul(k.mul(c(4), k.mul(real.sin(x.im), real.cos(x.im))), e);
    Z far = new Z(copySign(c(1), x.re), im);
    return select(k.lt(c(22), k.abs(x.re)), far, near);
  }

  /// log(x + √(x² + 1)) as log1p(x + x² / (1 + √(x² + 1))), which keeps small x; of the half plane
  /// where nothing cancels, since asinh is odd.
  private Z asinh(Z x) {
    int left = k.lt(x.re, c(0));
    Z a = select(left, neg(x), x);
    Z square = mul(a, a);
    Z one = number(1, 0);
    Z v = log1p(add(a, div(square, add(one, sqrt(add(square, one))))));
    return select(left, neg(v), v);
  }

  /// log(x + √(x + 1) · √(x − 1)), written with log1p for x near 1.
  private Z acosh(Z x) {
    Z less = sub(x, number(1, 0));
    return log1p(add(less, mul(sqrt(add(x, number(1, 0))), sqrt(less))));
  }

  private Z acos(Z x) {
    Z a = unturn(asinh(turn(x)));
    return new Z(k.sub(c(Math.PI / 2), a.re), k.neg(a.im));
  }

  /// ½ (log1p(x) − log1p(−x)).
  private Z atanh(Z x) {
    return scale(sub(log1p(x), log1p(neg(x))), c(0.5));
  }

  private Z sigmoid(Z x) {
    return div(number(1, 0), add(exp(neg(x)), number(1, 0)));
  }
}
