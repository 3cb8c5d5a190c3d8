package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;

import dev.merapi.kernel.cpu.ConvCpu;
import dev.merapi.op.AttrDef.Kind;
import dev.merapi.op.Attrs;
import dev.merapi.op.Grad;
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

/// Convolutions and their gradients. Neighbours: PoolOps (windows without weights), LinalgOps
/// (products).
///
/// The three operations of a kind are each other's gradients: each is linear in both of its
/// tensors.
public final class ConvOps {
  private static final OpRef SHAPE = OpRef.to("Shape");
  private static final Types FLOATS_I32 = FLOATS.and(Types.of(DType.I32));
  private static final String GUIDE =
      "Dumoulin and Visin 2016, \"A guide to convolution arithmetic for deep learning\"";

  private static final Map<String, Object> PLAIN =
      Map.of("strides", new int[] {1, 1, 1, 1}, "padding", "SAME");
  private static final Map<String, Object> PLAIN_3D =
      Map.of("strides", new int[] {1, 1, 1, 1, 1}, "padding", "SAME");

  private ConvOps() {}

  /// Adds the attributes of a convolution over two axes.
  static OpBuilder flat(OpBuilder b) {
    return b.attr("strides", Kind.INTS)
        .attr("padding", Kind.STRING, "SAME", "VALID", "EXPLICIT")
        .attr("explicit_paddings", new int[0])
        .attr("data_format", "NHWC", "NHWC", "NCHW")
        .attr("dilations", new int[] {1, 1, 1, 1})
        .cuda("conv")
        .accurate(-1, -1)
        .probe(-1, 1);
  }

  private static OpBuilder deep(OpBuilder b) {
    return b.attr("strides", Kind.INTS)
        .attr("padding", Kind.STRING, "SAME", "VALID")
        .attr("data_format", "NDHWC", "NDHWC", "NCDHW")
        .attr("dilations", new int[] {1, 1, 1, 1, 1})
        .cuda("conv")
        .accurate(-1, -1)
        .probe(-1, 1);
  }

  /// Copies the attributes of a call for another operation of its kind.
  private static Attrs same(Grad g, OpRef other) {
    Attrs a = g.attrs();
    Attrs b =
        other.attrs(
            "strides", a.ints("strides"),
            "padding", a.s("padding"),
            "data_format", a.s("data_format"),
            "dilations", a.ints("dilations"));
    if (a.s("padding").equals("EXPLICIT")) {
      return other.attrs(
          "strides", a.ints("strides"),
          "padding", a.s("padding"),
          "explicit_paddings", a.ints("explicit_paddings"),
          "data_format", a.s("data_format"),
          "dilations", a.ints("dilations"));
    }
    return b;
  }

  /// Returns the shape of a kept input as a tensor: a constant where it is known, else read when it
  /// runs.
  private static Tensor sizes(Grad g, String input) {
    Shape s = g.shapeOf(input);
    return s.isKnown() ? Values.ints(s.dims()) : SHAPE.of(g.kept(input));
  }

  /// The gradient of `y = x ∗ filter`.
  private static void forward(Grad g, Tensor dy, OpRef data, OpRef weights) {
    if (g.needs("input")) {
      g.to("input", data.with(same(g, data), sizes(g, "input"), g.kept("filter"), dy));
    }
    if (g.needs("filter")) {
      g.to("filter", weights.with(same(g, weights), g.kept("input"), sizes(g, "filter"), dy));
    }
  }

  /// The gradient of `dx = data(sizes, filter, dy)`, for ddx arriving at dx.
  private static void data(Grad g, Tensor ddx, OpRef forward, OpRef weights) {
    if (g.needs("filter")) {
      g.to(
          "filter",
          weights.with(same(g, weights), ddx, sizes(g, "filter"), g.kept("out_backprop")));
    }
    if (g.needs("out_backprop")) {
      g.to("out_backprop", forward.with(same(g, forward), ddx, g.kept("filter")));
    }
  }

