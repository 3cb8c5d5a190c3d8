package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.sub;

import dev.merapi.kernel.cpu.NormCpu;
import dev.merapi.op.Attrs;
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
import org.jspecify.annotations.Nullable;

/// Batch normalisation and its gradient, in the three forms that TensorFlow has. Neighbours: NnOps,
/// ConvOps.
///
/// Forms differ in outputs and types only. While training, mean and variance are those of the
/// batch; else they are given.
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
      throw c.fault(input + " must be 1-dimensional" + s.brackets())
          .expected("one number for each channel")
          .shapeError();
    }
    if (s.isKnown() && channels >= 0 && s.size() != channels) {
      throw c.fault(
              input
                  + " must have the same number of elements as the channels of x, got "
                  + s.size()
                  + " and "
                  + channels)
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
          throw c.fault(
                  "x and y_backprop must have same shape, but x has shape "
                      + x.brackets()
                      + " and y_backprop has shape "
                      + c.shape(0).brackets())
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
            .says(
                "Shifts and scales each channel to mean 0 and variance 1, then to the given offset"
                    + " and scale.")
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
            .formula(
                "dx = scale/σ·(dy − mean dy − x̂·mean(dy·x̂)), dscale = Σ dy·x̂, doffset = Σ dy")
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

  /// The gradient of the forward call.
  ///
  /// What arrives at y is what training needs, one fused operation. What arrives at the statistics
  /// comes from gradients of gradients. TensorFlow gives none to mean and variance; they get theirs
  /// here if someone asks.
  private static void gradient(Grad g, OpRef grad, boolean sixth) {
    Tensor dy = g.dy(0);
    Tensor x = g.kept("x");
    Tensor scale = g.kept("scale");
    Tensor mean = g.kept("reserve_space_1");
    Tensor variance = g.kept("reserve_space_2");
    boolean training = g.attrs().b("is_training");
    Tensor dx = null;
    Tensor dMean = null;
    Tensor dVariance = null;
    if (dy != null) {
      Attrs attrs =
          grad.attrs(
              "epsilon", g.attrs().f("epsilon"),
              "data_format", g.attrs().s("data_format"),
              "is_training", training);
      Tensor[] d =
          sixth
              ? grad.all(attrs, dy, x, scale, mean, variance, g.kept("reserve_space_3"))
              : grad.all(attrs, dy, x, scale, mean, variance);
      dx = d[0];
      g.to("scale", d[1]);
      g.to("offset", d[2]);
      if (!training && (g.needs("mean") || g.needs("variance"))) {
        Tensor r = RSQRT.of(Grads.plus(variance, g.attrs().f("epsilon")));
        dMean = neg(mul(mul(d[2], scale), r));
        dVariance = mul(mul(mul(d[1], scale), mul(r, r)), -0.5);
      }
    }
    double f = training ? g.attrs().f("exponential_avg_factor") : 0;
    Tensor toMean = plus(scaled(g.dy(1), f), training ? g.dy(3) : null);
    if (training) {
      Tensor count = count(g);
      Tensor less = OpRef.to("Maximum").of(Grads.plus(count, -1), Grads.number(count, 1));
      Tensor adjusted =
          g.dy(2) == null || f == 0 ? null : mul(mul(g.dy(2), f), Grads.div(count, less));
      Tensor toVariance = plus(adjusted, g.dy(4));
      Axes axes = new Axes(g);
      DType t = scale.dtype();
      if (toMean != null) {
        dx = plus(dx, cast(spread(g, axes, Grads.div(toMean, count)), x.dtype()));
      }
      if (toVariance != null) {
        Tensor u = sub(cast(x, t), axes.wide(mean));
        dx = plus(dx, cast(mul(mul(axes.wide(Grads.div(toVariance, count)), 2), u), x.dtype()));
      }
    } else {
      dMean = plus(plus(dMean, g.dy(1)), g.dy(3));
      dVariance = plus(plus(dVariance, g.dy(2)), g.dy(4));
    }
    if (training && f != 1) {
      dMean = scaled(g.dy(1), 1 - f);
      dVariance = scaled(g.dy(2), 1 - f);
    }
    leave(g, "x", dx);
    leave(g, "mean", dMean);
    leave(g, "variance", dVariance);
  }

  private static void leave(Grad g, String input, @Nullable Tensor d) {
    if (d != null && g.needs(input)) {
      g.to(input, d);
    }
  }

  private static @Nullable Tensor scaled(@Nullable Tensor x, double f) {
    return x == null || f == 0 ? null : f == 1 ? x : mul(x, f);
  }

  private static @Nullable Tensor plus(@Nullable Tensor x, @Nullable Tensor y) {
    return x == null ? y : y == null ? x : add(x, y);
  }

  private static Tensor cast(Tensor x, DType to) {
    return x.dtype() == to ? x : CAST.with(CAST.attrs("DstT", to), x);
  }

  /// Returns the elements of a channel as a scalar of the statistics' type.
  private static Tensor count(Grad g) {
    Tensor x = g.kept("x");
    Tensor scale = g.kept("scale");
    OpRef size = OpRef.to("Size");
    return Grads.div(cast(size.of(x), scale.dtype()), cast(size.of(scale), scale.dtype()));
  }

  private static Tensor spread(Grad g, Axes axes, Tensor v) {
    return add(mul(cast(g.kept("x"), v.dtype()), 0), axes.wide(v));
  }

  /// The axes of x as the statistics see them: all but the channels'.
  private static final class Axes {
    final Tensor folded;
    final int[] wide;

    Axes(Grad g) {
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
      folded = Values.ints(a);
    }

    /// Returns one number a channel in the rank of x.
    Tensor wide(Tensor v) {
      return RESHAPE.of(v, Values.ints(wide));
    }

    Tensor mean(Tensor x) {
      return MEAN.with(MEAN.attrs("keep_dims", true), x, folded);
    }

    Tensor sum(Tensor x) {
      return SUM.with(SUM.attrs("keep_dims", true), x, folded);
    }

    Tensor narrow(Tensor v) {
      return RESHAPE.of(v, Values.ints(-1));
    }
  }

  /// The gradient of the gradient, all inputs taken as independent.
  ///
  /// With u = x − mean, r = 1/σ, s = mean dy and q = mean(dy·u) the call computed, while training,
  /// `dx = scale·r·(dy − s − u·r²·q)`, else `scale·r·dy`, and `dscale = r·Σ dy·u`, `doffset = Σ
  /// dy`.
  private static void second(Grad g) {
    Axes ax = new Axes(g);
    DType t = g.dtypeOf("scale");
    boolean training = g.attrs().b("is_training");
    Tensor dy = cast(g.kept("y_backprop"), t);
    Tensor scale = ax.wide(g.kept("scale"));
    Tensor r = RSQRT.of(Grads.plus(ax.wide(g.kept("reserve_space_2")), g.attrs().f("epsilon")));
    Tensor u = sub(cast(g.kept("x"), t), ax.wide(g.kept("reserve_space_1")));
    Tensor up = cast(g.dyOrZeros(0), t);
    Tensor upScale = ax.wide(g.dyOrZeros(1));
    Tensor upOffset = ax.wide(g.dyOrZeros(2));
    Tensor k = mul(scale, r);
    Tensor r2 = mul(r, r);
    Tensor left = dy;
    Tensor through = up;
    Tensor onU = mul(mul(upScale, r), dy);
    Tensor twice = null;
    if (training) {
      Tensor q = mul(r2, ax.mean(mul(dy, u)));
      Tensor p = mul(r2, ax.mean(mul(up, u)));
      left = sub(sub(dy, ax.mean(dy)), mul(u, q));
      through = sub(sub(up, ax.mean(up)), mul(u, p));
      onU = sub(onU, mul(k, add(mul(dy, p), mul(up, q))));
      twice = mul(mul(q, ax.sum(mul(up, u))), 2);
    }
    Tensor product = ax.sum(mul(up, left));
    if (g.needs("y_backprop")) {
      Tensor d = add(add(mul(k, through), mul(mul(upScale, r), u)), upOffset);
      g.to("y_backprop", cast(d, g.dtypeOf("y_backprop")));
    }
    if (g.needs("x")) {
      g.to("x", cast(onU, g.dtypeOf("x")));
    }
    if (g.needs("scale")) {
      g.to("scale", ax.narrow(mul(r, product)));
    }
    if (g.needs("reserve_space_1")) {
      g.to("reserve_space_1", ax.narrow(neg(ax.sum(onU))));
    }
    if (g.needs("reserve_space_2")) {
      Tensor inner = twice == null ? product : sub(product, twice);
      Tensor onR = add(mul(scale, inner), mul(upScale, ax.sum(mul(dy, u))));
      g.to("reserve_space_2", ax.narrow(mul(mul(mul(r2, r), onR), -0.5)));
    }
  }

  private static final Map<String, Object> INFERENCE = Map.of("is_training", false);

  private static final String SLOPES =
      "mean and variance have gradients, where TensorFlow gives none";

  public static final OpDef FUSED_BATCH_NORM =
      form("FusedBatchNorm", "T")
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .attr("is_training", true)
          .infer(forward(5))
          .grad(
              keep("x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dy) -> gradient(g, OpRef.to("FusedBatchNormGrad"), false))
          .differs("form_.*_infer", SLOPES)
          .declare();

  public static final OpDef FUSED_BATCH_NORM_GRAD =
      gradForm("FusedBatchNormGrad", "T", false)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .grad(
              keep("y_backprop", "x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dd) -> second(g))
          .declare();

  public static final OpDef FUSED_BATCH_NORM_V2 =
      form("FusedBatchNormV2", "U")
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .attr("is_training", true)
          .infer(forward(5))
          .grad(
              keep("x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dy) -> gradient(g, OpRef.to("FusedBatchNormGradV2"), false))
          .differs("form_.*_infer", SLOPES)
          .declare();

  public static final OpDef FUSED_BATCH_NORM_GRAD_V2 =
      gradForm("FusedBatchNormGradV2", "U", false)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .grad(
              keep("y_backprop", "x", "scale", "reserve_space_1", "reserve_space_2"),
              (g, dd) -> second(g))
          .declare();

  public static final OpDef FUSED_BATCH_NORM_V3 =
      form("FusedBatchNormV3", "U")
          .out("reserve_space_3", "U")
          .attr("data_format", "NHWC", "NHWC", "NCHW", "NDHWC", "NCDHW")
          .attr("is_training", true)
          .differs(
              "infer_.*",
              "x − mean is taken first, where TensorFlow folds mean and offset into one number and"
                  + " digits cancel; and "
                  + SLOPES)
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
              (g, dd) -> second(g))
          .declare();

  static void load() {}
}
