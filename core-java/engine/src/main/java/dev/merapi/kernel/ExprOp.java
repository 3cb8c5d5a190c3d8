package dev.merapi.kernel;

/// What a node of an [Expr] computes. Every operation has one method of [Expr] that builds it and
/// says what it means.
public enum ExprOp {
  IN(0),
  CONST(0),
  ADD(2),
  SUB(2),
  MUL(2),
  DIV(2),
  NEG(1),
  ABS(1),
  SIGN(1),
  MIN(2),
  MAX(2),
  FLOOR_MOD(2),
  TRUNC_MOD(2),
  FLOOR_DIV(2),
  POW(2),
  FMA(3),
  SQUARE(1),
  RECIPROCAL(1),
  SQRT(1),
  RSQRT(1),
  CBRT(1),
  EXP(1),
  EXPM1(1),
  LOG(1),
  LOG1P(1),
  SIN(1),
  COS(1),
  TAN(1),
  ASIN(1),
  ACOS(1),
  ATAN(1),
  SINH(1),
  COSH(1),
  TANH(1),
  ASINH(1),
  ACOSH(1),
  ATANH(1),
  SIGMOID(1),
  SOFTPLUS(1),
  ERF(1),
  ERFC(1),
  ERFINV(1),
  NDTRI(1),
  LGAMMA(1),
  DIGAMMA(1),
  I0E(1),
  I1E(1),
  ATAN2(2),
  HYPOT(2),
  FLOOR(1),
  CEIL(1),
  RINT(1),
  ROUND(1),
  TRUNC(1),
  LT(2),
  LE(2),
  GT(2),
  GE(2),
  EQ(2),
  NE(2),
  AND(2),
  OR(2),
  NOT(1),
  XOR(2),
  BIT_AND(2),
  BIT_OR(2),
  BIT_XOR(2),
  BIT_NOT(1),
  SHL(2),
  SHR(2),
  IS_NAN(1),
  IS_INF(1),
  IS_FINITE(1),
  SELECT(3),
  CAST(1),
  REAL(1),
  IMAG(1),
  ANGLE(1),
  CONJ(1),
  COMPLEX(2);

  private final int arity;

  ExprOp(int arity) {
    this.arity = arity;
  }

  /// Returns how many operands a node of this kind has.
  public int arity() {
    return arity;
  }

  /// Tells whether the result is a bool, whatever the operands are.
  boolean isTest() {
    return (ordinal() >= LT.ordinal() && ordinal() <= XOR.ordinal())
        || (ordinal() >= IS_NAN.ordinal() && ordinal() <= IS_FINITE.ordinal());
  }
}
