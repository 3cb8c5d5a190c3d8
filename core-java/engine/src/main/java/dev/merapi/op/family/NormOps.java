package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.sub;

import dev.merapi.kernel.cpu.NormCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.Infer;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;

/// Batch normalisation and its gradient, in the three forms that TensorFlow has. Neighbours: NnOps, ConvOps.
///
/// Forms differ in outputs and types only. While training, mean and variance are those of the batch; else they are
/// given.
public final class NormOps {
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef MEAN = OpRef.to("Mean");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef RSQRT = OpRef.to("Rsqrt");

  private static final Types STATISTICS = Types.of(DType.F32, DType.F64);

  private NormOps() {}

  private static int channelAxis(boolean first, Shape x) {
    return first ? 1 : x.rank() - 1;
  }

  private static void checkRank(Call c, Shape x) {
    if (x.isRankKnown() && x.rank() != 4 && x.rank() != 5) {
      throw c.fault("input must be 4 or 5-dimensional" + x.brackets())
          .expected("(batch, height, width, channels), or with a depth")
          .fix("add axes of size 1 with tf.expandDims")
          .shapeError();
    }
  }

  private static void checkVector(Call c, String input, int channels) {
    Shape s = c.shape(input);
    if (s.isRankKnown() && s.rank() != 1) {
      throw c.fault(input + " must be 1-dimensional" + s.brackets()).expected("one number for each channel").shapeError();
    }
    if (s.isKnown() && channels >= 0 && s.size() != channels) {
      throw c.fault(
              input + " must have the same number of elements as the channels of x, got " + s.size() + " and " + channels)
          .expected(channels + " numbers")
          .shapeError();
    }
  }

  private static boolean first(Call c) {
    return c.attrs.s("data_format").startsWith("NC");
  }

  private static Infer forward(int outputs) {
    return c -> {
      Shape x = c.shape(0);
      checkRank(c, x);
      int channels = x.isRankKnown() ? x.dim(channelAxis(first(c), x)) : -1;
      checkVector(c, "scale", channels);
      checkVector(c, "offset", channels);
      boolean given = !c.attrs.b("is_training") || c.attrs.f("exponential_avg_factor") != 1;
      if (given) {
        checkVector(c, "mean", channels);
        checkVector(c, "variance", channels);
      }
      DType u = c.dtype("scale");
      c.out(0, c.in(0).spec());
      for (int i = 1; i < 5; i++) {
        c.out(i, u, Shape.of(channels));
      }
      if (outputs == 6) {
        c.out(5, u, Shape.SCALAR);
      }
    };
  }

  private static final Infer BACKWARD =
      c -> {
        Shape x = c.shape(1);
        checkRank(c, x);
        if (x.isKnown() && c.shape(0).isKnown() && !x.equals(c.shape(0))) {
          throw c.fault("x and y_backprop must have same shape, but x has shape " + x.brackets()
                  + " and y_backprop has shape " + c.shape(0).brackets())
              .expected("y_backprop of shape " + x)
              .shapeError();
        }
        int channels = x.isRankKnown() ? x.dim(channelAxis(first(c), x)) : -1;
        checkVector(c, "scale", channels);
        checkVector(c, "reserve_space_1", channels);
        checkVector(c, "reserve_space_2", channels);
        DType u = c.dtype("reserve_space_1");
        c.out(0, c.in(1).spec());
        c.out(1, u, Shape.of(channels));
        c.out(2, u, Shape.of(channels));
        c.out(3, u, Shape.of(0));
        c.out(4, u, Shape.of(0));
      };

  private static OpBuilder form(String name, String u) {
    OpBuilder b =
        op(name)
            .says("Shifts and scales each channel to mean 0 and variance 1, then to the given offset and scale.")
            .formula("y = (x − mean)/√(variance + epsilon)·scale + offset")
            .source("Ioffe and Szegedy 2015, \"Batch Normalization\"")
            .in("x", "T")
            .in("scale", u)
            .in("offset", u)
            .in("mean", u)
            .in("variance", u)
            .out("y", "T")
            .out("batch_mean", u)
            .out("batch_variance", u)
            .out("reserve_space_1", u)
            .out("reserve_space_2", u);
    types(b, u);
    return b.attr("epsilon", 9.999999747378752e-5)
        .attr("exponential_avg_factor", 1.0)
        .cpu(NormCpu::forward)
        .cuda("norm")
        .accurate(-1, -1);
  }

