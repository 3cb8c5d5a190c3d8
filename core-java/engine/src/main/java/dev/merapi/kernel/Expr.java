package dev.merapi.kernel;

import dev.merapi.tensor.DType;
import java.util.Arrays;
import java.util.List;

/// Describes what an element-wise op computes for one element, as an immutable tree.
///
/// A tree is written once for all dtypes (`in(0).mul(c(2)).tanh()`) and typed when the dtypes of
/// its inputs are known ([#dtype]). Constants take the dtype of what they are combined with.
/// Operands of one arithmetic operation have one dtype; [#cast] is the only way across.
///
/// Between the nodes of one tree 16-bit floats are carried as float32, and rounded once at the end;
/// a `cast` to a 16-bit float rounds where it stands. Integers wrap around after each operation.
///
/// Trees are equal when they are built alike, so a tree can be the key of a cache.
public final class Expr {
  private static final Expr[] NONE = {};

  private final ExprOp op;
  private final Expr[] args;
  private final int index;
  private final DType to;
  private final double value;
  private final long whole;
  private final boolean integral;
  private final int hash;

  private Expr(
      ExprOp op, Expr[] args, int index, DType to, double value, long whole, boolean integral) {
    this.op = op;
    this.args = args;
    this.index = index;
    this.to = to;
    this.value = value;
    this.whole = whole;
    this.integral = integral;
    int h = op.ordinal() * 31 + index;
    h = h * 31 + to.ordinal();
    h = h * 31 + Double.hashCode(value);
    h = h * 31 + Long.hashCode(whole);
    this.hash = h * 31 + Arrays.hashCode(args);
  }

  private static Expr node(ExprOp op, Expr... args) {
    return new Expr(op, args, 0, DType.BOOL, 0, 0, false);
  }

