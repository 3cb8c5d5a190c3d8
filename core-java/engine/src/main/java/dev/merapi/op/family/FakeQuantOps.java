package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;

import dev.merapi.kernel.cpu.FakeQuantCpu;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;

/// Numbers rounded as if they were stored in few bits, for training networks that will be.
/// Neighbours: CastOps.
///
/// Gradients pass where numbers lie inside the range, as if nothing had been rounded.
public final class FakeQuantOps {
  private static final String SOURCE =
      "Jacob et al. 2018, \"Quantization and Training of Neural Networks for Efficient"
          + " Integer-Arithmetic-Only Inference\"";

  private FakeQuantOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder bits(OpBuilder b) {
    return b.attr("num_bits", 8).attr("narrow_range", false).cuda("unary").accurate(1, 1);
  }

  private static Attrs same(OpRef other, Attrs a) {
    return other.attrs("num_bits", a.l("num_bits"), "narrow_range", a.b("narrow_range"));
  }

  private static Attrs all(OpRef other, Attrs a) {
    return other.attrs(
        "min",
        a.f("min"),
        "max",
        a.f("max"),
        "num_bits",
        a.l("num_bits"),
        "narrow_range",
        a.b("narrow_range"));
  }

  private static void check(Call c) {
    long bits = c.attrs.l("num_bits");
    if (bits < 2 || bits > 16) {
      throw c.fault("num_bits must be between 2 and 16, inclusive")
          .given("num_bits " + bits)
          .expected("2 to 16 bits")
          .attrError();
    }
  }

  private static void range(Call c) {
    check(c);
    if (!(c.attrs.f("min") < c.attrs.f("max"))) {
      throw c.fault(
              "min has to be smaller than max, was: "
                  + c.attrs.f("min")
                  + " >= "
                  + c.attrs.f("max"))
          .expected("min below max")
          .attrError();
    }
    sameShapes(c);
    c.out(0, c.in(c.ins() - 1).spec());
  }

  private static void sameShapes(Call c) {
    if (c.op.inputs().get(0).name().equals("gradients") && !c.shape(0).accepts(c.shape(1))) {
      throw c.fault(
              "gradient and input must be the same size: " + c.shape(0) + " and " + c.shape(1))
          .expected("gradients of shape " + c.shape(1))
          .shapeError();
    }
  }

  /// Limits are single numbers, or one for each channel.
  private static Shape limits(Call c, boolean channels) {
    check(c);
    sameShapes(c);
    Shape x = c.shape("inputs");
    if (channels) {
      Dims.atLeast(c, "inputs", 1);
    }
    Shape s = channels ? Shape.of(x.isRankKnown() ? x.dim(-1) : -1) : Shape.SCALAR;
    for (String limit : new String[] {"min", "max"}) {
      if (!s.accepts(c.shape(limit))) {
        throw c.fault(limit + " has incorrect size: shape " + c.shape(limit) + ", expected " + s)
            .expected(channels ? "one number for each channel" : "one number")
            .shapeError();
      }
    }
    return s;
  }

  private static final OpRef ARGS_GRAD = OpRef.to("FakeQuantWithMinMaxArgsGradient");

  public static final OpDef ARGS =
      bits(op("FakeQuantWithMinMaxArgs")
              .says("Rounds numbers to the steps of a range that attributes give.")
              .source(SOURCE)
              .in("inputs", DType.F32)
              .out("outputs", DType.F32)
              .attr("min", -6.0)
              .attr("max", 6.0))
          .infer(FakeQuantOps::range)
          .grad(
              keep("inputs"),
              (g, dy) ->
                  g.to("inputs", ARGS_GRAD.with(all(ARGS_GRAD, g.attrs()), dy, g.kept("inputs"))))
          .cpu(FakeQuantCpu::args)
          .api("quantization.fakeQuantWithMinMaxArgs")
          .mustFail(
              "min has to be smaller than max", Map.of("min", 1.0, "max", 1.0), Spec.of(DType.F32))
          .mustFail("num_bits must be between 2 and 16", Map.of("num_bits", 1), Spec.of(DType.F32))
          .declare();

  public static final OpDef ARGS_GRADIENT =
      bits(op("FakeQuantWithMinMaxArgsGradient")
              .says("Passes gradients where the input lies inside the range.")
              .in("gradients", DType.F32)
              .in("inputs", DType.F32)
              .out("backprops", DType.F32)
              .attr("min", -6.0)
              .attr("max", 6.0))
          .infer(FakeQuantOps::range)
          .grad(
              keep("inputs"),
              (g, dd) -> g.to("gradients", ARGS_GRAD.with(g.attrs(), dd, g.kept("inputs"))))
          .cpu(FakeQuantCpu::argsGradient)
          .mustFail(
              "gradient and input must be the same size",
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 3))
          .declare();

  private static OpDef vars(String name, boolean channels) {
    OpRef grad = OpRef.to(name + "Gradient");
    return bits(op(name)
            .says(
                "Rounds numbers to the steps of a given range"
                    + (channels ? ", one for each channel." : "."))
            .source(SOURCE)
            .in("inputs", DType.F32)
            .in("min", DType.F32)
            .in("max", DType.F32)
            .out("outputs", DType.F32))
        .infer(c -> {
          limits(c, channels);
          c.out(0, c.in(0).spec());
        })
        .grad(
            keep("inputs", "min", "max"),
            (g, dy) -> {
              Tensor[] d =
                  grad.all(
                      same(grad, g.attrs()), dy, g.kept("inputs"), g.kept("min"), g.kept("max"));
              g.to("inputs", d[0]);
              g.to("min", d[1]);
              g.to("max", d[2]);
            })
        .cpu(FakeQuantCpu::vars)
        .api("quantization." + Character.toLowerCase(name.charAt(0)) + name.substring(1))
        .mustFail(
            "min has incorrect size",
            Spec.of(DType.F32, 3),
            Spec.of(DType.F32, 2),
            Spec.of(DType.F32))
        .declare();
  }

  private static OpDef varsGradient(String name, boolean channels) {
    return bits(op(name)
            .says(
                "Passes gradients where the input lies inside the range, and adds those outside"
                    + " up for its ends.")
            .in("gradients", DType.F32)
            .in("inputs", DType.F32)
            .in("min", DType.F32)
            .in("max", DType.F32)
            .out("backprops_wrt_input", DType.F32)
            .out("backprop_wrt_min", DType.F32)
            .out("backprop_wrt_max", DType.F32))
        .infer(c -> {
          Shape s = limits(c, channels);
          c.out(0, c.in(0).spec());
          c.out(1, DType.F32, s);
          c.out(2, DType.F32, s);
        })
        .noGrad("TensorFlow defines none: where gradients pass does not change smoothly")
        .cpu(FakeQuantCpu::varsGradient)
        .accurate(-1, -1)
        .mustFail(
            "gradient and input must be the same size",
            Spec.of(DType.F32, 2),
            Spec.of(DType.F32, 3),
            Spec.of(DType.F32),
            Spec.of(DType.F32))
        .declare();
  }

  public static final OpDef VARS = vars("FakeQuantWithMinMaxVars", false);

  public static final OpDef VARS_GRADIENT = varsGradient("FakeQuantWithMinMaxVarsGradient", false);

  public static final OpDef CHANNELS = vars("FakeQuantWithMinMaxVarsPerChannel", true);

  public static final OpDef CHANNELS_GRADIENT =
      varsGradient("FakeQuantWithMinMaxVarsPerChannelGradient", true);
}
