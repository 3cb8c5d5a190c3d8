package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.PoolCpu;
import dev.merapi.op.AttrDef.Kind;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.Infer;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.op.Window;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Pooling: the maximum or the mean of windows, and the gradients. Neighbours: ConvOps (windows
/// with weights).
///
/// Padding takes no part in a window. The gradient of a maximum goes to its first occurrence.
public final class PoolOps {
  private static final OpRef ZEROS = OpRef.to("ZerosLike");

  private static final Map<String, Object> HALVE =
      Map.of(
          "ksize", new int[] {1, 2, 2, 1}, "strides", new int[] {1, 2, 2, 1}, "padding", "VALID");

  private PoolOps() {}

  /// Adds the attributes of a pooling over `n` axes; those with explicit padding have it in the
  /// flat case.
  private static OpBuilder pool(OpBuilder b, int n, boolean sizes, boolean explicit) {
    if (sizes) {
      b.attr("ksize", Kind.INTS).attr("strides", Kind.INTS);
    }
    if (explicit) {
      b.attr("padding", Kind.STRING, "SAME", "VALID", "EXPLICIT")
          .attr("explicit_paddings", new int[0]);
    } else {
      b.attr("padding", Kind.STRING, "SAME", "VALID");
    }
    if (n == 2) {
      b.attr("data_format", "NHWC", "NHWC", "NCHW");
    } else {
      b.attr("data_format", "NDHWC", "NDHWC", "NCDHW");
    }
    return b.cuda("pool");
  }

  /// Returns the shape of the result, or null while sizes are unknown.
  private static Shape result(Call c, int n, Shape x) {
    if (!x.isRankKnown()) {
      return Shape.UNKNOWN;
    }
    if (x.rank() != n + 2) {
      throw c.fault("tensor_in_shape must have " + n + " spatial dimensions. " + x.rank() + " 0")
          .expected(
              n == 2
                  ? "(batch, height, width, channels)"
                  : "(batch, depth, height, width, channels)")
          .fix("add missing axes with tf.expandDims")
          .shapeError();
    }
    if (!c.op.hasAttr("ksize") && (c.constant("ksize") == null || c.constant("strides") == null)) {
      int[] unknown = new int[n + 2];
      Arrays.fill(unknown, Shape.UNKNOWN_SIZE);
      return Shape.ofOwned(unknown);
    }
    Window w = Window.pooling(c, x, PoolCpu.ksize(c), PoolCpu.strides(c));
    for (int i = 0; i < n; i++) {
      if (w.before[i] >= w.size[i] || explicitAfter(c, w, i) >= w.size[i]) {
        throw c.fault(
                "padding must be smaller than the window: " + w.before[i] + " of " + w.size[i])
            .expected("windows that meet at least one element")
            .attrError();
      }
    }
    return w.shape(w.out, w.channels);
  }

  private static int explicitAfter(Call c, Window w, int i) {
    if (!c.attrs.s("padding").equals("EXPLICIT")) {
      return 0;
    }
    return c.attrs.ints("explicit_paddings")[2 * (i + (w.channelsFirst ? 2 : 1)) + 1];
  }

  private static Infer forward(int n) {
    return c -> c.out(0, c.dtype(0), result(c, n, c.shape(0)));
  }

  /// The result is like the first input, the last of three inputs like the pooled one.
  private static Infer maxGrad(int n) {
    return c -> {
      arrives(c, n, c.shape(0), 2);
      c.out(0, c.dtype(2), c.shape(0));
    };
  }

  private static Infer maxGradGrad(int n) {
    return c -> {
      Shape y = result(c, n, c.shape(0));
      if (!c.shape(0).accepts(c.shape(2)) && c.shape(2).isKnown()) {
        throw c.fault(
                "Expected grad shape to be "
                    + c.shape(0).brackets()
                    + ", but got "
                    + c.shape(2).brackets())
            .expected("a gradient like the input")
            .shapeError();
      }
      c.out(0, c.dtype(2), y);
    };
  }

  private static Infer meanGrad(int n) {
    return c -> {
      int[] sizes = c.constant(0);
      if (sizes == null) {
        int[] unknown = new int[n + 2];
        Arrays.fill(unknown, Shape.UNKNOWN_SIZE);
        c.out(0, c.dtype(1), Shape.ofOwned(unknown));
        return;
      }
      if (sizes.length != n + 2) {
        throw c.fault(
                "out_backprop must be "
                    + (n + 2)
                    + "-dimensional: orig_input_shape has "
                    + sizes.length
                    + " sizes")
            .expected("the shape of the pooled input")
            .shapeError();
      }
      if (sizes[0] == Shape.UNKNOWN_SIZE && c.shape(1).isRankKnown()) {
        // The gradient of a call with an open batch: as many entries as the gradient has.
        sizes = sizes.clone();
        sizes[0] = c.shape(1).dim(0);
      }
      Shape x = Shape.of(sizes);
      arrives(c, n, x, 1);
      c.out(0, c.dtype(1), x);
    };
  }

  private static void arrives(Call c, int n, Shape x, int grad) {
    Shape y = result(c, n, x);
    if (!y.accepts(c.shape(grad)) && c.shape(grad).isKnown()) {
      throw c.fault(
              "Expected grad shape to be " + y.brackets() + ", but got " + c.shape(grad).brackets())
          .expected("a gradient of shape " + y)
          .shapeError();
    }
  }

  /// Copies the attributes of a call for another pooling.
  private static Attrs same(Grad g, OpRef other) {
    Attrs a = g.attrs();
    boolean explicit = a.s("padding").equals("EXPLICIT");
    List<Object> all =
        new ArrayList<>(List.of("padding", a.s("padding"), "data_format", a.s("data_format")));
    if (other.get().hasAttr("ksize")) {
      all.addAll(List.of("ksize", a.ints("ksize"), "strides", a.ints("strides")));
    }
    if (explicit) {
      all.addAll(List.of("explicit_paddings", a.ints("explicit_paddings")));
    }
    return other.attrs(all.toArray());
  }

  private static void zeros(Grad g, String... inputs) {
    for (String i : inputs) {
      if (g.needs(i)) {
        g.to(i, ZEROS.of(g.kept(i)));
      }
    }
  }

  /// The gradient of `MaxPool…Grad(orig_input, orig_output, grad)`: linear in grad, else piecewise
  /// constant.
  private static void maxGradGradient(Grad g, Tensor dd, OpRef other) {
    if (g.needs("grad")) {
      g.to("grad", other.with(same(g, other), g.kept("orig_input"), g.kept("orig_output"), dd));
    }
    zeros(g, "orig_input", "orig_output");
  }

  private static void maxGradient(Grad g, Tensor dy, OpRef grad) {
    g.to("input", grad.with(same(g, grad), g.kept("input"), g.kept("output"), dy));
  }

  private static void meanGradient(Grad g, Tensor dy, OpRef grad) {
    g.to("value", grad.with(same(g, grad), g.dims("value"), dy));
  }

  private static OpBuilder max(String name, int n, boolean sizes, boolean explicit) {
    return pool(op(name).in("input", "T").out("output", "T"), n, sizes, explicit)
        .says("Takes the maximum of each window, channel by channel.")
        .infer(forward(n))
        .cpu(PoolCpu::max)
        .probe(-1, 1);
  }

  private static OpBuilder maxGrad(String name, int n, boolean explicit) {
    return pool(
            op(name)
                .in("orig_input", "T")
                .in("orig_output", "T")
                .in("grad", "T")
                .out("output", "T"),
            n,
            true,
            explicit)
        .type("T", REALS)
        .says("Sends gradients to where the maxima came from.")
        .infer(maxGrad(n))
        .cpu(PoolCpu::maxGrad)
        .accurate(-1, -1);
  }

  private static OpBuilder maxGradGrad(String name, int n, boolean explicit) {
    return pool(
            op(name)
                .in("orig_input", "T")
                .in("orig_output", "T")
                .in("grad", "T")
                .out("output", "T"),
            n,
            true,
            explicit)
        .type("T", REALS)
        .says("Takes the elements of grad where the maxima of orig_input are.")
        .infer(maxGradGrad(n))
        .cpu(PoolCpu::maxGradGrad);
  }

  private static OpBuilder mean(String name, int n) {
    return pool(op(name).in("value", "T").out("output", "T"), n, true, false)
        .type("T", FLOATS)
        .says("Takes the mean of each window, channel by channel.")
        .infer(forward(n))
        .cpu(PoolCpu::mean)
        .accurate(-1, -1);
  }

  private static OpBuilder meanGrad(String name, int n) {
    return pool(
            op(name).in("orig_input_shape", DType.I32).in("grad", "T").out("output", "T"),
            n,
            true,
            false)
        .type("T", FLOATS)
        .says("Spreads gradients evenly over the windows.")
        .infer(meanGrad(n))
        .cpu(PoolCpu::meanGrad)
        .accurate(-1, -1);
  }

  public static final OpDef MAX_POOL =
      max("MaxPool", 2, true, true)
          .type("T", REALS)
          .grad(keep("input", "output"), (g, dy) -> maxGradient(g, dy, OpRef.to("MaxPoolGrad")))
          .differs(
              "special",
              "the maximum of a window of -inf is -inf, and a NaN is passed on; TensorFlow starts"
                  + " from the lowest finite number and drops NaN")
          .mustFail(
              "tensor_in_shape must have 2 spatial dimensions. 3 0",
              HALVE,
              Spec.of(DType.F32, 2, 2, 1))
          .declare();

  public static final OpDef MAX_POOL_GRAD =
      maxGrad("MaxPoolGrad", 2, true)
          .grad(
              keep("orig_input", "orig_output"),
              (g, dd) -> maxGradGradient(g, dd, OpRef.to("MaxPoolGradGrad")))
          .declare();

  public static final OpDef MAX_POOL_GRAD_GRAD =
      maxGradGrad("MaxPoolGradGrad", 2, true)
          .grad(
              keep("orig_input", "orig_output"),
              (g, dd) -> maxGradGradient(g, dd, OpRef.to("MaxPoolGrad")))
          .declare();

  public static final OpDef MAX_POOL_3D =
      max("MaxPool3D", 3, true, false)
          .type("T", FLOATS)
          .grad(keep("input", "output"), (g, dy) -> maxGradient(g, dy, OpRef.to("MaxPool3DGrad")))
          .declare();

  public static final OpDef MAX_POOL_3D_GRAD =
      maxGrad("MaxPool3DGrad", 3, false)
          .grad(
              keep("orig_input", "orig_output"),
              (g, dd) -> maxGradGradient(g, dd, OpRef.to("MaxPool3DGradGrad")))
          .declare();

  public static final OpDef MAX_POOL_3D_GRAD_GRAD =
      maxGradGrad("MaxPool3DGradGrad", 3, false)
          .grad(
              keep("orig_input", "orig_output"),
              (g, dd) -> maxGradGradient(g, dd, OpRef.to("MaxPool3DGrad")))
          .declare();

  public static final OpDef AVG_POOL =
      mean("AvgPool", 2)
          .grad(keep(), (g, dy) -> meanGradient(g, dy, OpRef.to("AvgPoolGrad")))
          .declare();

  public static final OpDef AVG_POOL_GRAD =
      meanGrad("AvgPoolGrad", 2)
          .grad(
              keep(),
              (g, dd) -> {
                OpRef pool = OpRef.to("AvgPool");
                g.to("grad", pool.with(same(g, pool), dd));
              })
          .declare();

  public static final OpDef AVG_POOL_3D =
      mean("AvgPool3D", 3)
          .grad(keep(), (g, dy) -> meanGradient(g, dy, OpRef.to("AvgPool3DGrad")))
          .declare();

  public static final OpDef AVG_POOL_3D_GRAD =
      meanGrad("AvgPool3DGrad", 3)
          .grad(
              keep(),
              (g, dd) -> {
                OpRef pool = OpRef.to("AvgPool3D");
                g.to("grad", pool.with(same(g, pool), dd));
              })
          .declare();

  public static final OpDef MAX_POOL_V2 =
      pool(
              op("MaxPoolV2")
                  .in("input", "T")
                  .in("ksize", DType.I32)
                  .in("strides", DType.I32)
                  .out("output", "T"),
              2,
              false,
              false)
          .type("T", REALS)
          .says("Takes the maximum of each window, whose size is an input.")
          .infer(forward(2))
          .cpu(PoolCpu::max)
          .grad(
              keep("input", "output", "ksize", "strides"),
              (g, dy) -> {
                OpRef grad = OpRef.to("MaxPoolGradV2");
                g.to(
                    "input",
                    grad.with(
                        same(g, grad),
                        g.kept("input"),
                        g.kept("output"),
                        dy,
                        g.kept("ksize"),
                        g.kept("strides")));
              })
          .declare();

  private static OpBuilder sized(String name) {
    return pool(
            op(name)
                .in("orig_input", "T")
                .in("orig_output", "T")
                .in("grad", "T")
                .in("ksize", DType.I32)
                .in("strides", DType.I32)
                .out("output", "T"),
            2,
            false,
            false)
        .type("T", REALS);
  }

  private static void sizedGradient(Grad g, Tensor dd, OpRef other) {
    if (g.needs("grad")) {
      Tensor x = g.kept("orig_input");
      Tensor y = g.kept("orig_output");
      g.to("grad", other.with(same(g, other), x, y, dd, g.kept("ksize"), g.kept("strides")));
    }
    zeros(g, "orig_input", "orig_output");
  }

  public static final OpDef MAX_POOL_GRAD_V2 =
      sized("MaxPoolGradV2")
          .says("Sends gradients to where the maxima came from; the window's size is an input.")
          .infer(maxGrad(2))
          .cpu(PoolCpu::maxGrad)
          .accurate(-1, -1)
          .grad(
              keep("orig_input", "orig_output", "ksize", "strides"),
              (g, dd) -> sizedGradient(g, dd, OpRef.to("MaxPoolGradGradV2")))
          .declare();

  public static final OpDef MAX_POOL_GRAD_GRAD_V2 =
      sized("MaxPoolGradGradV2")
          .says(
              "Takes the elements of grad where the maxima of orig_input are; the window's size is"
                  + " an input.")
          .infer(maxGradGrad(2))
          .cpu(PoolCpu::maxGradGrad)
          .grad(
              keep("orig_input", "orig_output", "ksize", "strides"),
              (g, dd) -> sizedGradient(g, dd, OpRef.to("MaxPoolGradV2")))
          .declare();

  /// Adds what poolings with positions share.
  private static OpBuilder positions(OpBuilder b) {
    return b.attr("ksize", Kind.INTS)
        .attr("strides", Kind.INTS)
        .attr("padding", Kind.STRING, "SAME", "VALID")
        .attr("include_batch_in_index", false)
        .type("T", REALS)
        .cuda("pool");
  }

  private static Tensor at(Grad g, String op, Tensor x, Tensor dy, Tensor argmax) {
    Attrs a = g.attrs();
    OpRef other = OpRef.to(op);
    Attrs b =
        other.attrs(
            "ksize", a.ints("ksize"),
            "strides", a.ints("strides"),
            "padding", a.s("padding"),
            "include_batch_in_index", a.b("include_batch_in_index"));
    return other.with(b, x, dy, argmax);
  }

  public static final OpDef MAX_POOL_WITH_ARGMAX =
      positions(
              op("MaxPoolWithArgmax").in("input", "T").out("output", "T").out("argmax", "Targmax"))
          .type("Targmax", Types.INDICES, DType.I64)
          .says(
              "Takes the maximum of each window and says where it was: (row·width +"
                  + " column)·channels + channel.")
          .infer(c -> {
            Shape y = result(c, 2, c.shape(0));
            c.out(0, c.dtype(0), y);
            c.out(1, c.type("Targmax"), y);
          })
          .cpu(PoolCpu::maxWithPositions)
          .grad(
              keep("input", "argmax"),
              (g, dy) ->
                  g.to(
                      "input",
                      at(g, "MaxPoolGradWithArgmax", g.kept("input"), dy, g.kept("argmax"))))
          .api("nn.maxPoolWithArgmax")
          .declare();

  private static void positionsGradient(Grad g, Tensor dd, String other) {
    if (g.needs("grad")) {
      g.to("grad", at(g, other, g.kept("input"), dd, g.kept("argmax")));
    }
    zeros(g, "input");
  }

  public static final OpDef MAX_POOL_GRAD_WITH_ARGMAX =
      positions(
              op("MaxPoolGradWithArgmax")
                  .in("input", "T")
                  .in("grad", "T")
                  .in("argmax", "Targmax")
                  .out("output", "T"))
          .type("Targmax", Types.INDICES)
          .says("Sends gradients to the given positions of maxima.")
          .infer(c -> c.out(0, c.in(0).spec()))
          .cpu(PoolCpu::scatter)
          .accurate(-1, -1)
          .grad(
              keep("input", "argmax"),
              (g, dd) -> positionsGradient(g, dd, "MaxPoolGradGradWithArgmax"))
          .declare();

  public static final OpDef MAX_POOL_GRAD_GRAD_WITH_ARGMAX =
      positions(
              op("MaxPoolGradGradWithArgmax")
                  .in("input", "T")
                  .in("grad", "T")
                  .in("argmax", "Targmax")
                  .out("output", "T"))
          .type("Targmax", Types.INDICES)
          .says("Takes the elements of grad at the given positions of maxima.")
          .infer(c -> c.out(0, c.dtype(0), c.shape(2)))
          .cpu(PoolCpu::take)
          .grad(
              keep("input", "argmax"), (g, dd) -> positionsGradient(g, dd, "MaxPoolGradWithArgmax"))
          .declare();

  static void load() {}
}
