package dev.merapi.kernel;

/// Lowers operations on floats held in F32 or F64 words.
final class RealMath {
  private final Code k;
  private final Polynomials poly;

  RealMath(Code k) {
    this.k = k;
    this.poly = new Polynomials(k);
  }

  int apply(ExprOp op, int[] a) {
    int x = a[0];
    int y = a.length > 1 ? a[1] : x;
    return switch (op) {
      case ADD -> k.add(x, y);
      case SUB -> k.sub(x, y);
      case MUL -> k.mul(x, y);
      case DIV -> k.div(x, y);
      case FMA -> k.fma(x, y, a[2]);
      case NEG -> k.neg(x);
      case ABS -> k.abs(x);
      case SIGN -> sign(x);
      case MIN -> k.min(x, y);
      case MAX -> k.max(x, y);
      case SQUARE -> k.mul(x, x);
      case RECIPROCAL -> k.div(k.like(x, 1), x);
      case SQRT -> k.sqrt(x);
      case RSQRT -> k.div(k.like(x, 1), k.sqrt(x));
      case FLOOR_DIV -> floor(k.div(x, y));
      case TRUNC_MOD -> k.rem(x, y);
      case FLOOR_MOD -> floorMod(x, y);
      case FLOOR -> floor(x);
      case CEIL -> ceil(x);
      case RINT -> rint(x);
      case ROUND -> round(x);
      case TRUNC -> trunc(x);
      case LT -> k.lt(x, y);
      case LE -> k.le(x, y);
      case GT -> k.lt(y, x);
      case GE -> k.le(y, x);
      case EQ -> k.eq(x, y);
      case NE -> k.ne(x, y);
      case IS_NAN -> k.ne(x, x);
      case IS_INF -> k.eq(k.abs(x), k.like(x, Double.POSITIVE_INFINITY));
      case IS_FINITE -> k.lt(k.abs(x), k.like(x, Double.POSITIVE_INFINITY));
      case REAL, CONJ -> x;
      case IMAG -> k.like(x, 0);
      case ANGLE -> atan2(k.like(x, 0), x);
      case EXP -> exp(x);
      case EXPM1 -> poly.fits(x) ? poly.expm1(x) : k.real(StrictMath.class, "expm1", x);
      case LOG -> log(x);
      case LOG1P -> log1p(x);
      case SIN -> sin(x);
      case COS -> cos(x);
      case TANH -> poly.fits(x) ? poly.tanh(x) : k.real(StrictMath.class, "tanh", x);
      case SIGMOID -> sigmoid(x);
      case SOFTPLUS -> softplus(x);
      case TAN -> k.real(Math.class, "tan", x);
      case SINH -> sinh(x);
      case COSH -> cosh(x);
      case ASIN -> k.real(StrictMath.class, "asin", x);
      case ACOS -> k.real(StrictMath.class, "acos", x);
      case ATAN -> k.real(StrictMath.class, "atan", x);
      case CBRT -> k.real(StrictMath.class, "cbrt", x);
      case HYPOT -> k.real(StrictMath.class, "hypot", x, y);
      case ATAN2 -> atan2(x, y);
      case POW -> poly.fits(x) ? new Powers(k, poly).pow(x, y) : k.real(Special.class, "pow", x, y);
      case ASINH -> k.real(Special.class, "asinh", x);
      case ACOSH -> k.real(Special.class, "acosh", x);
      case ATANH -> k.real(Special.class, "atanh", x);
      case ERF -> poly.fits(x) ? poly.erf(x) : k.real(Special.class, "erf", x);
      case ERFC -> k.real(Special.class, "erfc", x);
      case ERFINV -> k.real(Special.class, "erfinv", x);
      case NDTRI -> k.real(Special.class, "ndtri", x);
      case LGAMMA -> k.real(Special.class, "lgamma", x);
      case DIGAMMA -> k.real(Special.class, "digamma", x);
      case I0E -> k.real(Special.class, "i0e", x);
      case I1E -> k.real(Special.class, "i1e", x);
      default -> throw new IllegalArgumentException(op + " does not take floats");
    };
  }

