package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.family.Grads.add;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.neg;
import static dev.merapi.op.family.Grads.sub;
import static dev.merapi.op.family.Grads.unbroadcast;

import dev.merapi.kernel.cpu.BiasCpu;
import dev.merapi.kernel.cpu.SoftmaxCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.Infer;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Rules;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// What ends and joins layers: biases, softmax, cross entropies. Neighbours: ActivationOps,
/// ConvOps, NormOps.
public final class NnOps {
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef EXP = OpRef.to("Exp");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef BROADCAST = OpRef.to("BroadcastTo");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef ONE_HOT = OpRef.to("OneHot");

  private NnOps() {}

  private static Tensor sumOfRows(Tensor x) {
    return SUM.with(SUM.attrs("keep_dims", true), x, Values.ints(-1));
  }

  private static Tensor column(Tensor x) {
    return EXPAND.of(x, Values.scalar(-1));
  }

  private static Infer bias(boolean format) {
    return c -> {
      Shape x = c.shape(0);
      Shape b = c.shape(1);
      if (x.isRankKnown() && x.rank() < 2) {
        throw c.fault("Input tensor must be at least 2D: " + x.brackets())
            .expected("a batch of values with channels")
            .shapeError();
      }
      if (b.isRankKnown() && b.rank() != 1) {
        throw c.fault("Biases must be 1D: " + b.brackets())
            .expected("one number for each channel")
            .shapeError();
      }
      if (x.isRankKnown() && b.isRankKnown()) {
        boolean first = format && c.attrs.s("data_format").equals("NCHW");
        int channels = x.dim(first ? 1 : -1);
        if (channels >= 0 && b.dim(0) >= 0 && channels != b.dim(0)) {
          throw c.fault(
                  "Must provide as many biases as the "
                      + (first ? "channel" : "last")
                      + " dimension of the input tensor: "
                      + b.brackets()
                      + " vs. "
                      + x.brackets())
              .expected(channels + " biases")
              .shapeError();
        }
      }
      c.out(0, c.in(0).spec());
    };
  }

  private static void biasGradient(Grad g, Tensor dy, String format) {
    if (g.needs("value")) {
      g.to("value", dy);
    }
    if (g.needs("bias")) {
      OpRef sum = OpRef.to("BiasAddGrad");
      g.to("bias", sum.with(sum.attrs("data_format", format), dy));
    }
  }

