// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.math.special`, one method each.
public abstract class TfMathSpecialOps {
  protected TfMathSpecialOps() {}

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

  private static final OpRef BESSEL_J0 = OpRef.to("BesselJ0");

  /// Computes the Bessel function of the first kind of order 0.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.2
  ///
  /// Gradient: yes.
  public static Tensor besselJ0(Object x) {
    return Operands.call(BESSEL_J0, x);
  }

  private static final OpRef BESSEL_J1 = OpRef.to("BesselJ1");

  /// Computes the Bessel function of the first kind of order 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.2
  ///
  /// Gradient: yes.
  public static Tensor besselJ1(Object x) {
    return Operands.call(BESSEL_J1, x);
  }

  private static final OpRef BESSEL_K0 = OpRef.to("BesselK0");

  /// Computes the modified Bessel function of the second kind of order 0.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25
  ///
  /// Gradient: yes.
  public static Tensor besselK0(Object x) {
    return Operands.call(BESSEL_K0, x);
  }

  private static final OpRef BESSEL_K0E = OpRef.to("BesselK0e");

  /// Computes eˣ times the modified Bessel function of the second kind of order 0.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25
  ///
  /// Gradient: yes.
  public static Tensor besselK0e(Object x) {
    return Operands.call(BESSEL_K0E, x);
  }

  private static final OpRef BESSEL_K1 = OpRef.to("BesselK1");

  /// Computes the modified Bessel function of the second kind of order 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25
  ///
  /// Gradient: yes.
  public static Tensor besselK1(Object x) {
    return Operands.call(BESSEL_K1, x);
  }

  private static final OpRef BESSEL_K1E = OpRef.to("BesselK1e");

  /// Computes eˣ times the modified Bessel function of the second kind of order 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.25
  ///
  /// Gradient: yes.
  public static Tensor besselK1e(Object x) {
    return Operands.call(BESSEL_K1E, x);
  }

  private static final OpRef BESSEL_Y0 = OpRef.to("BesselY0");

  /// Computes the Bessel function of the second kind of order 0.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.2
  ///
  /// Gradient: yes.
  public static Tensor besselY0(Object x) {
    return Operands.call(BESSEL_Y0, x);
  }

  private static final OpRef BESSEL_Y1 = OpRef.to("BesselY1");

  /// Computes the Bessel function of the second kind of order 1.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 10.2
  ///
  /// Gradient: yes.
  public static Tensor besselY1(Object x) {
    return Operands.call(BESSEL_Y1, x);
  }

  private static final OpRef DAWSN = OpRef.to("Dawsn");

  /// Computes Dawson's integral.
  ///
  /// Formula: y = e^(−x²) ∫₀ˣ e^(t²) dt
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 7.2.5
  ///
  /// Gradient: yes.
  public static Tensor dawsn(Object x) {
    return Operands.call(DAWSN, x);
  }

  private static final OpRef EXPINT = OpRef.to("Expint");

  /// Computes the exponential integral Ei of positive numbers.
  ///
  /// Formula: y = ∫ eᵗ/t dt from −∞ to x
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 6.2.5
  ///
  /// Gradient: yes.
  public static Tensor expint(Object x) {
    return Operands.call(EXPINT, x);
  }

  private static final OpRef FRESNEL_COS = OpRef.to("FresnelCos");

  /// Computes Fresnel's cosine integral.
  ///
  /// Formula: y = ∫₀ˣ cos(πt²/2) dt
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 7.2.7
  ///
  /// Gradient: yes.
  public static Tensor fresnelCos(Object x) {
    return Operands.call(FRESNEL_COS, x);
  }

  private static final OpRef FRESNEL_SIN = OpRef.to("FresnelSin");

  /// Computes Fresnel's sine integral.
  ///
  /// Formula: y = ∫₀ˣ sin(πt²/2) dt
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 7.2.8
  ///
  /// Gradient: yes.
  public static Tensor fresnelSin(Object x) {
    return Operands.call(FRESNEL_SIN, x);
  }

  private static final OpRef SPENCE = OpRef.to("Spence");

  /// Computes Spence's integral, the dilogarithm of 1 − x.
  ///
  /// Formula: y = −∫₁ˣ log t / (t − 1) dt
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: NIST DLMF 25.12.3
  ///
  /// Gradient: yes.
  public static Tensor spence(Object x) {
    return Operands.call(SPENCE, x);
  }
}
