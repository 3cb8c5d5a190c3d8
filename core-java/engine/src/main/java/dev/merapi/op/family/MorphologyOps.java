package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.MorphologyCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.Window;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Map;

/// Morphology of grey images: maxima of windows to which a filter is added. Neighbours: PoolOps,
/// ConvOps.
public final class MorphologyOps {
  private static final OpRef INPUT_REF = OpRef.to("Dilation2DBackpropInput");
  private static final OpRef FILTER_REF = OpRef.to("Dilation2DBackpropFilter");

  private static final OpRef PATCHES = OpRef.to("ExtractImagePatches");
  private static final OpRef ONES = OpRef.to("OnesLike");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef ARG_MAX = OpRef.to("ArgMax");
  private static final OpRef ONE_HOT = OpRef.to("OneHot");
  private static final OpRef SUM = OpRef.to("Sum");

  private MorphologyOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder sliding(OpBuilder b) {
    return b.type("T", REALS)
        .attr("strides", AttrDef.Kind.INTS)
        .attr("rates", AttrDef.Kind.INTS)
        .attr("padding", AttrDef.Kind.STRING, "SAME", "VALID")
        .cuda("pool");
  }

  private static final Map<String, Object> PLAIN =
      Map.of("strides", new int[] {1, 1, 1, 1}, "rates", new int[] {1, 1, 1, 1}, "padding", "SAME");

  /// Returns the shape of the result, as far as it is known.
  private static Shape result(Call c) {
    Dims.exactly(c, "input", 4);
    Dims.exactly(c, "filter", 3);
    Shape x = c.shape("input").isRankKnown() ? c.shape("input") : Dims.unknown(4);
    Shape f = c.shape("filter").isRankKnown() ? c.shape("filter") : Dims.unknown(3);
    if (x.dim(3) >= 0 && f.dim(2) >= 0 && x.dim(3) != f.dim(2)) {
      throw c.fault("input and filter must have the same depth: " + x.dim(3) + " vs " + f.dim(2))
          .expected("a filter (height, width, channels) with the input's channels")
          .shapeError();
    }
    Window w = Window.sliding(c, x, f);
    return w.shape(w.out, x.dim(3));
  }

  private static Attrs same(OpRef other, Attrs a) {
    return other.attrs(
        "strides", a.ints("strides"), "rates", a.ints("rates"), "padding", a.s("padding"));
  }

  public static final OpDef DILATION =
      sliding(op("Dilation2D").in("input", "T").in("filter", "T").out("output", "T"))
          .says("Takes the greatest sum of a window's elements and a filter's, channel by channel.")
          .formula("y[b, i, j, c] = max over p, q of x[b, i·s + p·r − pad, …, c] + filter[p, q, c]")
          .source("Serra 1982, \"Image Analysis and Mathematical Morphology\"")
          .infer(c -> c.out(0, c.dtype(0), result(c)))
          .grad(
              keep("input", "filter"),
              (g, dy) -> {
                Tensor x = g.kept("input");
                Tensor f = g.kept("filter");
                if (g.needs("input")) {
                  g.to("input", INPUT_REF.with(same(INPUT_REF, g.attrs()), x, f, dy));
                }
                if (g.needs("filter")) {
                  g.to("filter", FILTER_REF.with(same(FILTER_REF, g.attrs()), x, f, dy));
                }
              })
          .cpu(MorphologyCpu::forward)
          .accurate(0.5, 0.5)
          .mustFail(
              "input and filter must have the same depth",
              PLAIN,
              Spec.of(DType.F32, 1, 4, 4, 2),
              Spec.of(DType.F32, 2, 2, 3))
          .declare();

  private static OpDef backward(String name, String out, boolean ofFilter) {
    return sliding(
            op(name).in("input", "T").in("filter", "T").in("out_backprop", "T").out(out, "T"))
        .says(
            "Sends the gradient of each maximum of Dilation2D to where it came from in the "
                + (ofFilter ? "filter." : "input."))
        .infer(c -> {
          Shape y = result(c);
          if (!y.accepts(c.shape("out_backprop"))) {
            throw c.fault(
                    "out_backprop has shape " + c.shape("out_backprop") + " but must have " + y)
                .expected("the shape of Dilation2D's result")
                .shapeError();
          }
          c.out(0, c.in(ofFilter ? 1 : 0).spec());
        })
        .grad(keep("input", "filter"), (g, dd) -> again(g, dd, ofFilter))
        .cpu(ofFilter ? MorphologyCpu::toFilter : MorphologyCpu::toInput)
        .accurate(-1, -1)
        .mustFail(
            "out_backprop has shape (1, 2, 2, 2)",
            PLAIN,
            Spec.of(DType.F32, 1, 4, 4, 2),
            Spec.of(DType.F32, 2, 2, 2),
            Spec.of(DType.F32, 1, 2, 2, 2))
        .declare();
  }

  /// What went to the places of the maxima is read from there again: all windows side by side, and
  /// a mark at the greatest sum of each.
  private static void again(Grad g, Tensor dd, boolean ofFilter) {
    Tensor x = g.kept("input");
    Tensor f = g.kept("filter");
    Shape size = f.shape();
    Tensor taps = RESHAPE.of(f, Values.ints(-1, size.dim(2)));
    Tensor inside = windows(g, ONES.of(x), size);
    Tensor least = Grads.number(x, Double.NEGATIVE_INFINITY);
    Tensor sums = ADD.of(windows(g, x, size), taps);
    Tensor seen = Grads.select(GREATER.of(inside, Grads.zeros(x)), sums, least);
    Tensor first = ARG_MAX.of(seen, Values.scalar(3));
    Tensor count = Values.scalar(size.dim(0) * size.dim(1));
    Tensor mark =
        ONE_HOT.with(ONE_HOT.attrs("axis", 3), first, count, Grads.number(x, 1), Grads.zeros(x));
    Tensor from = ofFilter ? RESHAPE.of(dd, Values.ints(-1, size.dim(2))) : windows(g, dd, size);
    g.to("out_backprop", SUM.of(Grads.mul(mark, from), Values.ints(3)));
  }

  /// Returns windows of images, one axis for the places in a window and one for the channels.
  private static Tensor windows(Grad g, Tensor x, Shape size) {
    int[] ksizes = {1, size.dim(0), size.dim(1), 1};
    Attrs a = g.attrs();
    Tensor p =
        PATCHES.with(
            PATCHES.attrs(
                "ksizes",
                ksizes,
                "strides",
                a.ints("strides"),
                "rates",
                a.ints("rates"),
                "padding",
                a.s("padding")),
            x);
    Shape s = p.shape();
    int places = size.dim(0) * size.dim(1);
    return RESHAPE.of(p, Values.ints(-1, s.dim(1), s.dim(2), places, size.dim(2)));
  }

  public static final OpDef DILATION_INPUT =
      backward("Dilation2DBackpropInput", "in_backprop", false);

  public static final OpDef DILATION_FILTER =
      backward("Dilation2DBackpropFilter", "filter_backprop", true);
}
