package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.operand;
import static dev.merapi.op.family.Grads.plus;
import static dev.merapi.op.family.Grads.sub;

import dev.merapi.kernel.Incomplete;
import dev.merapi.kernel.Zeta;
import dev.merapi.kernel.cpu.PointwiseCpu;
import dev.merapi.op.Gradient;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Special functions of several numbers: zeta and polygamma, incomplete gamma and beta functions.
public final class IncompleteOps {
  private static final Types F32_F64 = Types.of(DType.F32, DType.F64);
  private static final OpRef POLYGAMMA_OF = OpRef.to("Polygamma");
  private static final OpRef ZETA_OF = OpRef.to("Zeta");
  private static final OpRef GRAD_A = OpRef.to("IgammaGradA");
  private static final OpRef DERIVATIVE_A = OpRef.to("IgammaDerivativeA");
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef LOG = OpRef.to("Log");
  private static final OpRef LGAMMA = OpRef.to("Lgamma");
  private static final OpRef DIGAMMA = OpRef.to("Digamma");
  private static final OpRef XLOGY = OpRef.to("Xlogy");
  private static final OpRef XLOG1PY = OpRef.to("Xlog1py");

  private static OpBuilder two(String name, String a, String b, Types types, Kernel kernel) {
    return op(name)
        .in(a, "T")
        .in(b, "T")
        .out("z", "T")
        .type("T", types)
        .infer(Rules.broadcast())
        .cpu(kernel)
        .cuda("binary");
  }

  public static final OpDef POLYGAMMA =
      two("Polygamma", "a", "x", F32_F64, PointwiseCpu.of(Zeta::polygamma))
          .says("Computes the derivative of order a of digamma; a is 0, 1, 2, …")
          .source("NIST DLMF 5.15")
          .grad(
              keep("a", "x"),
              (g, dy) -> {
                if (g.needs("x")) {
                  operand(g, "x", mul(dy, POLYGAMMA_OF.of(plus(g.kept("a"), 1), g.kept("x"))));
                }
              })
          .accurate(4, 64)
          .api("math.polygamma")
          .declare();

  public static final OpDef ZETA =
      two("Zeta", "x", "q", F32_F64, PointwiseCpu.of(Zeta::hurwitz))
          .says("Computes the Hurwitz zeta function; no gradient flows to its exponent x.")
          .formula("z = Σ (q + k)⁻ˣ, k = 0, 1, 2, …")
          .source("NIST DLMF 25.11")
          .grad(
              keep("x", "q"),
              (g, dy) -> {
                if (g.needs("q")) {
                  Tensor x = g.kept("x");
                  operand(g, "q", mul(dy, mul(neg(x), ZETA_OF.of(plus(x, 1), g.kept("q")))));
                }
              })
          .accurate(1, 64)
          .probe(1.5, 4)
          .api("math.zeta")
          .declare();

  /// Returns the density of the gamma distribution of shape a: the derivative of P(a, x) by x.
  private static Tensor density(Tensor a, Tensor x) {
    return EXP.of(sub(sub(mul(plus(a, -1), LOG.of(x)), x), LGAMMA.of(a)));
  }

  private static Gradient incompleteGamma(double sign) {
    return (g, dy) -> {
      Tensor a = g.kept("a");
      Tensor x = g.kept("x");
      Tensor d = sign > 0 ? dy : neg(dy);
      if (g.needs("a")) {
        operand(g, "a", mul(d, GRAD_A.of(a, x)));
      }
      if (g.needs("x")) {
        operand(g, "x", mul(d, density(a, x)));
      }
    };
  }

  public static final OpDef IGAMMA =
      two("Igamma", "a", "x", FLOATS, PointwiseCpu.of(Incomplete::lower))
          .says("Computes the lower regularised incomplete gamma function P(a, x).")
          .formula("z = ∫₀ˣ tᵃ⁻¹e⁻ᵗ dt / Γ(a)")
          .source("NIST DLMF 8.2.4")
          .grad(keep("a", "x"), incompleteGamma(1))
          .accurate(1, 64)
          .probe(0.5, 4)
          .api("math.igamma")
          .declare();

  public static final OpDef IGAMMAC =
      two("Igammac", "a", "x", FLOATS, PointwiseCpu.of(Incomplete::upper))
          .says("Computes the upper regularised incomplete gamma function Q(a, x) = 1 − P(a, x).")
          .source("NIST DLMF 8.2.4")
          .grad(keep("a", "x"), incompleteGamma(-1))
          .accurate(1, 64)
          .probe(0.5, 4)
          .api("math.igammac")
          .declare();

