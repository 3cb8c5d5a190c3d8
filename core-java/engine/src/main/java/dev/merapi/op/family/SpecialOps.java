package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.square;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.PointwiseCpu;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Special functions: error function, gamma function and their relatives.
public final class SpecialOps {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
  private static final double HALF_ROOT_PI = Math.sqrt(Math.PI) / 2;
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef DIGAMMA_OF = OpRef.to("Digamma");
  private static final OpRef POLYGAMMA_OF = OpRef.to("Polygamma");
  private static final OpRef CAST = OpRef.to("Cast");

  /// Returns `factor · exp(scale · x²)`.
  private static Tensor bell(Tensor x, double scale, double factor) {
    return mul(EXP.of(mul(square(x), scale)), factor);
  }

  public static final OpDef ERF =
      unary("Erf", FLOATS, X.erf())
          .says("Computes the error function.")
          .source("NIST DLMF 7.2.1")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, bell(g.kept("x"), -1, TWO_OVER_ROOT_PI))))
          .accurate(3, 8)
          .special(0, -0.0, 1e-6, 6, Double.POSITIVE_INFINITY)
          .api("math.erf")
          .declare();

  public static final OpDef ERFC =
      unary("Erfc", FLOATS, X.erfc())
          .says("Computes 1 − erf(x), exact also for large x.")
          .source("NIST DLMF 7.2.2")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, bell(g.kept("x"), -1, -TWO_OVER_ROOT_PI))))
          .accurate(4, 8)
          .special(0, 6, -6, Double.POSITIVE_INFINITY)
          .api("math.erfc")
          .declare();

  public static final OpDef ERFINV =
      unary("Erfinv", FLOATS, X.erfinv())
          .says("Computes the number whose error function is given; infinite at −1 and 1.")
          .grad(keep("y"), (g, dy) -> g.to("x", mul(dy, bell(g.kept("y"), 1, HALF_ROOT_PI))))
          .accurate(4, 8)
          .probe(-0.8, 0.8)
          .special(0, 1, -1, 2)
          .api("math.erfinv")
          .declare();

  public static final OpDef NDTRI =
      unary("Ndtri", FLOATS, X.ndtri())
          .says("Computes the quantile of the standard normal distribution.")
          .grad(keep("y"), (g, dy) -> g.to("x", mul(dy, bell(g.kept("y"), 0.5, ROOT_TWO_PI))))
          .accurate(4, 8)
          .probe(0.1, 0.9)
          .special(0, 1, 0.5)
          .api("math.ndtri")
          .declare();

  public static final OpDef LGAMMA =
      unary("Lgamma", FLOATS, X.lgamma())
          .says("Computes the logarithm of the magnitude of the gamma function.")
          .source("NIST DLMF 5.2.1")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, DIGAMMA_OF.of(g.kept("x")))))
          .accurate(4, 64)
          .probe(2.5, 6)
          .api("math.lgamma")
          .declare();

  public static final OpDef DIGAMMA =
      unary("Digamma", FLOATS, X.digamma())
          .says("Computes the derivative of lgamma.")
          .source("NIST DLMF 5.2.2")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, trigamma(g.kept("x")))))
          .accurate(4, 32)
          .probe(2.5, 6)
          .api("math.digamma")
          .declare();

  /// Returns the derivative of digamma, computed in float32 at least.
  private static Tensor trigamma(Tensor x) {
    DType t = x.dtype();
    boolean half = t == DType.F16 || t == DType.BF16;
    Tensor w = half ? CAST.with(CAST.attrs("DstT", DType.F32), x) : x;
    Tensor y = POLYGAMMA_OF.of(Grads.number(w, 1), w);
    return half ? CAST.with(CAST.attrs("DstT", t), y) : y;
  }

  public static final OpDef NEXT_AFTER =
      op("NextAfter")
          .in("x1", "T")
          .in("x2", "T")
          .out("output", "T")
          .type("T", Types.of(DType.F32, DType.F64))
          .infer(Rules.broadcast())
          .cpu(PointwiseCpu::nextAfter)
          .cuda("binary")
          .says("Steps from the first number to its neighbour in the direction of the second.")
          .grad(
              keep(),
              (g, dy) -> {
                Grads.operand(g, "x1", dy);
                if (g.needs("x2")) {
                  Grads.operand(g, "x2", mul(dy, 0));
                }
              })
          .api("math.nextafter")
          .declare();

  /// Multiplies by e^|x| in two steps: the exponential alone overflows before the product does.
  private static Expr grown(Expr scaled) {
    Expr half = X.abs().mul(Scalars.c(0.5)).exp();
    return scaled.mul(half).mul(half);
  }

  private static OpBuilder bessel(String name, Expr meaning, String says) {
    return unary(name, FLOATS, meaning).says(says).source("NIST DLMF 10.25.2").accurate(8, 32).probe(0.5, 2);
  }

  private static final OpRef I0 = OpRef.to("BesselI0");
  private static final OpRef I1 = OpRef.to("BesselI1");
  private static final OpRef I0E = OpRef.to("BesselI0e");
  private static final OpRef I1E = OpRef.to("BesselI1e");
  private static final OpRef SIGN = OpRef.to("Sign");
  private static final OpRef EQUAL = OpRef.to("Equal");

  /// Returns `y / x`, and its limit 1/2 at 0, for y = I₁(x) or its scaled form.
  private static Tensor ratio(Tensor y, Tensor x) {
    Tensor at0 = EQUAL.of(x, Grads.zeros(x));
    Tensor safe = Grads.select(at0, Grads.number(x, 1), x);
    return Grads.select(at0, Grads.number(x, 0.5), Grads.div(y, safe));
  }

  public static final OpDef BESSEL_I0 =
      bessel("BesselI0", grown(X.i0e()), "Computes the modified Bessel function of order 0.")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, I1.of(g.kept("x")))))
          .api("math.besselI0")
          .declare();

  public static final OpDef BESSEL_I1 =
      bessel("BesselI1", grown(X.i1e()), "Computes the modified Bessel function of order 1.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                g.to("x", mul(dy, Grads.sub(I0.of(x), ratio(g.kept("y"), x))));
              })
          .gradientDiffers(".*(special|dense).*", "the slope at 0 is 1/2; TensorFlow says 1")
          .api("math.besselI1")
          .declare();

  public static final OpDef BESSEL_I0E =
      bessel("BesselI0e", X.i0e(), "Computes e⁻|ˣ| times the modified Bessel function of order 0.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                g.to("x", mul(dy, Grads.sub(I1E.of(x), mul(SIGN.of(x), g.kept("y")))));
              })
          .api("math.besselI0e")
          .declare();

  public static final OpDef BESSEL_I1E =
      bessel("BesselI1e", X.i1e(), "Computes e⁻|ˣ| times the modified Bessel function of order 1.")
          .grad(
              keep("x", "y"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                Tensor y = g.kept("y");
                Tensor slope = Grads.sub(Grads.sub(I0E.of(x), ratio(y, x)), mul(SIGN.of(x), y));
                g.to("x", mul(dy, slope));
              })
          .api("math.besselI1e")
          .declare();

  private SpecialOps() {}

  static void load() {}
}