  int exp(int x) {
    return poly.fits(x) ? poly.exp(x) : k.real(Math.class, "exp", x);
  }

  int log(int x) {
    return poly.fits(x) ? poly.log(x) : k.real(Math.class, "log", x);
  }

  int log1p(int x) {
    return poly.fits(x) ? poly.log1p(x) : k.real(StrictMath.class, "log1p", x);
  }

  int sin(int x) {
    return poly.fits(x) ? poly.sin(x) : k.real(Math.class, "sin", x);
  }

  int cos(int x) {
    return poly.fits(x) ? poly.cos(x) : k.real(Math.class, "cos", x);
  }

  int sinh(int x) {
    return k.real(StrictMath.class, "sinh", x);
  }

  int cosh(int x) {
    return k.real(StrictMath.class, "cosh", x);
  }

  int atan2(int y, int x) {
    return k.real(StrictMath.class, "atan2", y, x);
  }

  /// Adding 0 keeps NaN and makes −0 positive, as TensorFlow does.
  private int sign(int x) {
    int zero = k.like(x, 0);
    int negative = k.select(k.lt(x, zero), k.like(x, -1), k.add(x, zero));
    return k.select(k.lt(zero, x), k.like(x, 1), negative);
  }

  /// As TensorFlow's kernel: the truncated remainder, moved once if it has the wrong sign.
  private int floorMod(int x, int y) {
    int zero = k.like(x, 0);
    int r = k.rem(x, y);
    int crossed = k.and(k.ne(r, zero), k.xor(k.lt(y, zero), k.lt(r, zero)));
    return k.select(crossed, k.add(r, y), r);
  }

  /// `e^(−|x|)` cannot overflow; the result keeps full accuracy on both sides.
  private int sigmoid(int x) {
    int one = k.like(x, 1);
    int e = exp(k.neg(k.abs(x)));
    int numerator = k.select(k.lt(x, k.like(x, 0)), e, one);
    return k.div(numerator, k.add(e, one));
  }

  private int softplus(int x) {
    int zero = k.like(x, 0);
    int above = k.select(k.lt(x, zero), zero, x);
    return k.add(above, log1p(exp(k.neg(k.abs(x)))));
  }

  private int signBit(int x) {
    int bits = k.bits(x);
    return k.and(
        bits, k.word(bits) == Program.Word.I32 ? k.i32(Integer.MIN_VALUE) : k.i64(Long.MIN_VALUE));
  }

  private int withSign(int magnitude, int signBit) {
    return k.bits(k.or(k.bits(magnitude), signBit));
  }

  /// Below 2^23 (2^52) a float has a fraction, and adding that power of two rounds it away.
  private int rint(int x) {
    int bound = k.like(x, k.word(x) == Program.Word.F32 ? 0x1p23 : 0x1p52);
    int magnitude = k.abs(x);
    int r = k.sub(k.add(magnitude, bound), bound);
    return k.select(k.lt(magnitude, bound), withSign(r, signBit(x)), x);
  }

  private int floor(int x) {
    int r = rint(x);
    return k.select(k.lt(x, r), k.sub(r, k.like(x, 1)), r);
  }

  private int ceil(int x) {
    int r = rint(x);
    int up = withSign(k.abs(k.add(r, k.like(x, 1))), signBit(x));
    return k.select(k.lt(r, x), up, r);
  }

  private int trunc(int x) {
    int magnitude = k.abs(x);
    return k.select(k.ne(x, x), x, withSign(floor(magnitude), signBit(x)));
  }

  private int round(int x) {
    int magnitude = k.abs(x);
    int low = floor(magnitude);
    int fraction = k.sub(magnitude, low);
    int up = k.add(low, k.like(x, 1));
    int r = k.select(k.le(k.like(x, 0.5), fraction), up, low);
    return k.select(
        k.lt(magnitude, k.like(x, Double.POSITIVE_INFINITY)), withSign(r, signBit(x)), x);
  }
}