  /// Gives the gradient of the derivative of order n by a: that of order n + 1, and by x the same
  /// derivative of the density.
  public static final OpDef IGAMMA_GRAD_A =
      two(
              "IgammaGradA",
              "a",
              "x",
              FLOATS,
              PointwiseCpu.of((a, x) -> Incomplete.lowerByShape(a, x, 1)))
          .says("Computes the derivative of P(a, x) by a.")
          .source("NIST DLMF 8.2.4")
          .grad(
              keep("a", "x"),
              (g, dy) -> {
                Tensor a = g.kept("a");
                Tensor x = g.kept("x");
                if (g.needs("a")) {
                  operand(g, "a", mul(dy, DERIVATIVE_A.with(DERIVATIVE_A.attrs("order", 2), a, x)));
                }
                if (g.needs("x")) {
                  operand(g, "x", mul(dy, mul(density(a, x), sub(LOG.of(x), DIGAMMA.of(a)))));
                }
              })
          .accurate(1, 4096)
          .probe(0.5, 4)
          .declare();

  public static final OpDef IGAMMA_DERIVATIVE_A =
      two("IgammaDerivativeA", "a", "x", FLOATS, IncompleteOps::derivative)
          .attr("order", 2)
          .says("Computes a higher derivative of P(a, x) by a, for the gradient of gradients.")
          .source("NIST DLMF 8.2.4")
          .grad(
              keep("a", "x"),
              (g, dy) -> {
                Tensor a = g.kept("a");
                Tensor x = g.kept("x");
                int order = g.attrs().i("order");
                if (g.needs("a")) {
                  operand(
                      g,
                      "a",
                      mul(dy, DERIVATIVE_A.with(DERIVATIVE_A.attrs("order", order + 1), a, x)));
                }
                if (g.needs("x")) {
                  operand(g, "x", mul(dy, mul(density(a, x), bellPolynomial(a, x, order))));
                }
              })
          .accurate(1, 1 << 20)
          .probe(0.5, 4)
          .declare();

  private static void derivative(dev.merapi.op.Call c) {
    int order = c.attrs.i("order");
    PointwiseCpu.of((a, x) -> Incomplete.lowerByShape(a, x, order)).run(c);
  }

  /// Returns the derivative of order n of the density by a, divided by the density: the complete
  /// Bell polynomial of the derivatives log x − ψ(a), −ψ′(a), … of its logarithm.
  private static Tensor bellPolynomial(Tensor a, Tensor x, int n) {
    Tensor[] log = new Tensor[n + 1];
    Tensor[] bell = new Tensor[n + 1];
    bell[0] = Grads.number(a, 1);
    for (int k = 1; k <= n; k++) {
      log[k] =
          k == 1 ? sub(LOG.of(x), DIGAMMA.of(a)) : neg(POLYGAMMA_OF.of(Grads.number(a, k - 1), a));
      Tensor sum = mul(bell[k - 1], log[1]);
      double choose = 1;
      for (int j = 1; j < k; j++) {
        choose = choose * (k - j) / j;
        sum = add(sum, mul(mul(bell[k - 1 - j], log[j + 1]), choose));
      }
      bell[k] = sum;
    }
    return bell[n];
  }

  public static final OpDef BETAINC =
      op("Betainc")
          .says("Computes the regularised incomplete beta function; no gradient flows to a and b.")
          .formula("z = ∫₀ˣ tᵃ⁻¹(1−t)ᵇ⁻¹ dt / B(a, b)")
          .source("NIST DLMF 8.17.2")
          .in("a", "T")
          .in("b", "T")
          .in("x", "T")
          .out("z", "T")
          .type("T", F32_F64)
          .infer(c -> {
            Shape s = Rules.broadcast(c, Rules.broadcast(c, c.shape(0), c.shape(1)), c.shape(2));
            c.out(0, c.dtype(0), s);
          })
          .cpu(PointwiseCpu.of((PointwiseCpu.Ternary) Incomplete::beta))
          .cuda("ternary")
          .grad(
              keep("a", "b", "x"),
              (g, dy) -> {
                if (g.needs("x")) {
                  Tensor a = g.kept("a");
                  Tensor b = g.kept("b");
                  Tensor x = g.kept("x");
                  Tensor beta = sub(add(LGAMMA.of(a), LGAMMA.of(b)), LGAMMA.of(add(a, b)));
                  Tensor log = add(XLOG1PY.of(plus(b, -1), neg(x)), XLOGY.of(plus(a, -1), x));
                  operand(g, "x", mul(dy, EXP.of(sub(log, beta))));
                }
              })
          .accurate(1, 512)
          .probe(0.2, 0.8)
          .api("math.betainc")
          .declare();

  private IncompleteOps() {}

  static void load() {}
}