  /// The gradient of `dw = weights(x, sizes, dy)`, for ddw arriving at dw.
  private static void weights(Grad g, Tensor ddw, OpRef forward, OpRef data) {
    if (g.needs("input")) {
      g.to("input", data.with(same(g, data), sizes(g, "input"), ddw, g.kept("out_backprop")));
    }
    if (g.needs("out_backprop")) {
      g.to("out_backprop", forward.with(same(g, forward), g.kept("input"), ddw));
    }
  }

  private static final OpRef CONV2D_REF = OpRef.to("Conv2D");
  private static final OpRef DATA2D_REF = OpRef.to("Conv2DBackpropInput");
  private static final OpRef FILTER2D_REF = OpRef.to("Conv2DBackpropFilter");

  public static final OpDef CONV2D =
      flat(op("Conv2D"))
          .says("Slides filters over images: each result is the sum of a window times a filter.")
          .formula("y[b, i, j, o] = Σ x[b, i·s + p·d − pad, j·s + q·d − pad, c]·filter[p, q, c, o]")
          .source(GUIDE)
          .in("input", "T")
          .in("filter", "T")
          .out("output", "T")
          .type("T", FLOATS_I32)
          .attr("use_cudnn_on_gpu", true)
          .infer(ConvRules.forward(2, false))
          .grad(keep("input", "filter"), (g, dy) -> forward(g, dy, DATA2D_REF, FILTER2D_REF))
          .cpu(ConvCpu::forward)
          .mustFail(
              "input depth must be evenly divisible by filter depth: 2 vs 3",
              PLAIN,
              Spec.of(DType.F32, 1, 4, 4, 2),
              Spec.of(DType.F32, 3, 3, 3, 1))
          .mustFail(
              "input must be 4-dimensional: [4,4,2]",
              PLAIN,
              Spec.of(DType.F32, 4, 4, 2),
              Spec.of(DType.F32, 3, 3, 2, 1))
          .declare();

  public static final OpDef CONV2D_BACKPROP_INPUT =
      flat(op("Conv2DBackpropInput"))
          .says(
              "Computes the gradient of a convolution for its input; as a layer, the transposed"
                  + " convolution.")
          .source(GUIDE)
          .in("input_sizes", DType.I32)
          .in("filter", "T")
          .in("out_backprop", "T")
          .out("output", "T")
          .type("T", FLOATS_I32)
          .attr("use_cudnn_on_gpu", true)
          .infer(ConvRules.dataGrad(2, false))
          .grad(keep("filter", "out_backprop"), (g, ddx) -> data(g, ddx, CONV2D_REF, FILTER2D_REF))
          .cpu(ConvCpu::dataGrad)
          .declare();

