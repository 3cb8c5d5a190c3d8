// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.math`, one method each.
public abstract class TfMathOps {
  protected TfMathOps() {}

  private static final OpRef ABS = OpRef.to("Abs");

  /// Takes the magnitude of every element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor abs(Object x) {
    return Operands.call(ABS, x);
  }

  private static final OpRef ACOS = OpRef.to("Acos");

  /// Computes the angle in radians whose cosine is given, from 0 to π.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor acos(Object x) {
    return Operands.call(ACOS, x);
  }

  private static final OpRef ACOSH = OpRef.to("Acosh");

  /// Computes the number of 0 or more whose hyperbolic cosine is given.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor acosh(Object x) {
    return Operands.call(ACOSH, x);
  }

  private static final OpRef ADD_N = OpRef.to("AddN");

  /// Adds up a list of tensors of one shape.
  ///
  /// Formula: y = Σ xᵢ
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor addN(List<?> inputs) {
    return ADD_N.of(Operands.of(ADD_N.get(), inputs));
  }

  /// Adds up a list of tensors of one shape.
  ///
  /// Formula: y = Σ xᵢ
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor accumulateN(List<?> inputs) {
    return ADD_N.of(Operands.of(ADD_N.get(), inputs));
  }

  private static final OpRef ADD_V2 = OpRef.to("AddV2");

  /// Adds two tensors, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor add(Object x, Object y) {
    return Operands.call(ADD_V2, x, y);
  }

  private static final OpRef ALL = OpRef.to("All");

  /// Tells whether all elements along axes are true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAll(Object input, Object axis) {
    return Operands.call(ALL, input, axis);
  }

  /// Tells whether all elements along axes are true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAll(Object input, Object axis, boolean keepdims) {
    return Operands.call(ALL, ALL.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef ANGLE = OpRef.to("Angle");

  /// Takes the angle of complex numbers in radians, from −π to π.
  ///
  /// Types T: complex64 or complex128.
  ///
  /// Types Tout: float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor angle(Object input) {
    return Operands.call(ANGLE, input);
  }

  /// Takes the angle of complex numbers in radians, from −π to π.
  ///
  /// Types T: complex64 or complex128.
  ///
  /// Types Tout: float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor angle(Object input, DType dtype) {
    return Operands.call(ANGLE, ANGLE.attrs("Tout", dtype), input);
  }

  private static final OpRef ANY = OpRef.to("Any");

  /// Tells whether any element along axes is true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAny(Object input, Object axis) {
    return Operands.call(ANY, input, axis);
  }

  /// Tells whether any element along axes is true.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: none; truth values have no derivative.
  public static Tensor reduceAny(Object input, Object axis, boolean keepdims) {
    return Operands.call(ANY, ANY.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef APPROXIMATE_EQUAL = OpRef.to("ApproximateEqual");

  /// Tells where |x − y| is below a tolerance.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor approximateEqual(Object x, Object y) {
    return Operands.call(APPROXIMATE_EQUAL, x, y);
  }

  /// Tells where |x − y| is below a tolerance.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// `tolerance` is 9.999999747378752E-6 if not given.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor approximateEqual(Object x, Object y, double tolerance) {
    return Operands.call(APPROXIMATE_EQUAL, APPROXIMATE_EQUAL.attrs("tolerance", tolerance), x, y);
  }

  private static final OpRef ARG_MAX = OpRef.to("ArgMax");

  /// Finds the position of the greatest element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmax(Object input, Object axis) {
    return Operands.call(ARG_MAX, input, axis);
  }

  /// Finds the position of the greatest element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmax(Object input, Object axis, DType outputType) {
    return Operands.call(ARG_MAX, ARG_MAX.attrs("output_type", outputType), input, axis);
  }

  private static final OpRef ARG_MIN = OpRef.to("ArgMin");

  /// Finds the position of the least element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmin(Object input, Object axis) {
    return Operands.call(ARG_MIN, input, axis);
  }

  /// Finds the position of the least element along an axis, of equals the first.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64 or bool.
  ///
  /// Types Tidx: int16, int32 or int64.
  ///
  /// Types output_type: int16, int32, int64 or uint16.
  ///
  /// Gradient: none; positions are piecewise constant.
  public static Tensor argmin(Object input, Object axis, DType outputType) {
    return Operands.call(ARG_MIN, ARG_MIN.attrs("output_type", outputType), input, axis);
  }

  private static final OpRef ASIN = OpRef.to("Asin");

  /// Computes the angle in radians whose sine is given, from −π/2 to π/2.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor asin(Object x) {
    return Operands.call(ASIN, x);
  }

  private static final OpRef ASINH = OpRef.to("Asinh");

  /// Computes the number whose hyperbolic sine is given.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor asinh(Object x) {
    return Operands.call(ASINH, x);
  }

  private static final OpRef ATAN = OpRef.to("Atan");

  /// Computes the angle in radians whose tangent is given, from −π/2 to π/2.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor atan(Object x) {
    return Operands.call(ATAN, x);
  }

  private static final OpRef ATAN2 = OpRef.to("Atan2");

  /// Returns the angle of the point (y, x) in radians, from −π to π; the first input is y.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor atan2(Object x, Object y) {
    return Operands.call(ATAN2, x, y);
  }

  private static final OpRef ATANH = OpRef.to("Atanh");

  /// Computes the number whose hyperbolic tangent is given.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor atanh(Object x) {
    return Operands.call(ATANH, x);
  }

  private static final OpRef BESSEL_I0 = OpRef.to("BesselI0");

  /// Computes the modified Bessel function of order 0.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25.2
  ///
  /// Gradient: yes.
  public static Tensor besselI0(Object x) {
    return Operands.call(BESSEL_I0, x);
  }

  private static final OpRef BESSEL_I0E = OpRef.to("BesselI0e");

  /// Computes e⁻|ˣ| times the modified Bessel function of order 0.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25.2
  ///
  /// Gradient: yes.
  public static Tensor besselI0e(Object x) {
    return Operands.call(BESSEL_I0E, x);
  }

  private static final OpRef BESSEL_I1 = OpRef.to("BesselI1");

  /// Computes the modified Bessel function of order 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25.2
  ///
  /// Gradient: yes.
  public static Tensor besselI1(Object x) {
    return Operands.call(BESSEL_I1, x);
  }

  private static final OpRef BESSEL_I1E = OpRef.to("BesselI1e");

  /// Computes e⁻|ˣ| times the modified Bessel function of order 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25.2
  ///
  /// Gradient: yes.
  public static Tensor besselI1e(Object x) {
    return Operands.call(BESSEL_I1E, x);
  }

  private static final OpRef BETAINC = OpRef.to("Betainc");

  /// Computes the regularised incomplete beta function; no gradient flows to a and b.
  ///
  /// Formula: z = ∫₀ˣ tᵃ⁻¹(1−t)ᵇ⁻¹ dt / B(a, b)
  ///
  /// Types T: float32 or float64.
  ///
  /// Source: NIST DLMF 8.17.2
  ///
  /// Gradient: yes.
  public static Tensor betainc(Object a, Object b, Object x) {
    return BETAINC.of(Operands.of(BETAINC.get(), a, b, x));
  }

  private static final OpRef CEIL = OpRef.to("Ceil");

  /// Rounds every element up.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor ceil(Object x) {
    return Operands.call(CEIL, x);
  }

  private static final OpRef COS = OpRef.to("Cos");

  /// Computes the cosine of angles in radians.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor cos(Object x) {
    return Operands.call(COS, x);
  }

  private static final OpRef COSH = OpRef.to("Cosh");

  /// Computes the hyperbolic cosine.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor cosh(Object x) {
    return Operands.call(COSH, x);
  }

  private static final OpRef CUMPROD = OpRef.to("Cumprod");

  /// Multiplies the elements along an axis, keeping every partial product.
  ///
  /// Formula: yᵢ = Π xₖ over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor cumprod(Object x, Object axis) {
    return Operands.call(CUMPROD, x, axis);
  }

  /// Multiplies the elements along an axis, keeping every partial product.
  ///
  /// Formula: yᵢ = Π xₖ over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `exclusive` is false if not given.
  ///
  /// `reverse` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor cumprod(Object x, Object axis, boolean exclusive, boolean reverse) {
    return Operands.call(CUMPROD, CUMPROD.attrs("exclusive", exclusive, "reverse", reverse), x, axis);
  }

  private static final OpRef CUMSUM = OpRef.to("Cumsum");

  /// Adds up the elements along an axis, keeping every partial sum.
  ///
  /// Formula: yᵢ = Σ xₖ over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor cumsum(Object x, Object axis) {
    return Operands.call(CUMSUM, x, axis);
  }

  /// Adds up the elements along an axis, keeping every partial sum.
  ///
  /// Formula: yᵢ = Σ xₖ over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `exclusive` is false if not given.
  ///
  /// `reverse` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor cumsum(Object x, Object axis, boolean exclusive, boolean reverse) {
    return Operands.call(CUMSUM, CUMSUM.attrs("exclusive", exclusive, "reverse", reverse), x, axis);
  }

  private static final OpRef CUMULATIVE_LOGSUMEXP = OpRef.to("CumulativeLogsumexp");

  /// Takes the logarithm of the running sum of exponentials along an axis, without overflow.
  ///
  /// Formula: yᵢ = log Σ exp(xₖ) over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor cumulativeLogsumexp(Object x, Object axis) {
    return Operands.call(CUMULATIVE_LOGSUMEXP, x, axis);
  }

  /// Takes the logarithm of the running sum of exponentials along an axis, without overflow.
  ///
  /// Formula: yᵢ = log Σ exp(xₖ) over k ≤ i
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `exclusive` is false if not given.
  ///
  /// `reverse` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor cumulativeLogsumexp(Object x, Object axis, boolean exclusive, boolean reverse) {
    return Operands.call(CUMULATIVE_LOGSUMEXP, CUMULATIVE_LOGSUMEXP.attrs("exclusive", exclusive, "reverse", reverse), x, axis);
  }

  private static final OpRef DENSE_BINCOUNT = OpRef.to("DenseBincount");

  /// Counts how often each whole number occurs in a vector or in each row of a matrix, or adds up weights.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Types T: float32, float64, int32 or int64.
  ///
  /// Gradient: none; counts do not change when numbers do; TensorFlow gives none to the weights either.
  public static Tensor bincount(Object input, Object size, Object weights) {
    return DENSE_BINCOUNT.of(Operands.of(DENSE_BINCOUNT.get(), input, size, weights));
  }

  /// Counts how often each whole number occurs in a vector or in each row of a matrix, or adds up weights.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Types T: float32, float64, int32 or int64.
  ///
  /// `binaryOutput` is false if not given.
  ///
  /// Gradient: none; counts do not change when numbers do; TensorFlow gives none to the weights either.
  public static Tensor bincount(Object input, Object size, Object weights, boolean binaryOutput) {
    return DENSE_BINCOUNT.with(DENSE_BINCOUNT.attrs("binary_output", binaryOutput), Operands.of(DENSE_BINCOUNT.get(), input, size, weights));
  }

  private static final OpRef DIGAMMA = OpRef.to("Digamma");

  /// Computes the derivative of lgamma.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 5.2.2
  ///
  /// Gradient: yes.
  public static Tensor digamma(Object x) {
    return Operands.call(DIGAMMA, x);
  }

  private static final OpRef DIV_NO_NAN = OpRef.to("DivNoNan");

  /// Divides; gives 0 where the divisor is 0.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor divideNoNan(Object x, Object y) {
    return Operands.call(DIV_NO_NAN, x, y);
  }

  private static final OpRef EQUAL = OpRef.to("Equal");

  /// Tells where two tensors are equal; NaN equals nothing.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor equal(Object x, Object y) {
    return Operands.call(EQUAL, x, y);
  }

  private static final OpRef ERF = OpRef.to("Erf");

  /// Computes the error function.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 7.2.1
  ///
  /// Gradient: yes.
  public static Tensor erf(Object x) {
    return Operands.call(ERF, x);
  }

  private static final OpRef ERFC = OpRef.to("Erfc");

  /// Computes 1 − erf(x), exact also for large x.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 7.2.2
  ///
  /// Gradient: yes.
  public static Tensor erfc(Object x) {
    return Operands.call(ERFC, x);
  }

  private static final OpRef ERFINV = OpRef.to("Erfinv");

  /// Computes the number whose error function is given; infinite at −1 and 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor erfinv(Object x) {
    return Operands.call(ERFINV, x);
  }

  private static final OpRef EUCLIDEAN_NORM = OpRef.to("EuclideanNorm");

  /// Takes the root of the sum of squares along axes.
  ///
  /// Formula: y = √(Σ |x|²)
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceEuclideanNorm(Object input, Object axis) {
    return Operands.call(EUCLIDEAN_NORM, input, axis);
  }

  /// Takes the root of the sum of squares along axes.
  ///
  /// Formula: y = √(Σ |x|²)
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceEuclideanNorm(Object input, Object axis, boolean keepdims) {
    return Operands.call(EUCLIDEAN_NORM, EUCLIDEAN_NORM.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef EXP = OpRef.to("Exp");

  /// Computes e to the power of every element.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: NIST DLMF 4.2
  ///
  /// Gradient: yes.
  public static Tensor exp(Object x) {
    return Operands.call(EXP, x);
  }

  private static final OpRef EXPM1 = OpRef.to("Expm1");

  /// Computes eˣ − 1, exact also for small x.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor expm1(Object x) {
    return Operands.call(EXPM1, x);
  }

  private static final OpRef FLOOR = OpRef.to("Floor");

  /// Rounds every element down.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor floor(Object x) {
    return Operands.call(FLOOR, x);
  }

  private static final OpRef FLOOR_DIV = OpRef.to("FloorDiv");

  /// Divides and rounds the quotient down.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; the quotient is a step function.
  public static Tensor floordiv(Object x, Object y) {
    return Operands.call(FLOOR_DIV, x, y);
  }

  private static final OpRef FLOOR_MOD = OpRef.to("FloorMod");

  /// Takes the remainder of a division rounded down; it has the sign of the divisor.
  ///
  /// Formula: z = x − ⌊x / y⌋ · y
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor floormod(Object x, Object y) {
    return Operands.call(FLOOR_MOD, x, y);
  }

  /// Takes the remainder of a division rounded down; it has the sign of the divisor.
  ///
  /// Formula: z = x − ⌊x / y⌋ · y
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor mod(Object x, Object y) {
    return Operands.call(FLOOR_MOD, x, y);
  }

  private static final OpRef GREATER = OpRef.to("Greater");

  /// Tells where x > y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor greater(Object x, Object y) {
    return Operands.call(GREATER, x, y);
  }

  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");

  /// Tells where x ≥ y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor greaterEqual(Object x, Object y) {
    return Operands.call(GREATER_EQUAL, x, y);
  }

  private static final OpRef IGAMMA = OpRef.to("Igamma");

  /// Computes the lower regularised incomplete gamma function P(a, x).
  ///
  /// Formula: z = ∫₀ˣ tᵃ⁻¹e⁻ᵗ dt / Γ(a)
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 8.2.4
  ///
  /// Gradient: yes.
  public static Tensor igamma(Object a, Object x) {
    return Operands.call(IGAMMA, a, x);
  }

  private static final OpRef IGAMMAC = OpRef.to("Igammac");

  /// Computes the upper regularised incomplete gamma function Q(a, x) = 1 − P(a, x).
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 8.2.4
  ///
  /// Gradient: yes.
  public static Tensor igammac(Object a, Object x) {
    return Operands.call(IGAMMAC, a, x);
  }

  private static final OpRef IN_TOP_KV2 = OpRef.to("InTopKV2");

  /// Tells of each row whether the target class is among the k most probable ones; ties count for it.
  ///
  /// Types T: int32 or int64.
  ///
  /// Gradient: none; truth values have no gradient.
  public static Tensor inTopK(Object predictions, Object targets, Object k) {
    return IN_TOP_KV2.of(Operands.of(IN_TOP_KV2.get(), predictions, targets, k));
  }

  private static final OpRef INVERT_PERMUTATION = OpRef.to("InvertPermutation");

  /// Returns the permutation that undoes a permutation.
  ///
  /// Formula: y[x[i]] = i
  ///
  /// Types T: int32 or int64.
  ///
  /// Gradient: none; permutations are whole numbers.
  public static Tensor invertPermutation(Object x) {
    return Operands.call(INVERT_PERMUTATION, x);
  }

  private static final OpRef IS_FINITE = OpRef.to("IsFinite");

  /// Tells which elements are neither infinite nor NaN.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor isFinite(Object x) {
    return Operands.call(IS_FINITE, x);
  }

  private static final OpRef IS_INF = OpRef.to("IsInf");

  /// Tells which elements are infinite.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor isInf(Object x) {
    return Operands.call(IS_INF, x);
  }

  private static final OpRef IS_NAN = OpRef.to("IsNan");

  /// Tells which elements are not a number.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor isNan(Object x) {
    return Operands.call(IS_NAN, x);
  }

  private static final OpRef LESS = OpRef.to("Less");

  /// Tells where x < y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor less(Object x, Object y) {
    return Operands.call(LESS, x, y);
  }

  private static final OpRef LESS_EQUAL = OpRef.to("LessEqual");

  /// Tells where x ≤ y.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor lessEqual(Object x, Object y) {
    return Operands.call(LESS_EQUAL, x, y);
  }

  private static final OpRef LGAMMA = OpRef.to("Lgamma");

  /// Computes the logarithm of the magnitude of the gamma function.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 5.2.1
  ///
  /// Gradient: yes.
  public static Tensor lgamma(Object x) {
    return Operands.call(LGAMMA, x);
  }

  private static final OpRef LOG = OpRef.to("Log");

  /// Computes the natural logarithm; −∞ of 0, NaN of negative real numbers.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: NIST DLMF 4.2
  ///
  /// Gradient: yes.
  public static Tensor log(Object x) {
    return Operands.call(LOG, x);
  }

  private static final OpRef LOG1P = OpRef.to("Log1p");

  /// Computes log(1 + x), exact also for small x.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor log1p(Object x) {
    return Operands.call(LOG1P, x);
  }

  private static final OpRef LOGICAL_AND = OpRef.to("LogicalAnd");

  /// Tells where both are true.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor logicalAnd(Object x, Object y) {
    return Operands.call(LOGICAL_AND, x, y);
  }

  private static final OpRef LOGICAL_NOT = OpRef.to("LogicalNot");

  /// Turns every truth value around.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor logicalNot(Object x) {
    return Operands.call(LOGICAL_NOT, x);
  }

  private static final OpRef LOGICAL_OR = OpRef.to("LogicalOr");

  /// Tells where at least one is true.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor logicalOr(Object x, Object y) {
    return Operands.call(LOGICAL_OR, x, y);
  }

  private static final OpRef MAX = OpRef.to("Max");

  /// Takes the greatest element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = max x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceMax(Object input, Object axis) {
    return Operands.call(MAX, input, axis);
  }

  /// Takes the greatest element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = max x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceMax(Object input, Object axis, boolean keepdims) {
    return Operands.call(MAX, MAX.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef MAXIMUM = OpRef.to("Maximum");

  /// Takes the larger of two values; NaN if either is.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor maximum(Object x, Object y) {
    return Operands.call(MAXIMUM, x, y);
  }

  private static final OpRef MEAN = OpRef.to("Mean");

  /// Averages the elements along axes; of nothing it is nan.
  ///
  /// Formula: y = Σ x / n
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceMean(Object input, Object axis) {
    return Operands.call(MEAN, input, axis);
  }

  /// Averages the elements along axes; of nothing it is nan.
  ///
  /// Formula: y = Σ x / n
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceMean(Object input, Object axis, boolean keepdims) {
    return Operands.call(MEAN, MEAN.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef MIN = OpRef.to("Min");

  /// Takes the least element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = min x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceMin(Object input, Object axis) {
    return Operands.call(MIN, input, axis);
  }

  /// Takes the least element along axes; a nan anywhere gives nan.
  ///
  /// Formula: y = min x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceMin(Object input, Object axis, boolean keepdims) {
    return Operands.call(MIN, MIN.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef MINIMUM = OpRef.to("Minimum");

  /// Takes the smaller of two values; NaN if either is.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor minimum(Object x, Object y) {
    return Operands.call(MINIMUM, x, y);
  }

  private static final OpRef MUL = OpRef.to("Mul");

  /// Multiplies two tensors, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor multiply(Object x, Object y) {
    return Operands.call(MUL, x, y);
  }

  private static final OpRef MUL_NO_NAN = OpRef.to("MulNoNan");

  /// Multiplies; gives 0 where the second factor is 0, even if the first is NaN or infinite.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor multiplyNoNan(Object x, Object y) {
    return Operands.call(MUL_NO_NAN, x, y);
  }

  private static final OpRef NDTRI = OpRef.to("Ndtri");

  /// Computes the quantile of the standard normal distribution.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor ndtri(Object x) {
    return Operands.call(NDTRI, x);
  }

  private static final OpRef NEG = OpRef.to("Neg");

  /// Changes the sign of every element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor negative(Object x) {
    return Operands.call(NEG, x);
  }

  private static final OpRef NEXT_AFTER = OpRef.to("NextAfter");

  /// Steps from the first number to its neighbour in the direction of the second.
  ///
  /// Types T: float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor nextafter(Object x1, Object x2) {
    return Operands.call(NEXT_AFTER, x1, x2);
  }

  private static final OpRef NOT_EQUAL = OpRef.to("NotEqual");

  /// Tells where two tensors differ.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, bool, string, complex64 or complex128.
  ///
  /// Gradient: none; a truth value is piecewise constant.
  public static Tensor notEqual(Object x, Object y) {
    return Operands.call(NOT_EQUAL, x, y);
  }

  private static final OpRef NTH_ELEMENT = OpRef.to("NthElement");

  /// Returns the element that would be at place n if each row were sorted.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: yes.
  public static Tensor nthElement(Object input, Object n) {
    return Operands.call(NTH_ELEMENT, input, n);
  }

  /// Returns the element that would be at place n if each row were sorted.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// `reverse` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor nthElement(Object input, Object n, boolean reverse) {
    return Operands.call(NTH_ELEMENT, NTH_ELEMENT.attrs("reverse", reverse), input, n);
  }

  private static final OpRef POLYGAMMA = OpRef.to("Polygamma");

  /// Computes the derivative of order a of digamma; a is 0, 1, 2, …
  ///
  /// Types T: float32 or float64.
  ///
  /// Source: NIST DLMF 5.15
  ///
  /// Gradient: yes.
  public static Tensor polygamma(Object a, Object x) {
    return Operands.call(POLYGAMMA, a, x);
  }

  private static final OpRef POW = OpRef.to("Pow");

  /// Raises the first tensor to the power of the second.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor pow(Object x, Object y) {
    return Operands.call(POW, x, y);
  }

  private static final OpRef PROD = OpRef.to("Prod");

  /// Multiplies the elements along axes.
  ///
  /// Formula: y = Π x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor reduceProd(Object input, Object axis) {
    return Operands.call(PROD, input, axis);
  }

  /// Multiplies the elements along axes.
  ///
  /// Formula: y = Π x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Gradient: yes.
  public static Tensor reduceProd(Object input, Object axis, boolean keepdims) {
    return Operands.call(PROD, PROD.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef REAL_DIV = OpRef.to("RealDiv");

  /// Divides the first tensor by the second, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor divide(Object x, Object y) {
    return Operands.call(REAL_DIV, x, y);
  }

  /// Divides the first tensor by the second, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor truediv(Object x, Object y) {
    return Operands.call(REAL_DIV, x, y);
  }

  private static final OpRef RECIPROCAL = OpRef.to("Reciprocal");

  /// Computes 1/x.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor reciprocal(Object x) {
    return Operands.call(RECIPROCAL, x);
  }

  private static final OpRef RINT = OpRef.to("Rint");

  /// Rounds to the nearest whole number, halves to the even one.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor rint(Object x) {
    return Operands.call(RINT, x);
  }

  private static final OpRef ROUND = OpRef.to("Round");

  /// Rounds to the nearest whole number, halves to the even one; whole numbers stay as they are.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor round(Object x) {
    return Operands.call(ROUND, x);
  }

  private static final OpRef RSQRT = OpRef.to("Rsqrt");

  /// Computes 1/√x.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor rsqrt(Object x) {
    return Operands.call(RSQRT, x);
  }

  private static final OpRef SEGMENT_MAX = OpRef.to("SegmentMax");

  /// Takes the greatest elements of groups of rows whose ids, in ascending order, are equal.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor segmentMax(Object data, Object segmentIds) {
    return Operands.call(SEGMENT_MAX, data, segmentIds);
  }

  private static final OpRef SEGMENT_MEAN = OpRef.to("SegmentMean");

  /// Averages groups of rows whose ids, in ascending order, are equal.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor segmentMean(Object data, Object segmentIds) {
    return Operands.call(SEGMENT_MEAN, data, segmentIds);
  }

  private static final OpRef SEGMENT_MIN = OpRef.to("SegmentMin");

  /// Takes the least elements of groups of rows whose ids, in ascending order, are equal.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor segmentMin(Object data, Object segmentIds) {
    return Operands.call(SEGMENT_MIN, data, segmentIds);
  }

  private static final OpRef SEGMENT_PROD = OpRef.to("SegmentProd");

  /// Multiplies groups of rows whose ids, in ascending order, are equal.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor segmentProd(Object data, Object segmentIds) {
    return Operands.call(SEGMENT_PROD, data, segmentIds);
  }

  private static final OpRef SEGMENT_SUM = OpRef.to("SegmentSum");

  /// Adds up groups of rows whose ids, in ascending order, are equal.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor segmentSum(Object data, Object segmentIds) {
    return Operands.call(SEGMENT_SUM, data, segmentIds);
  }

  private static final OpRef SIGMOID = OpRef.to("Sigmoid");

  /// Computes 1/(1 + e⁻ˣ), without overflow on either side.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sigmoid(Object x) {
    return Operands.call(SIGMOID, x);
  }

  private static final OpRef SIGN = OpRef.to("Sign");

  /// Gives -1, 0 or 1 by the sign of every element; z/|z| for complex numbers.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: none; a step function: its derivative is 0 wherever it exists.
  public static Tensor sign(Object x) {
    return Operands.call(SIGN, x);
  }

  private static final OpRef SIN = OpRef.to("Sin");

  /// Computes the sine of angles in radians.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sin(Object x) {
    return Operands.call(SIN, x);
  }

  private static final OpRef SINH = OpRef.to("Sinh");

  /// Computes the hyperbolic sine.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sinh(Object x) {
    return Operands.call(SINH, x);
  }

  private static final OpRef SOFTPLUS = OpRef.to("Softplus");

  /// Computes log(1 + eˣ), without overflow.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Gradient: yes.
  public static Tensor softplus(Object features) {
    return Operands.call(SOFTPLUS, features);
  }

  private static final OpRef SQRT = OpRef.to("Sqrt");

  /// Takes the square root; NaN of negative real numbers.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor sqrt(Object x) {
    return Operands.call(SQRT, x);
  }

  private static final OpRef SQUARE = OpRef.to("Square");

  /// Multiplies every element by itself.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor square(Object x) {
    return Operands.call(SQUARE, x);
  }

  private static final OpRef SQUARED_DIFFERENCE = OpRef.to("SquaredDifference");

  /// Squares the difference of two tensors, element by element; of complex numbers, the magnitude's.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor squaredDifference(Object x, Object y) {
    return Operands.call(SQUARED_DIFFERENCE, x, y);
  }

  private static final OpRef SUB = OpRef.to("Sub");

  /// Subtracts the second tensor from the first, element by element.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor subtract(Object x, Object y) {
    return Operands.call(SUB, x, y);
  }

  private static final OpRef SUM = OpRef.to("Sum");

  /// Adds up the elements along axes.
  ///
  /// Formula: y = Σ x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// Source: partial sums in lanes and blocks: Higham, Accuracy and Stability, §4.2
  ///
  /// Gradient: yes.
  public static Tensor reduceSum(Object input, Object axis) {
    return Operands.call(SUM, input, axis);
  }

  /// Adds up the elements along axes.
  ///
  /// Formula: y = Σ x
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tidx: int32 or int64.
  ///
  /// `keepdims` is false if not given.
  ///
  /// Source: partial sums in lanes and blocks: Higham, Accuracy and Stability, §4.2
  ///
  /// Gradient: yes.
  public static Tensor reduceSum(Object input, Object axis, boolean keepdims) {
    return Operands.call(SUM, SUM.attrs("keep_dims", keepdims), input, axis);
  }

  private static final OpRef TAN = OpRef.to("Tan");

  /// Computes the tangent of angles in radians.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor tan(Object x) {
    return Operands.call(TAN, x);
  }

  private static final OpRef TANH = OpRef.to("Tanh");

  /// Computes the hyperbolic tangent.
  ///
  /// Formula: y = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Source: NIST DLMF 4.28
  ///
  /// Gradient: yes.
  public static Tensor tanh(Object x) {
    return Operands.call(TANH, x);
  }

  private static final OpRef TOP_KV2 = OpRef.to("TopKV2");

  /// Returns the k greatest elements of each row and their positions, greatest first, equal ones in order.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tk: int16, int32 or int64.
  ///
  /// Types index_type: int16, int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor[] topK(Object input, Object k) {
    return TOP_KV2.all(TOP_KV2.get().defaults(), Operands.of(TOP_KV2.get(), input, k));
  }

  /// Returns the k greatest elements of each row and their positions, greatest first, equal ones in order.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tk: int16, int32 or int64.
  ///
  /// Types index_type: int16, int32 or int64.
  ///
  /// `sorted` is true if not given.
  ///
  /// Gradient: yes.
  public static Tensor[] topK(Object input, Object k, boolean sorted, DType indexType) {
    return TOP_KV2.all(TOP_KV2.attrs("sorted", sorted, "index_type", indexType), Operands.of(TOP_KV2.get(), input, k));
  }

  private static final OpRef UNSORTED_SEGMENT_MAX = OpRef.to("UnsortedSegmentMax");

  /// Takes the greatest elements of groups of rows whose ids are equal; rows with negative ids are left out.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Types Tnumsegments: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor unsortedSegmentMax(Object data, Object segmentIds, Object numSegments) {
    return UNSORTED_SEGMENT_MAX.of(Operands.of(UNSORTED_SEGMENT_MAX.get(), data, segmentIds, numSegments));
  }

  private static final OpRef UNSORTED_SEGMENT_MIN = OpRef.to("UnsortedSegmentMin");

  /// Takes the least elements of groups of rows whose ids are equal; rows with negative ids are left out.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32 or uint64.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Types Tnumsegments: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor unsortedSegmentMin(Object data, Object segmentIds, Object numSegments) {
    return UNSORTED_SEGMENT_MIN.of(Operands.of(UNSORTED_SEGMENT_MIN.get(), data, segmentIds, numSegments));
  }

  private static final OpRef UNSORTED_SEGMENT_PROD = OpRef.to("UnsortedSegmentProd");

  /// Multiplies groups of rows whose ids are equal; rows with negative ids are left out.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Types Tnumsegments: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor unsortedSegmentProd(Object data, Object segmentIds, Object numSegments) {
    return UNSORTED_SEGMENT_PROD.of(Operands.of(UNSORTED_SEGMENT_PROD.get(), data, segmentIds, numSegments));
  }

  private static final OpRef UNSORTED_SEGMENT_SUM = OpRef.to("UnsortedSegmentSum");

  /// Adds up groups of rows whose ids are equal; rows with negative ids are left out.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8, uint16, uint32, uint64, complex64 or complex128.
  ///
  /// Types Tindices: int16, int32 or int64.
  ///
  /// Types Tnumsegments: int32 or int64.
  ///
  /// Gradient: yes.
  public static Tensor unsortedSegmentSum(Object data, Object segmentIds, Object numSegments) {
    return UNSORTED_SEGMENT_SUM.of(Operands.of(UNSORTED_SEGMENT_SUM.get(), data, segmentIds, numSegments));
  }

  private static final OpRef XLOG1PY = OpRef.to("Xlog1py");

  /// Computes x·log(1 + y); gives 0 where x is 0, whatever y.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor xlog1py(Object x, Object y) {
    return Operands.call(XLOG1PY, x, y);
  }

  private static final OpRef XLOGY = OpRef.to("Xlogy");

  /// Computes x·log(y); gives 0 where x is 0, whatever y.
  ///
  /// Types T: float16, bfloat16, float32, float64, complex64 or complex128.
  ///
  /// Gradient: yes.
  public static Tensor xlogy(Object x, Object y) {
    return Operands.call(XLOGY, x, y);
  }

  private static final OpRef ZETA = OpRef.to("Zeta");

  /// Computes the Hurwitz zeta function; no gradient flows to its exponent x.
  ///
  /// Formula: z = Σ (q + k)⁻ˣ, k = 0, 1, 2, …
  ///
  /// Types T: float32 or float64.
  ///
  /// Source: NIST DLMF 25.11
  ///
  /// Gradient: yes.
  public static Tensor zeta(Object x, Object q) {
    return Operands.call(ZETA, x, q);
  }
}