  public static final OpDef BIAS_ADD =
      op("BiasAdd")
          .says("Adds one number for each channel.")
          .in("value", "T")
          .in("bias", "T")
          .out("output", "T")
          .type("T", NUMBERS)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .infer(bias(true))
          .grad(keep(), (g, dy) -> biasGradient(g, dy, g.attrs().s("data_format")))
          .cpu(BiasCpu::add)
          .cuda("binary")
          .mustFail(
              "Must provide as many biases as the last dimension of the input tensor: [2] vs."
                  + " [2,3]",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 2))
          .mustFail("Biases must be 1D: [1,3]", Spec.of(DType.F32, 2, 3), Spec.of(DType.F32, 1, 3))
          .api("nn.biasAdd")
          .declare();

  public static final OpDef BIAS_ADD_V1 =
      op("BiasAddV1")
          .says("Adds one number for each channel, which come last; the older form of BiasAdd.")
          .in("value", "T")
          .in("bias", "T")
          .out("output", "T")
          .type("T", NUMBERS)
          .infer(bias(false))
          .grad(keep(), (g, dy) -> biasGradient(g, dy, "NHWC"))
          .cpu(BiasCpu::add)
          .cuda("binary")
          .mustFail(
              "Input tensor must be at least 2D: [3]", Spec.of(DType.F32, 3), Spec.of(DType.F32, 3))
          .declare();

  public static final OpDef BIAS_ADD_GRAD =
      op("BiasAddGrad")
          .says("Adds gradients up over all axes but that of the channels.")
          .in("out_backprop", "T")
          .out("output", "T")
          .type("T", NUMBERS)
          .attr("data_format", "NHWC", "NHWC", "NCHW")
          .infer(c -> {
            Shape x = c.shape(0);
            if (!x.isRankKnown()) {
              c.out(0, c.dtype(0), Shape.of(Shape.UNKNOWN_SIZE));
              return;
            }
            if (x.rank() < 2) {
              throw c.fault("Input tensor must be at least 2D: " + x.brackets())
                  .expected("a batch of gradients with channels")
                  .shapeError();
            }
            c.out(0, c.dtype(0), Shape.of(x.dim(BiasCpu.channels(c))));
          })
          .grad(
              keep(),
              (g, dd) -> {
                Tensor wide = dd;
                if (g.attrs().s("data_format").equals("NCHW")) {
                  wide = Sizes.behind(dd, g.shapeOf("out_backprop").rank() - 2);
                }
                g.to("out_backprop", BROADCAST.of(wide, g.dims("out_backprop")));
              })
          .cpu(BiasCpu::grad)
          .cuda("reduce")
          .accurate(-1, -1)
          .mustFail("Input tensor must be at least 2D: [3]", Spec.of(DType.F32, 3))
          .declare();

  private static OpBuilder rows(String name, String out) {
    return op(name)
        .in("logits", "T")
        .out(out, "T")
        .type("T", FLOATS)
        .infer(c -> {
          if (c.shape(0).isRankKnown() && c.shape(0).rank() == 0) {
            throw c.fault("logits must have >= 1 dimension, got []")
                .expected("one or more rows of logits")
                .shapeError();
          }
          c.out(0, c.in(0).spec());
        })
        .cuda("softmax")
        .mustFail("logits must have >= 1 dimension, got []", Spec.of(DType.F32));
  }

  public static final OpDef SOFTMAX =
      rows("Softmax", "softmax")
          .says("Turns logits along the last axis into probabilities.")
          .formula("yᵢ = exp(xᵢ − max x) / Σⱼ exp(xⱼ − max x)")
          .source(
              "Bridle 1990, \"Probabilistic Interpretation of Feedforward Classification Network"
                  + " Outputs\"")
          .grad(
              keep("softmax"),
              (g, dy) -> {
                Tensor y = g.kept("softmax");
                g.to("logits", mul(sub(dy, sumOfRows(mul(dy, y))), y));
              })
          .cpu(SoftmaxCpu::softmax)
          .accurate(8, 8)
          .declare();

  public static final OpDef LOG_SOFTMAX =
      rows("LogSoftmax", "logsoftmax")
          .says("Computes the logarithm of softmax without going through numbers near 0.")
          .formula("yᵢ = xᵢ − max x − log Σⱼ exp(xⱼ − max x)")
          .grad(
              keep("logsoftmax"),
              (g, dy) -> g.to("logits", sub(dy, mul(sumOfRows(dy), EXP.of(g.kept("logsoftmax"))))))
          .cpu(SoftmaxCpu::logSoftmax)
          .accurate(-1, -1)
          .declare();

  public static final OpDef CROSS_ENTROPY =
      op("SoftmaxCrossEntropyWithLogits")
          .says(
              "Compares logits with distributions of labels: the loss of each row, and its"
                  + " gradient.")
          .formula("loss = Σᵢ labelsᵢ·(log Σⱼ exp xⱼ − xᵢ), backprop = softmax(x) − labels")
          .in("features", "T")
          .in("labels", "T")
          .out("loss", "T")
          .out("backprop", "T")
          .type("T", FLOATS)
          .infer(NnOps::crossEntropyShapes)
          .grad(keep("features", "labels", "backprop"), NnOps::crossEntropyGradient)
          .cpu(SoftmaxCpu::crossEntropy)
          .cuda("softmax")
          .accurate(-1, -1)
          .mustFail(
              "logits and labels must be broadcastable: logits_size=[2,3] labels_size=[1,2]",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 1, 2))
          .declare();

  private static void crossEntropyShapes(Call c) {
    Shape x = c.shape(0);
    Shape l = c.shape(1);
    if (!x.isRankKnown() || !l.isRankKnown()) {
      c.out(0, c.dtype(0), Shape.of(-1));
      c.out(1, c.dtype(0), Shape.of(-1, -1));
      return;
    }
    Shape s = x;
    boolean fits = true;
    for (int i = 1; i <= Math.min(x.rank(), l.rank()); i++) {
      int a = x.dim(-i);
      int b = l.dim(-i);
      fits &= a == b || a == 1 || b == 1 || a < 0 || b < 0;
    }
    if (fits) {
      s = Rules.broadcast(c, x, l);
    }
    if (!fits || s.rank() != 2) {
      throw c.fault(
              (fits
                      ? "logits and labels must be either 2-dimensional, or broadcasted to be"
                          + " 2-dimensional"
                      : "logits and labels must be broadcastable")
                  + ": logits_size="
                  + x.brackets()
                  + " labels_size="
                  + l.brackets())
          .expected("both (rows, classes)")
          .shapeError();
    }
    c.out(0, c.dtype(0), Shape.of(s.dim(0)));
    c.out(1, c.dtype(0), s);
  }

  /// The loss is what people differentiate; `dy(1)` arrives only in gradients of gradients.
  private static void crossEntropyGradient(Grad g, Tensor dy) {
    Tensor back = g.kept("backprop");
    Tensor up = g.dy(0);
    Tensor dd = g.dy(1);
    if (g.needs("features")) {
      Tensor dx = up == null ? null : mul(column(up), back);
      if (dd != null) {
        Tensor p = add(back, g.kept("labels"));
        Tensor second = mul(sub(dd, sumOfRows(mul(dd, p))), p);
        dx = dx == null ? second : add(dx, second);
      }
      if (dx != null) {
        g.to("features", unbroadcast(dx, g, "features"));
      }
    }
    if (g.needs("labels")) {
      Tensor dl =
          up == null ? null : mul(column(up), neg(OpRef.to("LogSoftmax").of(wide(g, back))));
      if (dd != null) {
        dl = dl == null ? neg(dd) : sub(dl, dd);
      }
      if (dl != null) {
        g.to("labels", unbroadcast(dl, g, "labels"));
      }
    }
  }

  private static Tensor wide(Grad g, Tensor back) {
    Tensor x = g.kept("features");
    return x.shape().equals(back.shape()) ? x : add(x, Grads.mul(back, 0));
  }

  public static final OpDef SPARSE_CROSS_ENTROPY =
      op("SparseSoftmaxCrossEntropyWithLogits")
          .says("Compares logits with numbers of classes: the loss of each row, and its gradient.")
          .formula("loss = log Σⱼ exp xⱼ − x[label], backprop = softmax(x) − one_hot(label)")
          .in("features", "T")
          .in("labels", "Tlabels")
          .out("loss", "T")
          .out("backprop", "T")
          .type("T", FLOATS)
          .type("Tlabels", Types.INDICES)
          .infer(c -> {
            Shape x = c.shape(0);
            Shape l = c.shape(1);
            if (x.isRankKnown() && x.rank() != 2) {
              throw c.fault("logits must be 2-D, but got shape " + x.brackets())
                  .expected("(rows, classes)")
                  .shapeError();
            }
            if (l.isRankKnown() && l.rank() != 1) {
              throw c.fault("labels must be 1-D, but got shape " + l.brackets())
                  .expected("one class for each row")
                  .shapeError();
            }
            if (x.isRankKnown() && l.isRankKnown()) {
              int rows = x.dim(0);
              if (rows >= 0 && l.dim(0) >= 0 && rows != l.dim(0)) {
                throw c.fault(
                        "logits and labels must have the same first dimension, got logits shape "
                            + x.brackets()
                            + " and labels shape "
                            + l.brackets())
                    .expected(rows + " labels")
                    .shapeError();
              }
              if (x.dim(1) == 0) {
                throw c.fault("Must have at least one class, but got logits shape " + x.brackets())
                    .expected("one or more classes")
                    .shapeError();
              }
            }
            c.out(0, c.dtype(0), x.isRankKnown() ? Shape.of(x.dim(0)) : Shape.of(-1));
            c.out(1, c.dtype(0), x);
          })
          .grad(
              keep("labels", "backprop"),
              (g, dy) -> {
                Tensor back = g.kept("backprop");
                Tensor up = g.dy(0);
                Tensor dd = g.dy(1);
                Tensor dx = up == null ? null : mul(column(up), back);
                if (dd != null) {
                  Tensor depth = g.size("features", 1);
                  Tensor hits =
                      ONE_HOT.of(
                          g.kept("labels"), depth, Grads.number(back, 1), Grads.number(back, 0));
                  Tensor p = add(back, hits);
                  Tensor second = mul(sub(dd, sumOfRows(mul(dd, p))), p);
                  dx = dx == null ? second : add(dx, second);
                }
                if (dx != null) {
                  g.to("features", dx);
                }
              })
          .cpu(SoftmaxCpu::sparseCrossEntropy)
          .cuda("softmax")
          .accurate(-1, -1)
          .mustFail(
              "logits and labels must have the same first dimension, got logits shape [2,3] and"
                  + " labels shape [1]",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 1))
          .declare();

  static void load() {}
}