  public static final OpDef CONV2D_BACKPROP_FILTER =
      flat(op("Conv2DBackpropFilter"))
          .says("Computes the gradient of a convolution for its filter.")
          .in("input", "T")
          .in("filter_sizes", DType.I32)
          .in("out_backprop", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .attr("use_cudnn_on_gpu", true)
          .infer(ConvRules.filterGrad(2, false))
          .grad(keep("input", "out_backprop"), (g, ddw) -> weights(g, ddw, CONV2D_REF, DATA2D_REF))
          .cpu(ConvCpu::filterGrad)
          .declare();

  private static final OpRef CONV3D_REF = OpRef.to("Conv3D");
  private static final OpRef DATA3D_REF = OpRef.to("Conv3DBackpropInputV2");
  private static final OpRef FILTER3D_REF = OpRef.to("Conv3DBackpropFilterV2");

  public static final OpDef CONV3D =
      deep(op("Conv3D"))
          .says("Slides filters over volumes: each result is the sum of a window times a filter.")
          .source(GUIDE)
          .in("input", "T")
          .in("filter", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .infer(ConvRules.forward(3, false))
          .grad(keep("input", "filter"), (g, dy) -> forward(g, dy, DATA3D_REF, FILTER3D_REF))
          .cpu(ConvCpu::forward)
          .mustFail(
              "input must be 5-dimensional: [4,4,2]",
              PLAIN_3D,
              Spec.of(DType.F32, 4, 4, 2),
              Spec.of(DType.F32, 3, 3, 3, 2, 1))
          .api("nn.conv3d")
          .declare();

  public static final OpDef CONV3D_BACKPROP_INPUT =
      deep(op("Conv3DBackpropInputV2"))
          .says("Computes the gradient of a convolution over volumes for its input.")
          .in("input_sizes", "Tshape")
          .in("filter", "T")
          .in("out_backprop", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .type("Tshape", Types.INDICES)
          .infer(ConvRules.dataGrad(3, false))
          .grad(keep("filter", "out_backprop"), (g, ddx) -> data(g, ddx, CONV3D_REF, FILTER3D_REF))
          .cpu(ConvCpu::dataGrad)
          .declare();

  public static final OpDef CONV3D_BACKPROP_FILTER =
      deep(op("Conv3DBackpropFilterV2"))
          .says("Computes the gradient of a convolution over volumes for its filter.")
          .in("input", "T")
          .in("filter_sizes", DType.I32)
          .in("out_backprop", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .infer(ConvRules.filterGrad(3, false))
          .grad(keep("input", "out_backprop"), (g, ddw) -> weights(g, ddw, CONV3D_REF, DATA3D_REF))
          .cpu(ConvCpu::filterGrad)
          .declare();

  private static final OpRef DEPTH_REF = OpRef.to("DepthwiseConv2dNative");
  private static final OpRef DEPTH_DATA_REF = OpRef.to("DepthwiseConv2dNativeBackpropInput");
  private static final OpRef DEPTH_FILTER_REF = OpRef.to("DepthwiseConv2dNativeBackpropFilter");

  public static final OpDef DEPTHWISE =
      flat(op("DepthwiseConv2dNative"))
          .says(
              "Slides filters over each channel by itself; results are channels times filters a"
                  + " channel.")
          .formula(
              "y[b, i, j, c·m + k] = Σ x[b, i·s + p·d − pad, j·s + q·d − pad, c]·filter[p, q, c,"
                  + " k]")
          .in("input", "T")
          .in("filter", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .infer(ConvRules.forward(2, true))
          .grad(
              keep("input", "filter"), (g, dy) -> forward(g, dy, DEPTH_DATA_REF, DEPTH_FILTER_REF))
          .cpu(ConvCpu::depthwise)
          .mustFail(
              "same depth: 2 vs 3",
              PLAIN,
              Spec.of(DType.F32, 1, 4, 4, 2),
              Spec.of(DType.F32, 3, 3, 3, 1))
          .declare();

  public static final OpDef DEPTHWISE_BACKPROP_INPUT =
      flat(op("DepthwiseConv2dNativeBackpropInput"))
          .says("Computes the gradient of a depthwise convolution for its input.")
          .in("input_sizes", DType.I32)
          .in("filter", "T")
          .in("out_backprop", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .infer(ConvRules.dataGrad(2, true))
          .grad(
              keep("filter", "out_backprop"), (g, ddx) -> data(g, ddx, DEPTH_REF, DEPTH_FILTER_REF))
          .cpu(ConvCpu::depthwiseDataGrad)
          .declare();

  public static final OpDef DEPTHWISE_BACKPROP_FILTER =
      flat(op("DepthwiseConv2dNativeBackpropFilter"))
          .says("Computes the gradient of a depthwise convolution for its filter.")
          .in("input", "T")
          .in("filter_sizes", DType.I32)
          .in("out_backprop", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .infer(ConvRules.filterGrad(2, true))
          .grad(
              keep("input", "out_backprop"), (g, ddw) -> weights(g, ddw, DEPTH_REF, DEPTH_DATA_REF))
          .cpu(ConvCpu::depthwiseFilterGrad)
          .declare();

  static void load() {}
}
