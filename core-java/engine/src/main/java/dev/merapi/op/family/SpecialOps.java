package dev.merapi.op.family;

import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.square;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Special functions: error function, gamma function and their relatives.
public final class SpecialOps {
  private static final double TWO_OVER_ROOT_PI = 2 / Math.sqrt(Math.PI);
  private static final double HALF_ROOT_PI = Math.sqrt(Math.PI) / 2;
  private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef DIGAMMA_OF = OpRef.to("Digamma");

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
          .noGrad("needs the polygamma functions, which the catalogue does not hold")
          .accurate(4, 32)
          .probe(2.5, 6)
          .api("math.digamma")
          .declare();

  private SpecialOps() {}

  static void load() {}
}
