package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.div;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.number;
import static dev.merapi.op.family.Grads.plus;
import static dev.merapi.op.family.Grads.square;
import static dev.merapi.op.family.Grads.sub;

import dev.merapi.kernel.cpu.LocalResponseCpu;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Normalisation by neighbouring channels, as in the networks before batch normalisation.
/// Neighbours: NormOps.
public final class LocalResponseOps {
  private static final OpRef POW = OpRef.to("Pow");
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef BAND = OpRef.to("MatrixBandPart");
  private static final OpRef LRN_GRAD_REF = OpRef.to("LRNGrad");

  private LocalResponseOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder window(OpBuilder b) {
    return b.type("T", FLOATS)
        .attr("depth_radius", 5)
        .attr("bias", 1.0)
        .attr("alpha", 1.0)
        .attr("beta", 0.5)
        .cuda("norm")
        .accurate(-1, -1);
  }

  private static void check(Call c) {
    for (int i = 0; i < c.ins(); i++) {
      Dims.exactly(c, c.op.inputs().get(i).name(), 4);
      if (!c.shape(0).accepts(c.shape(i))) {
        throw c.fault("all inputs must have one shape, not " + c.shape(0) + " and " + c.shape(i))
            .expected("inputs of shape " + c.shape(0))
            .shapeError();
      }
    }
    if (c.attrs.l("depth_radius") < 0) {
      throw c.fault("depth_radius is " + c.attrs.l("depth_radius"))
          .expected("a number of channels, 0 or more")
          .attrError();
    }
    c.out(0, c.in(c.ins() - 1).spec());
  }

  public static final OpDef LRN =
      window(
              op("LRN")
                  .says("Divides each number by a power of the squares of the channels around it.")
                  .formula("y = x/(bias + alpha·Σ x²)^beta, over depth_radius channels either side")
                  .source(
                      "Krizhevsky et al. 2012, \"ImageNet Classification with Deep Convolutional"
                          + " Neural Networks\", 3.3")
                  .in("input", "T")
                  .out("output", "T"))
          .infer(LocalResponseOps::check)
          .grad(
              keep("input", "output"),
              (g, dy) ->
                  g.to(
                      "input",
                      LRN_GRAD_REF.with(same(g.attrs()), dy, g.kept("input"), g.kept("output"))))
          .cpu(LocalResponseCpu::forward)
          .mustFail("input has shape (2, 3) but must be rank 4", Spec.of(DType.F32, 2, 3))
          .declare();

  private static Attrs same(Attrs a) {
    return LRN_GRAD_REF.attrs(
        "depth_radius",
        a.l("depth_radius"),
        "bias",
        a.f("bias"),
        "alpha",
        a.f("alpha"),
        "beta",
        a.f("beta"));
  }

  public static final OpDef LRN_GRAD =
      window(
              op("LRNGrad")
                  .says("Computes the gradient of LRN from its input and its output.")
                  .formula("dx = dy·n^−beta − 2·alpha·beta·x·Σ dy·y/n, n = bias + alpha·Σ x²")
                  .in("input_grads", "T")
                  .in("input_image", "T")
                  .in("output_image", "T")
                  .out("output", "T"))
          .infer(LocalResponseOps::check)
          .grad(
              keep("input_grads", "input_image", "output_image"), LocalResponseOps::secondGradient)
          .cpu(LocalResponseCpu::backward)
          .mustFail(
              "all inputs must have one shape",
              Spec.of(DType.F32, 1, 1, 1, 3),
              Spec.of(DType.F32, 1, 1, 1, 2),
              Spec.of(DType.F32, 1, 1, 1, 2))
          .declare();

  private static void secondGradient(Grad g, Tensor dd) {
    Tensor dy = g.kept("input_grads");
    Tensor x = g.kept("input_image");
    Tensor y = g.kept("output_image");
    double alpha = g.attrs().f("alpha");
    double beta = g.attrs().f("beta");
    Tensor n = plus(mul(around(g, square(x)), alpha), g.attrs().f("bias"));
    Tensor scale = POW.of(n, number(n, -beta));
    Tensor pulled = mul(around(g, mul(dd, x)), 2 * alpha * beta);
    g.to("input_grads", sub(mul(dd, scale), mul(div(y, n), pulled)));
    g.to("output_image", Grads.neg(mul(div(dy, n), pulled)));
    if (g.needs("input_image")) {
      Tensor direct = mul(mul(dd, around(g, div(mul(dy, y), n))), -2 * alpha * beta);
      Tensor power = mul(div(mul(mul(dd, dy), scale), n), -beta);
      Tensor dn = add(power, div(mul(pulled, mul(dy, y)), square(n)));
      g.to("input_image", add(direct, mul(mul(x, around(g, dn)), 2 * alpha)));
    }
  }

  /// Adds up each number and the channels around it: a product with a band of ones.
  private static Tensor around(Grad g, Tensor x) {
    int channels = x.shape().dim(-1);
    Tensor ones = Values.filled(Spec.of(x.dtype(), channels, channels), 1);
    Tensor radius = Values.scalar(g.attrs().i("depth_radius"));
    Tensor rows = RESHAPE.of(x, Values.ints(-1, channels));
    return RESHAPE.of(MATMUL.of(rows, BAND.of(ones, radius, radius)), g.dims("input_image"));
  }
}