  /// Returns the value of input `index`, counted from 0.
  public static Expr in(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("input " + index + ": inputs are counted from 0");
    }
    return new Expr(ExprOp.IN, NONE, index, DType.BOOL, 0, 0, false);
  }

  /// Returns a constant that takes the dtype of what it is combined with, rounded to it.
  public static Expr c(double value) {
    return new Expr(ExprOp.CONST, NONE, 0, DType.BOOL, value, (long) value, false);
  }

  /// Returns a whole constant that takes the dtype of what it is combined with; exact in 64 bits.
  public static Expr c(long value) {
    return new Expr(ExprOp.CONST, NONE, 0, DType.BOOL, (double) value, value, true);
  }

  /// Returns a constant of a fixed dtype.
  public static Expr c(DType dtype, double value) {
    return c(value).cast(dtype);
  }

  public Expr add(Expr y) {
    return node(ExprOp.ADD, this, y);
  }

  public Expr sub(Expr y) {
    return node(ExprOp.SUB, this, y);
  }

  public Expr mul(Expr y) {
    return node(ExprOp.MUL, this, y);
  }

  /// Divides. Integers divide towards zero; an integer divided by zero ends the loop with
  /// `ArithmeticException`.
  public Expr div(Expr y) {
    return node(ExprOp.DIV, this, y);
  }

  public Expr neg() {
    return node(ExprOp.NEG, this);
  }

  /// Takes the magnitude; of a complex number, a real. The smallest integer is its own.
  public Expr abs() {
    return node(ExprOp.ABS, this);
  }

  /// Gives −1, 0 or 1, NaN for NaN, and `z / |z|` (0 for 0) for a complex z.
  public Expr sign() {
    return node(ExprOp.SIGN, this);
  }

  /// Takes the smaller; NaN if either is NaN.
  public Expr min(Expr y) {
    return node(ExprOp.MIN, this, y);
  }

  /// Takes the larger; NaN if either is NaN.
  public Expr max(Expr y) {
    return node(ExprOp.MAX, this, y);
  }

  /// Takes the remainder that has the sign of the divisor (Python's `%`, TensorFlow's FloorMod).
  public Expr floorMod(Expr y) {
    return node(ExprOp.FLOOR_MOD, this, y);
  }

  /// Takes the remainder that has the sign of the dividend (C's `%` and `fmod`, TruncateMod).
  public Expr truncMod(Expr y) {
    return node(ExprOp.TRUNC_MOD, this, y);
  }

  /// Divides and rounds down.
  public Expr floorDiv(Expr y) {
    return node(ExprOp.FLOOR_DIV, this, y);
  }

  /// Raises to a power. A negative integer exponent ends the loop with `ArithmeticException`.
  public Expr pow(Expr y) {
    return node(ExprOp.POW, this, y);
  }

  /// Computes `this · y + z` rounded once.
  public Expr fma(Expr y, Expr z) {
    return node(ExprOp.FMA, this, y, z);
  }

  public Expr square() {
    return node(ExprOp.SQUARE, this);
  }

  /// Computes `1 / x`; of an integer, rounded towards zero.
  public Expr reciprocal() {
    return node(ExprOp.RECIPROCAL, this);
  }

  public Expr sqrt() {
    return node(ExprOp.SQRT, this);
  }

  public Expr rsqrt() {
    return node(ExprOp.RSQRT, this);
  }

  public Expr cbrt() {
    return node(ExprOp.CBRT, this);
  }

  public Expr exp() {
    return node(ExprOp.EXP, this);
  }

  /// Computes `eˣ − 1`, accurate near 0.
  public Expr expm1() {
    return node(ExprOp.EXPM1, this);
  }

  public Expr log() {
    return node(ExprOp.LOG, this);
  }

  /// Computes `log(1 + x)`, accurate near 0.
  public Expr log1p() {
    return node(ExprOp.LOG1P, this);
  }

  public Expr sin() {
    return node(ExprOp.SIN, this);
  }

  public Expr cos() {
    return node(ExprOp.COS, this);
  }

  public Expr tan() {
    return node(ExprOp.TAN, this);
  }

  public Expr asin() {
    return node(ExprOp.ASIN, this);
  }

  public Expr acos() {
    return node(ExprOp.ACOS, this);
  }

  public Expr atan() {
    return node(ExprOp.ATAN, this);
  }

  public Expr sinh() {
    return node(ExprOp.SINH, this);
  }

  public Expr cosh() {
    return node(ExprOp.COSH, this);
  }

  public Expr tanh() {
    return node(ExprOp.TANH, this);
  }

  public Expr asinh() {
    return node(ExprOp.ASINH, this);
  }

  public Expr acosh() {
    return node(ExprOp.ACOSH, this);
  }

  public Expr atanh() {
    return node(ExprOp.ATANH, this);
  }

  /// Computes `1 / (1 + e⁻ˣ)` without overflow.
  public Expr sigmoid() {
    return node(ExprOp.SIGMOID, this);
  }

  /// Computes `log(1 + eˣ)` without overflow.
  public Expr softplus() {
    return node(ExprOp.SOFTPLUS, this);
  }

  /// Computes the error function, `2/√π ∫₀ˣ e^(−t²) dt`.
  public Expr erf() {
    return node(ExprOp.ERF, this);
  }

  /// Computes `1 − erf(x)`, accurate where it is small.
  public Expr erfc() {
    return node(ExprOp.ERFC, this);
  }

  /// Computes the inverse of [#erf].
  public Expr erfinv() {
    return node(ExprOp.ERFINV, this);
  }

  /// Computes the quantile of the normal distribution.
  public Expr ndtri() {
    return node(ExprOp.NDTRI, this);
  }

  /// Computes `log |Γ(x)|`.
  public Expr lgamma() {
    return node(ExprOp.LGAMMA, this);
  }

  /// Computes the derivative of `log Γ(x)`.
  public Expr digamma() {
    return node(ExprOp.DIGAMMA, this);
  }

  /// Computes `e^(−|x|) I₀(x)`, the scaled modified Bessel function of order 0.
  public Expr i0e() {
    return node(ExprOp.I0E, this);
  }

  /// Computes `e^(−|x|) I₁(x)`, the scaled modified Bessel function of order 1.
  public Expr i1e() {
    return node(ExprOp.I1E, this);
  }

  /// Computes the angle of the point (x, this), in radians from −π to π.
  public Expr atan2(Expr x) {
    return node(ExprOp.ATAN2, this, x);
  }

  public Expr hypot(Expr y) {
    return node(ExprOp.HYPOT, this, y);
  }

  public Expr floor() {
    return node(ExprOp.FLOOR, this);
  }

  public Expr ceil() {
    return node(ExprOp.CEIL, this);
  }

  /// Rounds to the nearest whole number, halves to the even one (TensorFlow's Rint and Round).
  public Expr rint() {
    return node(ExprOp.RINT, this);
  }

  /// Rounds to the nearest whole number, halves away from zero (C's `round`).
  public Expr round() {
    return node(ExprOp.ROUND, this);
  }

  /// Rounds towards zero.
  public Expr trunc() {
    return node(ExprOp.TRUNC, this);
  }

  public Expr lt(Expr y) {
    return node(ExprOp.LT, this, y);
  }

  public Expr le(Expr y) {
    return node(ExprOp.LE, this, y);
  }

  public Expr gt(Expr y) {
    return node(ExprOp.GT, this, y);
  }

  public Expr ge(Expr y) {
    return node(ExprOp.GE, this, y);
  }

  public Expr eq(Expr y) {
    return node(ExprOp.EQ, this, y);
  }

  public Expr ne(Expr y) {
    return node(ExprOp.NE, this, y);
  }

  /// Tells whether both bools are true.
  public Expr and(Expr y) {
    return node(ExprOp.AND, this, y);
  }

  public Expr or(Expr y) {
    return node(ExprOp.OR, this, y);
  }

  public Expr not() {
    return node(ExprOp.NOT, this);
  }

  public Expr xor(Expr y) {
    return node(ExprOp.XOR, this, y);
  }

  public Expr bitAnd(Expr y) {
    return node(ExprOp.BIT_AND, this, y);
  }

  public Expr bitOr(Expr y) {
    return node(ExprOp.BIT_OR, this, y);
  }

  public Expr bitXor(Expr y) {
    return node(ExprOp.BIT_XOR, this, y);
  }

  public Expr bitNot() {
    return node(ExprOp.BIT_NOT, this);
  }

  /// Shifts left; a shift below 0 counts as 0, one of the width or more as the width minus 1.
  public Expr shl(Expr y) {
    return node(ExprOp.SHL, this, y);
  }

  /// Shifts right, keeping the sign of signed integers; the shift is clamped as for [#shl].
  public Expr shr(Expr y) {
    return node(ExprOp.SHR, this, y);
  }

  public Expr isNan() {
    return node(ExprOp.IS_NAN, this);
  }

  public Expr isInf() {
    return node(ExprOp.IS_INF, this);
  }

  public Expr isFinite() {
    return node(ExprOp.IS_FINITE, this);
  }

  /// Gives `x` where this bool is true, else `y`.
  public Expr select(Expr x, Expr y) {
    return node(ExprOp.SELECT, this, x, y);
  }

  /// Converts to another dtype.
  ///
  /// Floats become integers by dropping the fraction; beyond the range of a 32- or 64-bit integer
  /// the nearest integer of that width is taken and then wrapped to the narrower type, NaN gives 0.
  /// Integers wrap. A number is true unless it is 0. Complex numbers lose their imaginary part,
  /// also on the way to bool: `1i` is false, as in TensorFlow.
  public Expr cast(DType dtype) {
    if (dtype.bytes() == 0) {
      throw new IllegalArgumentException("cast: " + dtype + " is no type of numbers");
    }
    return new Expr(ExprOp.CAST, new Expr[] {this}, 0, dtype, 0, 0, false);
  }

  public Expr real() {
    return node(ExprOp.REAL, this);
  }

  public Expr imag() {
    return node(ExprOp.IMAG, this);
  }

  /// Gives the angle of a complex number, in radians from −π to π.
  public Expr angle() {
    return node(ExprOp.ANGLE, this);
  }

  public Expr conj() {
    return node(ExprOp.CONJ, this);
  }

  /// Makes a complex number of two floats: this is the real part.
  public Expr complex(Expr imaginary) {
    return node(ExprOp.COMPLEX, this, imaginary);
  }

  public ExprOp op() {
    return op;
  }

  /// Returns operand `i`.
  public Expr arg(int i) {
    return args[i];
  }

  public int arity() {
    return args.length;
  }

  /// Returns which input an IN node reads.
  public int index() {
    return index;
  }

  /// Returns the dtype a CAST node gives.
  public DType to() {
    return to;
  }

  /// Returns the value of a CONST node.
  public double value() {
    return value;
  }

  /// Returns the value of a CONST node as an integer, exact where it was given as one.
  public long whole() {
    return whole;
  }

  /// Tells whether a CONST node was given as an integer.
  public boolean integral() {
    return integral;
  }

  /// Returns how many inputs the tree reads: one more than the highest index.
  public int inputs() {
    int n = op == ExprOp.IN ? index + 1 : 0;
    for (Expr a : args) {
      n = Math.max(n, a.inputs());
    }
    return n;
  }

  /// Returns this tree with `inputs.get(i)` in place of input i: how trees are fused.
  public Expr substitute(List<Expr> inputs) {
    if (op == ExprOp.IN) {
      return inputs.get(index);
    }
    if (args.length == 0) {
      return this;
    }
    Expr[] changed = new Expr[args.length];
    for (int i = 0; i < changed.length; i++) {
      changed[i] = args[i].substitute(inputs);
    }
    return new Expr(op, changed, index, to, value, whole, integral);
  }

  /// Returns the dtype of the result when the inputs have these dtypes.
  ///
  /// Fails: `IllegalArgumentException` when operands disagree or an operation does not take a
  /// dtype.
  public DType dtype(DType... inputs) {
    return new Typing(inputs).dtype(this).orElse(DType.F32);
  }

  @Override
  public boolean equals(Object o) {
    return this == o
        || (o instanceof Expr e
            && hash == e.hash
            && op == e.op
            && index == e.index
            && to == e.to
            && whole == e.whole
            && integral == e.integral
            && Double.doubleToLongBits(value) == Double.doubleToLongBits(e.value)
            && Arrays.equals(args, e.args));
  }

  @Override
  public int hashCode() {
    return hash;
  }

  /// Writes the tree as a formula: `tanh(x0) * 2`.
  @Override
  public String toString() {
    return ExprText.of(this);
  }
}