  private static void types(OpBuilder b, String u) {
    if (u.equals("T")) {
      b.type("T", STATISTICS);
    } else {
      b.type("T", FLOATS).type("U", STATISTICS);
    }
  }

  private static OpBuilder gradForm(String name, String u, boolean sixth) {
    OpBuilder b =
        op(name)
            .says("Computes the gradients of batch normalisation for x, scale and offset.")
            .formula("dx = scale/σ·(dy − mean dy − x̂·mean(dy·x̂)), dscale = Σ dy·x̂, doffset = Σ dy")
            .in("y_backprop", "T")
            .in("x", "T")
            .in("scale", u)
            .in("reserve_space_1", u)
            .in("reserve_space_2", u);
    if (sixth) {
      b.in("reserve_space_3", u);
    }
    b.out("x_backprop", "T")
        .out("scale_backprop", u)
        .out("offset_backprop", u)
        .out(sixth ? "reserve_space_4" : "reserve_space_3", u)
        .out(sixth ? "reserve_space_5" : "reserve_space_4", u);
    types(b, u);
    return b.attr("epsilon", 9.999999747378752e-5)
        .attr("is_training", true)
        .infer(BACKWARD)
        .cpu(NormCpu::grad)
        .cuda("norm")
        .accurate(-1, -1);
  }

  /// The gradient of the forward call; mean and variance get none, as in TensorFlow: they are running statistics.
  private static void gradient(Grad g, OpRef grad, boolean sixth) {
    Tensor dy = g.dy(0);
    if (dy == null) {
      return;
    }
    Tensor scale = g.kept("scale");
    Tensor mean = g.kept("reserve_space_1");
    Tensor variance = g.kept("reserve_space_2");
    var attrs =
        grad.attrs(
            "epsilon", g.attrs().f("epsilon"),
            "data_format", g.attrs().s("data_format"),
            "is_training", g.attrs().b("is_training"));
    Tensor[] d =
        sixth
            ? grad.all(attrs, dy, g.kept("x"), scale, mean, variance, g.kept("reserve_space_3"))
            : grad.all(attrs, dy, g.kept("x"), scale, mean, variance);
    g.to("x", d[0]);
    g.to("scale", d[1]);
    g.to("offset", d[2]);
  }

  /// The tensors of a second gradient: sums over all axes but the channels', in the type of the statistics.
  private static final class Second {
    final Grad g;
    final DType t;
    final Tensor axes;
    final int[] wide;
    final boolean training;

    Second(Grad g) {
      this.g = g;
      t = g.dtypeOf("scale");
      Shape x = g.shapeOf("x");
      int channel = channelAxis(g.attrs().s("data_format").startsWith("NC"), x);
      int[] a = new int[x.rank() - 1];
      wide = new int[x.rank()];
      for (int i = 0, k = 0; i < wide.length; i++) {
        wide[i] = i == channel ? -1 : 1;
        if (i != channel) {
          a[k++] = i;
        }
      }
      axes = Values.ints(a);
      training = g.attrs().b("is_training");
    }

    Tensor cast(Tensor x, DType to) {
      return x.dtype() == to ? x : CAST.with(CAST.attrs("DstT", to), x);
    }

    Tensor wide(Tensor v) {
      return RESHAPE.of(v, Values.ints(wide));
    }

    Tensor mean(Tensor x) {
      return MEAN.with(MEAN.attrs("keep_dims", true), x, axes);
    }

    Tensor total(Tensor x) {
      return SUM.of(x, axes);
    }

    /// `v − mean v − x̂·mean(v·x̂)`: what the batch's own statistics leave of a gradient.
    Tensor rest(Tensor v, Tensor hat) {
      return sub(sub(v, mean(v)), mul(hat, mean(mul(v, hat))));
    }

