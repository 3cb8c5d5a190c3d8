package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.broadcast;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Rules.like;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.FLOATS_COMPLEX;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.select;
import static dev.merapi.op.family.Grads.zeros;
import static dev.merapi.op.family.Scalars.X;
import static dev.merapi.op.family.Scalars.Y;
import static dev.merapi.op.family.Scalars.c;
import static dev.merapi.op.family.Scalars.pair;
import static dev.merapi.op.family.Scalars.unary;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.cpu.ElementwiseKernel;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Activation functions of neural networks and their gradient functions. Neighbours: TrigOps
/// (tanh), NnOps (softmax).
public final class ActivationOps {
  /// Scale and slope of SELU; Klambauer et al. 2017, "Self-Normalizing Neural Networks", section 2.
  private static final double SELU_SCALE = 1.0507009873554804934193349852946;

  private static final double SELU_SCALE_ALPHA = 1.7580993408473768599402175208123;

  private static final OpRef LESS = OpRef.to("Less");

  private static OpBuilder activation(String name, Expr meaning) {
    return unary(name, "features", "activations", FLOATS, meaning);
  }

  private static OpBuilder slope(String name, String in, Expr meaning) {
    return pair(name, "gradients", in, "backprops", FLOATS, meaning);
  }

  /// Leaves the gradients of `XGrad(gradients, features)` where the slope does not depend smoothly
  /// on the features.
  private static void piecewise(Grad g, OpRef slope, String in, Tensor dy) {
    if (g.needs("gradients")) {
      g.to("gradients", slope.with(g.attrs(), dy, g.kept(in)));
    }
    if (g.needs(in)) {
      g.to(in, mul(g.kept(in), 0));
    }
  }

  public static final OpDef SIGMOID =
      unary("Sigmoid", FLOATS_COMPLEX, X.sigmoid())
          .says("Computes 1/(1 + e⁻ˣ), without overflow on either side.")
          .grad(keep("y"), (g, dy) -> g.to("x", OpRef.to("SigmoidGrad").of(conj(g.kept("y")), dy)))
          .accurate(2.5, 2.5)
          .special(0, 100, -100, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN)
          .api("sigmoid", "math.sigmoid", "nn.sigmoid")
          .declare();

  public static final OpDef SIGMOID_GRAD =
      pair("SigmoidGrad", "y", "dy", "z", FLOATS_COMPLEX, Y.mul(X).mul(c(1).sub(X)))
          .says("Computes the gradient of sigmoid from its result y: dy·y·(1 − y).")
          .grad(
              keep("y", "dy"),
              (g, ddy) -> {
                Tensor y = conj(g.kept("y"));
                if (g.needs("y")) {
                  Tensor gb = mul(ddy, conj(g.kept("dy")));
                  g.to("y", Grads.sub(gb, mul(mul(gb, y), 2)));
                }
                if (g.needs("dy")) {
                  g.to("dy", OpRef.to("SigmoidGrad").of(y, ddy));
                }
              })
          .accurate(-1, -1)
          .declare();

  public static final OpDef RELU =
      unary("Relu", "features", "activations", REALS, X.max(c(0)))
          .says("Gives x where it is positive, else 0.")
          .grad(
              keep("activations"),
              (g, dy) -> g.to("features", OpRef.to("ReluGrad").of(dy, g.kept("activations"))))
          .probe(0.1, 2)
          .special(0, -0.0, Double.NaN)
          .api("nn.relu")
          .declare();

  public static final OpDef RELU_GRAD =
      pair("ReluGrad", "gradients", "features", "backprops", REALS, Y.gt(c(0)).select(X, c(0)))
          .says("Passes gradients where the features are positive.")
          .grad(keep("features"), (g, dy) -> piecewise(g, OpRef.to("ReluGrad"), "features", dy))
          .probe(0.1, 2)
          .declare();

  public static final OpDef RELU6 =
      unary("Relu6", "features", "activations", REALS, X.max(c(0)).min(c(6)))
          .says("Gives x limited to the range from 0 to 6.")
          .grad(
              keep("activations"),
              (g, dy) -> g.to("features", OpRef.to("Relu6Grad").of(dy, g.kept("activations"))))
          .probe(0.1, 2)
          .api("nn.relu6")
          .declare();

  public static final OpDef RELU6_GRAD =
      pair(
              "Relu6Grad",
              "gradients",
              "features",
              "backprops",
              REALS,
              Y.gt(c(0)).and(Y.lt(c(6))).select(X, c(0)))
          .says("Passes gradients where the features lie between 0 and 6.")
          .grad(keep("features"), (g, dy) -> piecewise(g, OpRef.to("Relu6Grad"), "features", dy))
          .probe(0.1, 2)
          .declare();

  public static final OpDef LEAKY_RELU =
      op("LeakyRelu")
          .says("Gives x where it is positive, else alpha·x.")
          .in("features", "T")
          .out("activations", "T")
          .type("T", FLOATS)
          .attr("alpha", 0.20000000298023224)
          .infer(like())
          .cpu(ElementwiseKernel.by("alpha", a -> X.gt(c(0)).select(X, X.mul(c(a)))))
          .cuda("unary")
          .grad(
              keep("features"),
              (g, dy) -> {
                OpRef slope = OpRef.to("LeakyReluGrad");
                g.to(
                    "features",
                    slope.with(slope.attrs("alpha", g.attrs().f("alpha")), dy, g.kept("features")));
              })
          .accurate(0.5, 0.5)
          .probe(0.1, 2)
          .api("nn.leakyRelu")
          .declare();

