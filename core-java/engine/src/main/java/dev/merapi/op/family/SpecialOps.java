package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.square;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.kernel.Integrals;
import dev.merapi.kernel.cpu.PointwiseCpu;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/// Special functions of one number: error function, gamma function, integrals. Neighbours:
/// BesselOps, IncompleteOps.
public final class SpecialOps {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
  private static final double HALF_ROOT_PI = Math.sqrt(Math.PI) / 2;
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef DIGAMMA_OF = OpRef.to("Digamma");
  private static final OpRef POLYGAMMA_OF = OpRef.to("Polygamma");
  private static final OpRef LOG = OpRef.to("Log");
  private static final OpRef SIN = OpRef.to("Sin");
  private static final OpRef COS = OpRef.to("Cos");
  private static final OpRef EQUAL = OpRef.to("Equal");
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

  private static OpBuilder rare(String name, DoubleUnaryOperator f, String says) {
    return op(name)
        .in("x", "T")
        .out("y", "T")
        .type("T", FLOATS)
        .infer(Rules.like())
        .cpu(PointwiseCpu.of(f))
        .cuda("unary")
        .says(says)
        .accurate(1, 64)
        .probe(0.5, 3);
  }

  public static final OpDef DAWSN =
      rare("Dawsn", Integrals::dawson, "Computes Dawson's integral.")
          .formula("y = e^(−x²) ∫₀ˣ e^(t²) dt")
          .source("NIST DLMF 7.2.5")
          .grad(
              keep("x", "y"),
              (g, dy) -> g.to("x", mul(dy, Grads.minus(1, mul(mul(g.kept("x"), g.kept("y")), 2)))))
          .api("math.special.dawsn")
          .declare();

  public static final OpDef EXPINT =
      rare("Expint", Integrals::ei, "Computes the exponential integral Ei of positive numbers.")
          .formula("y = ∫ eᵗ/t dt from −∞ to x")
          .source("NIST DLMF 6.2.5")
          .grad(
              keep("x"), (g, dy) -> g.to("x", mul(dy, Grads.div(EXP.of(g.kept("x")), g.kept("x")))))
          .api("math.special.expint")
          .declare();

  /// Returns the angle πx²/2.
  private static Tensor quarterTurns(Tensor x) {
    return mul(square(x), Math.PI / 2);
  }

  public static final OpDef FRESNEL_COS =
      rare("FresnelCos", Integrals::fresnelCos, "Computes Fresnel's cosine integral.")
          .formula("y = ∫₀ˣ cos(πt²/2) dt")
          .source("NIST DLMF 7.2.7")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, COS.of(quarterTurns(g.kept("x"))))))
          .api("math.special.fresnelCos")
          .declare();

  public static final OpDef FRESNEL_SIN =
      rare("FresnelSin", Integrals::fresnelSin, "Computes Fresnel's sine integral.")
          .formula("y = ∫₀ˣ sin(πt²/2) dt")
          .source("NIST DLMF 7.2.8")
          .grad(keep("x"), (g, dy) -> g.to("x", mul(dy, SIN.of(quarterTurns(g.kept("x"))))))
          .api("math.special.fresnelSin")
          .declare();

  public static final OpDef SPENCE =
      rare("Spence", Integrals::spence, "Computes Spence's integral, the dilogarithm of 1 − x.")
          .formula("y = −∫₁ˣ log t / (t − 1) dt")
          .source("NIST DLMF 25.12.3")
          .grad(
              keep("x"),
              (g, dy) -> {
                Tensor x = g.kept("x");
                Tensor at1 = EQUAL.of(x, Grads.number(x, 1));
                Tensor safe = Grads.select(at1, Grads.number(x, 2), x);
                Tensor slope = Grads.div(LOG.of(safe), Grads.minus(1, safe));
                g.to("x", mul(dy, Grads.select(at1, Grads.number(x, -1), slope)));
              })
          .api("math.special.spence")
          .declare();

  private SpecialOps() {}

  static void load() {}
}