    void run() {
      Tensor dy = cast(g.kept("y_backprop"), t);
      Tensor x = cast(g.kept("x"), t);
      Tensor scale = wide(g.kept("scale"));
      Tensor r =
          RSQRT.of(Grads.plus(wide(g.kept("reserve_space_2")), g.attrs().f("epsilon")));
      Tensor hat = mul(sub(x, wide(g.kept("reserve_space_1"))), r);
      Tensor up = cast(g.dyOrZeros(0), t);
      Tensor upScale = wide(g.dyOrZeros(1));
      Tensor upOffset = wide(g.dyOrZeros(2));
      Tensor k = mul(scale, r);
      Tensor left = training ? rest(dy, hat) : dy;
      Tensor product = mul(up, left);
      if (g.needs("y_backprop")) {
        Tensor through = mul(k, training ? rest(up, hat) : up);
        g.to("y_backprop", cast(add(add(through, mul(upScale, hat)), upOffset), g.dtypeOf("y_backprop")));
      }
      if (g.needs("scale")) {
        g.to("scale", total(mul(product, r)));
      }
      if (g.needs("x")) {
        Tensor dx = mul(mul(upScale, r), dy);
        if (training) {
          // Through x̂, and through 1/σ itself.
          Tensor onHat = neg(mul(k, add(mul(up, mean(mul(dy, hat))), mul(dy, mean(mul(up, hat))))));
          Tensor h = add(onHat, mul(upScale, dy));
          Tensor onSigma = mul(mul(mul(k, r), mean(product)), hat);
          dx = sub(mul(r, rest(h, hat)), onSigma);
        }
        g.to("x", cast(dx, g.dtypeOf("x")));
      }
    }
  }

  private static final Map<String, Object> INFERENCE = Map.of("is_training", false);

  public static final OpDef FUSED_BATCH_NORM =
      form("FusedBatchNorm", "T")
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .attr("is_training", true)
          .infer(forward(5))
          .grad(
              keep("x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dy) -> gradient(g, OpRef.to("FusedBatchNormGrad"), false))
          .declare();

  public static final OpDef FUSED_BATCH_NORM_GRAD =
      gradForm("FusedBatchNormGrad", "T", false)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .grad(
              keep("y_backprop", "x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dy) -> new Second(g).run())
          .declare();

  public static final OpDef FUSED_BATCH_NORM_V2 =
      form("FusedBatchNormV2", "U")
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .attr("is_training", true)
          .infer(forward(5))
          .grad(
              keep("x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dy) -> gradient(g, OpRef.to("FusedBatchNormGradV2"), false))
          .declare();

  public static final OpDef FUSED_BATCH_NORM_GRAD_V2 =
      gradForm("FusedBatchNormGradV2", "U", false)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .grad(
              keep("y_backprop", "x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dy) -> new Second(g).run())
          .declare();

  public static final OpDef FUSED_BATCH_NORM_V3 =
      form("FusedBatchNormV3", "U")
          .out("reserve_space_3", "U")
          .attr("data_format", "NHWC", "NHWC", "NCHW", "NDHWC", "NCDHW")
          .attr("is_training", true)
          .infer(forward(6))
          .grad(
              keep("x", "scale", "reserve_space_1", "reserve_space_2", "reserve_space_3"),
              (g, dy) -> gradient(g, OpRef.to("FusedBatchNormGradV3"), true))
          .mustFail(
              "scale must have the same number of elements as the channels of x, got 2 and 3",
              INFERENCE,
              Spec.of(DType.F32, 1, 2, 2, 3),
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 2))
          .mustFail(
              "input must be 4 or 5-dimensional[2,3]",
              INFERENCE,
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 3),
              Spec.of(DType.F32, 3),
              Spec.of(DType.F32, 3),
              Spec.of(DType.F32, 3))
          .declare();

  public static final OpDef FUSED_BATCH_NORM_GRAD_V3 =
      gradForm("FusedBatchNormGradV3", "U", true)
          .attr("data_format", "NHWC", "NHWC", "NCHW", "NDHWC", "NCDHW")
          .grad(
              keep("y_backprop", "x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dy) -> new Second(g).run())
          .declare();

  static void load() {}
}