  public static final OpDef LEAKY_RELU_GRAD =
      op("LeakyReluGrad")
          .says("Multiplies gradients by alpha where the features are not positive.")
          .in("gradients", "T")
          .in("features", "T")
          .out("backprops", "T")
          .type("T", FLOATS)
          .attr("alpha", 0.20000000298023224)
          .infer(broadcast())
          .cpu(ElementwiseKernel.by("alpha", a -> Y.gt(c(0)).select(X, X.mul(c(a)))))
          .cuda("binary")
          .grad(
              keep("features"), (g, dy) -> piecewise(g, OpRef.to("LeakyReluGrad"), "features", dy))
          .accurate(0.5, 0.5)
          .probe(0.1, 2)
          .declare();

  public static final OpDef ELU =
      activation("Elu", X.lt(c(0)).select(X.expm1(), X))
          .says("Gives x where it is positive, else eˣ − 1.")
          .source("Clevert et al. 2015, \"Fast and Accurate Deep Network Learning by ELUs\"")
          .grad(
              keep("activations"),
              (g, dy) -> g.to("features", OpRef.to("EluGrad").of(dy, g.kept("activations"))))
          .accurate(3, 1.5)
          .api("nn.elu")
          .declare();

  public static final OpDef ELU_GRAD =
      slope("EluGrad", "outputs", Y.lt(c(0)).select(X.mul(Y.add(c(1))), X))
          .says("Computes the gradient of ELU from its result.")
          .grad(
              keep("gradients", "outputs"),
              (g, dy) -> {
                Tensor y = g.kept("outputs");
                if (g.needs("gradients")) {
                  g.to("gradients", OpRef.to("EluGrad").of(dy, y));
                }
                if (g.needs("outputs")) {
                  g.to(
                      "outputs",
                      select(LESS.of(y, zeros(y)), mul(dy, g.kept("gradients")), mul(y, 0)));
                }
              })
          .accurate(1, 1)
          .declare();

  public static final OpDef SELU =
      activation(
              "Selu", X.lt(c(0)).select(X.expm1().mul(c(SELU_SCALE_ALPHA)), X.mul(c(SELU_SCALE))))
          .says(
              "Computes the self-normalising activation: scale·x, or scale·alpha·(eˣ − 1) below 0.")
          .source("Klambauer et al. 2017, \"Self-Normalizing Neural Networks\"")
          .grad(
              keep("activations"),
              (g, dy) -> g.to("features", OpRef.to("SeluGrad").of(dy, g.kept("activations"))))
          .accurate(4, 2)
          .gradientDiffers("float.*_special", "TensorFlow takes an input of -1e-30 for 0")
          .api("nn.selu")
          .declare();

  public static final OpDef SELU_GRAD =
      slope(
              "SeluGrad",
              "outputs",
              Y.lt(c(0)).select(X.mul(Y.add(c(SELU_SCALE_ALPHA))), X.mul(c(SELU_SCALE))))
          .says("Computes the gradient of SELU from its result.")
          .grad(
              keep("gradients", "outputs"),
              (g, dy) -> {
                Tensor y = g.kept("outputs");
                if (g.needs("gradients")) {
                  g.to("gradients", OpRef.to("SeluGrad").of(dy, y));
                }
                if (g.needs("outputs")) {
                  g.to(
                      "outputs",
                      select(LESS.of(y, zeros(y)), mul(dy, g.kept("gradients")), mul(y, 0)));
                }
              })
          .accurate(1, 1)
          .declare();

  public static final OpDef SOFTPLUS =
      activation("Softplus", X.softplus())
          .says("Computes log(1 + eˣ), without overflow.")
          .grad(
              keep("features"),
              (g, dy) -> g.to("features", OpRef.to("SoftplusGrad").of(dy, g.kept("features"))))
          .accurate(4, 4)
          .special(100, -100, 0)
          .api("math.softplus", "nn.softplus")
          .declare();

  public static final OpDef SOFTPLUS_GRAD =
      slope("SoftplusGrad", "features", X.mul(Y.sigmoid()))
          .says("Computes the gradient of softplus: gradients·sigmoid(features).")
          .grad(
              keep("gradients", "features"),
              (g, dy) -> {
                Tensor s = OpRef.to("Sigmoid").of(g.kept("features"));
                if (g.needs("gradients")) {
                  g.to("gradients", mul(dy, s));
                }
                if (g.needs("features")) {
                  g.to("features", OpRef.to("SigmoidGrad").of(s, mul(dy, g.kept("gradients"))));
                }
              })
          .accurate(3, 3)
          .declare();

  public static final OpDef SOFTSIGN =
      activation("Softsign", X.div(X.abs().add(c(1))))
          .says("Computes x/(1 + |x|).")
          .grad(
              keep("features"),
              (g, dy) -> g.to("features", OpRef.to("SoftsignGrad").of(dy, g.kept("features"))))
          .accurate(1.5, 1.5)
          .probe(0.1, 2)
          .api("nn.softsign")
          .declare();

  public static final OpDef SOFTSIGN_GRAD =
      slope("SoftsignGrad", "features", X.div(Y.abs().add(c(1)).square()))
          .says("Computes the gradient of softsign: gradients/(1 + |features|)².")
          .grad(
              keep("gradients", "features"),
              (g, dy) -> {
                Tensor x = g.kept("features");
                if (g.needs("gradients")) {
                  g.to("gradients", OpRef.to("SoftsignGrad").of(dy, x));
                }
                if (g.needs("features")) {
                  Tensor a = Grads.plus(OpRef.to("Abs").of(x), 1);
                  Tensor cube = mul(mul(a, a), a);
                  Tensor up = mul(mul(dy, g.kept("gradients")), OpRef.to("Sign").of(x));
                  g.to("features", Grads.div(mul(up, -2), cube));
                }
              })
          .accurate(2, 2)
          .probe(0.1, 2)
          .declare();

  private ActivationOps() {}

  static void load() {}
}
