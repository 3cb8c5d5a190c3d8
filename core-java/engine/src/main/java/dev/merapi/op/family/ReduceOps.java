package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.BOOLS;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.div;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.number;

import dev.merapi.kernel.cpu.ArgCpu;
import dev.merapi.kernel.cpu.ReduceCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.Infer;
import dev.merapi.op.Kernel;
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
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reductions: they fold axes. Neighbours: ScanOps (running results), SegmentOps (groups of rows).
public final class ReduceOps {
  private static final OpRef SUM_OP = OpRef.to("Sum");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef BROADCAST_TO = OpRef.to("BroadcastTo");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef CUMPROD = OpRef.to("Cumprod");
  private static final OpRef EQUAL = OpRef.to("Equal");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef STITCH = OpRef.to("DynamicStitch");
  private static final OpRef FLOOR_MOD = OpRef.to("FloorMod");
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef LIST_DIFF = OpRef.to("ListDiff");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef INVERT = OpRef.to("InvertPermutation");
  private static final OpRef CAST = OpRef.to("Cast");

  private static final Spec TWO_BY_THREE = Spec.of(DType.F32, 2, 3);

  private ReduceOps() {}

  /// Declares the family; all is done by the class's own start.
  public static void load() {}

  private static OpBuilder reduction(String name, Types range, String says, Kernel kernel) {
    return op(name)
        .says(says)
        .in("input", "T")
        .in("reduction_indices", "Tidx")
        .out("output", "T")
        .type("T", range)
        .type("Tidx", INDICES)
        .attr("keep_dims", false)
        .infer(folded("T"))
        .cpu(kernel)
        .cuda("reduce");
  }

  private static Infer folded(String type) {
    return c -> {
      Shape x = c.shape(0);
      DType d = c.type(type);
      boolean keepDims = c.attrs.b("keep_dims");
      if (!x.isRankKnown() || c.constant("reduction_indices") == null) {
        Shape unknown = Shape.UNKNOWN;
        if (x.isRankKnown() && keepDims) {
          int[] dims = new int[x.rank()];
          Arrays.fill(dims, Shape.UNKNOWN_SIZE);
          unknown = Shape.of(dims);
        }
        c.out(0, d, unknown);
      } else {
        c.out(0, d, Rules.without(x, Rules.axes(c, "reduction_indices", x), keepDims));
      }
    };
  }

  /// Returns the folded axes in ascending order, or null when they or the rank are not known yet.
  private static int @Nullable [] axes(Grad g) {
    Tensor known = Sizes.known(g.kept("reduction_indices"));
    Shape x = g.shapeOf("input");
    if (known == null || !x.isRankKnown()) {
      return null;
    }
    int rank = x.rank();
    int[] a = known.toIntArray();
    for (int i = 0; i < a.length; i++) {
      a[i] = a[i] < 0 ? a[i] + rank : a[i];
    }
    Arrays.sort(a);
    return a;
  }

  /// Returns a tensor of the output's shape with the folded axes put back as axes of size 1.
  private static Tensor unfold(Grad g, Tensor t) {
    int[] axes = axes(g);
    if (g.attrs().b("keep_dims")) {
      return t;
    }
    if (axes == null) {
      return RESHAPE.of(t, folded(g));
    }
    Shape s = Rules.without(g.shapeOf("input"), axes, true);
    if (s.equals(t.shape())) {
      return t;
    }
    if (s.isKnown()) {
      return RESHAPE.of(t, Values.ints(s.dims()));
    }
    Tensor u = t;
    for (int a : axes) {
      u = EXPAND.of(u, Values.scalar(a));
    }
    return u;
  }

  /// Returns the input's shape with the folded axes as 1, for axes that are not known yet.
  private static Tensor folded(Grad g) {
    Tensor axes = front(g);
    Tensor dims = g.dims("input");
    return STITCH.of(Sizes.upTo(Sizes.count(dims)), axes, dims, Sizes.filled(DType.I32, axes, 1));
  }

  private static Tensor front(Grad g) {
    Tensor axes = g.kept("reduction_indices");
    Tensor a = axes.dtype() == DType.I32 ? axes : CAST.with(CAST.attrs("DstT", DType.I32), axes);
    return FLOOR_MOD.of(a, Sizes.count(g.dims("input")));
  }

  private static Tensor stretch(Grad g, Tensor t) {
    Shape x = g.shapeOf("input");
    return x.isKnown() && t.shape().equals(x) ? t : BROADCAST_TO.of(t, g.dims("input"));
  }

  public static final OpDef SUM =
      reduction("Sum", NUMBERS, "Adds up the elements along axes.", ReduceCpu::sum)
          .formula("y = Σ x")
          .source("partial sums in lanes and blocks: Higham, Accuracy and Stability, §4.2")
          .grad(keep("reduction_indices"), (g, dy) -> g.to("input", stretch(g, unfold(g, dy))))
          .accurate(-1, -1)
          .mustFail("Sum: input must be", Spec.of(DType.BOOL, 2), Spec.of(DType.I32, 0))
          .api("reduce_sum", "math.reduce_sum")
          .declare();

  public static final OpDef MEAN =
      reduction(
              "Mean",
              NUMBERS,
              "Averages the elements along axes; of nothing it is nan.",
              ReduceCpu::mean)
          .formula("y = Σ x / n")
          .grad(
              keep("reduction_indices"),
              (g, dy) -> {
                g.to("input", stretch(g, div(unfold(g, dy), members(g, dy))));
              })
          .accurate(-1, -1)
          .mustFail("Mean: input must be", Spec.of(DType.BOOL, 2), Spec.of(DType.I32, 0))
          .api("reduce_mean", "math.reduce_mean")
          .differs(
              "float16_large", "TensorFlow's float16 sum overflows; ours is carried in float32")
          .declare();

  /// Returns how many elements were folded into one, as a scalar of the type of `like`.
  private static Tensor members(Grad g, Tensor like) {
    Shape x = g.shapeOf("input");
    int[] axes = axes(g);
    double n = axes == null ? -1 : 1;
    for (int i = 0; n >= 0 && i < axes.length; i++) {
      n = x.dim(axes[i]) < 0 ? -1 : n * x.dim(axes[i]);
    }
    return n >= 0
        ? number(like, n)
        : CAST.with(
            CAST.attrs("DstT", like.dtype()),
            Sizes.product(GATHER.of(g.dims("input"), list(g), Values.scalar(0))));
  }

  private static Tensor list(Grad g) {
    return RESHAPE.of(front(g), Values.ints(-1));
  }

  public static final OpDef PROD =
      reduction("Prod", NUMBERS, "Multiplies the elements along axes.", ReduceCpu::prod)
          .formula("y = Π x")
          .grad(keep("input", "reduction_indices"), ReduceOps::prodGradient)
          .accurate(-1, -1)
          .api("reduce_prod", "math.reduce_prod")
          .declare();

  /// The derivative at one element is the product of all others: of those before it and those after
  /// it, so that zeros need no division.
  private static void prodGradient(Grad g, Tensor dy) {
    Tensor x = g.kept("input");
    int[] folded = axes(g);
    if (folded == null || !x.shape().isKnown()) {
      openProdGradient(g, dy, x);
      return;
    }
    int rank = x.rank();
    boolean[] is = new boolean[rank];
    for (int a : folded) {
      is[a] = true;
    }
    int[] order = new int[rank];
    int[] back = new int[rank];
    int p = 0;
    int n = 1;
    for (int pass = 0; pass < 2; pass++) {
      for (int i = 0; i < rank; i++) {
        if (is[i] == (pass == 1)) {
          back[i] = p;
          order[p++] = i;
          n *= pass == 1 ? x.shape().dim(i) : 1;
        }
      }
    }
    if (x.size() == 0) {
      g.to("input", Values.filled(x.spec(), 0));
      return;
    }
    Tensor moved = TRANSPOSE.of(x, Values.ints(order));
    Tensor flat = RESHAPE.of(moved, Values.ints((int) (x.size() / n), n));
    Tensor others = RESHAPE.of(others(flat), Values.ints(moved.shape().dims()));
    g.to("input", mul(conj(TRANSPOSE.of(others, Values.ints(back))), unfold(g, dy)));
  }

  /// Does the same where axes or sizes are not known yet.
  private static void openProdGradient(Grad g, Tensor dy, Tensor x) {
    Tensor dims = Sizes.of(x);
    Tensor all = Sizes.upTo(Sizes.count(dims));
    Tensor left = LIST_DIFF.of(all, list(g));
    Tensor folded = LIST_DIFF.of(all, left);
    Tensor order = CONCAT.of(left, folded, Values.scalar(0));
    Tensor n = Sizes.product(GATHER.of(dims, folded, Values.scalar(0)));
    Tensor rows = Sizes.product(GATHER.of(dims, left, Values.scalar(0)));
    Tensor moved = TRANSPOSE.of(x, order);
    Tensor flat = RESHAPE.of(moved, Sizes.vector(rows, n));
    Tensor others = RESHAPE.of(others(flat), Sizes.of(moved));
    g.to("input", mul(conj(TRANSPOSE.of(others, INVERT.of(order))), unfold(g, dy)));
  }

  /// Returns for each element of a row the product of all others.
  private static Tensor others(Tensor flat) {
    Tensor axis = Values.scalar(1);
    Tensor before = CUMPROD.with(CUMPROD.attrs("exclusive", true), flat, axis);
    Tensor after = CUMPROD.with(CUMPROD.attrs("exclusive", true, "reverse", true), flat, axis);
    return mul(before, after);
  }

  public static final OpDef MAX =
      reduction(
              "Max",
              REALS,
              "Takes the greatest element along axes; a nan anywhere gives nan.",
              ReduceCpu::max)
          .formula("y = max x")
          .grad(keep("input", "reduction_indices", "output"), ReduceOps::extremeGradient)
          .api("reduce_max", "math.reduce_max")
          .declare();

  public static final OpDef MIN =
      reduction(
              "Min",
              REALS,
              "Takes the least element along axes; a nan anywhere gives nan.",
              ReduceCpu::min)
          .formula("y = min x")
          .grad(keep("input", "reduction_indices", "output"), ReduceOps::extremeGradient)
          .api("reduce_min", "math.reduce_min")
          .declare();

  /// Elements that share the extreme value share its gradient evenly.
  private static void extremeGradient(Grad g, Tensor dy) {
    Tensor x = g.kept("input");
    Tensor hit = CAST.with(CAST.attrs("DstT", x.dtype()), EQUAL.of(unfold(g, g.kept("output")), x));
    Tensor count = SUM_OP.with(SUM_OP.attrs("keep_dims", true), hit, g.kept("reduction_indices"));
    g.to("input", mul(div(hit, count), unfold(g, dy)));
  }

  public static final OpDef EUCLIDEAN_NORM =
      reduction(
              "EuclideanNorm",
              NUMBERS,
              "Takes the root of the sum of squares along axes.",
              ReduceCpu::norm)
          .formula("y = √(Σ |x|²)")
          .grad(
              keep("input", "reduction_indices", "output"),
              (g, dy) ->
                  g.to(
                      "input",
                      mul(g.kept("input"), unfold(g, div(realPart(dy), g.kept("output"))))))
          .accurate(-1, -1)
          .probe(0.5, 2)
          .api("math.reduce_euclidean_norm")
          .gradientDiffers(
              "complex.*",
              "a length is real: TensorFlow also lets the imaginary part of a gradient through")
          .declare();

  /// Returns a complex tensor without its imaginary part: a length is real, so only that part of a
  /// gradient counts.
  private static Tensor realPart(Tensor z) {
    return z.dtype().isComplex() ? mul(Grads.add(z, Grads.conj(z)), number(z, 0.5)) : z;
  }

  public static final OpDef L2_LOSS =
      op("L2Loss")
          .says("Halves the sum of all squares.")
          .formula("y = Σ x² / 2")
          .in("t", "T")
          .out("output", "T")
          .type("T", FLOATS)
          .infer(c -> c.out(0, c.dtype(0), Shape.SCALAR))
          .grad(keep("t"), (g, dy) -> g.to("t", mul(g.kept("t"), dy)))
          .cpu(ReduceCpu::l2Loss)
          .cuda("reduce")
          .accurate(-1, -1)
          .api("nn.l2_loss")
          .declare();

  private static OpDef truth(String name, String says, Kernel kernel, String... api) {
    return op(name)
        .says(says)
        .in("input", DType.BOOL)
        .in("reduction_indices", "Tidx")
        .out("output", DType.BOOL)
        .type("Tidx", INDICES)
        .attr("keep_dims", false)
        .infer(c -> {
          Shape x = c.shape(0);
          boolean known = x.isRankKnown() && c.constant("reduction_indices") != null;
          c.out(
              0,
              DType.BOOL,
              known
                  ? Rules.without(x, Rules.axes(c, "reduction_indices", x), c.attrs.b("keep_dims"))
                  : Shape.UNKNOWN);
        })
        .noGrad("truth values have no derivative")
        .cpu(kernel)
        .cuda("reduce")
        .mustFail(name + ": input must be bool", TWO_BY_THREE, Spec.of(DType.I32, 0))
        .api(api)
        .declare();
  }

  public static final OpDef ANY =
      truth(
          "Any",
          "Tells whether any element along axes is true.",
          ReduceCpu::max,
          "reduce_any",
          "math.reduce_any");

  public static final OpDef ALL =
      truth(
          "All",
          "Tells whether all elements along axes are true.",
          ReduceCpu::min,
          "reduce_all",
          "math.reduce_all");

  private static OpDef position(String name, String says, Kernel kernel, String... api) {
    return op(name)
        .says(says)
        .in("input", "T")
        .in("dimension", "Tidx")
        .out("output", "output_type")
        .type("T", REALS.and(BOOLS))
        .type("Tidx", INDICES.and(Types.of(DType.I16)))
        .type("output_type", INDICES.and(Types.of(DType.I16, DType.U16)), DType.I64)
        .infer(ReduceOps::without)
        .noGrad("positions are piecewise constant")
        .cpu(kernel)
        .cuda("reduce")
        .mustFail("Reduction axis 0 is empty", Spec.of(DType.F32, 0, 3), Spec.of(DType.I32))
        .mustFail(name + ": input must be", Spec.of(DType.C64, 2), Spec.of(DType.I32))
        .api(api)
        .declare();
  }

  private static void without(Call c) {
    Shape x = c.shape(0);
    DType d = c.type("output_type");
    int[] given = c.constant("dimension");
    if (!x.isRankKnown() || given == null) {
      c.out(0, d, Shape.UNKNOWN);
      return;
    }
    int r = x.rank();
    int a = given[0];
    if (a < -r || a >= r) {
      throw c.fault("Expected dimension in the range [" + -r + ", " + r + "), but got " + a)
          .expected(r == 0 ? "at least one axis" : "an axis from " + -r + " to " + (r - 1))
          .shapeError();
    }
    a = a < 0 ? a + r : a;
    Shape y = Rules.without(x, new int[] {a}, false);
    if (x.dim(a) == 0 && y.size() != 0) {
      throw c.fault("Reduction axis " + a + " is empty in shape " + x.brackets())
          .expected("at least one element to choose from")
          .shapeError();
    }
    c.out(0, d, y);
  }

  public static final OpDef ARG_MAX =
      position(
          "ArgMax",
          "Finds the position of the greatest element along an axis, of equals the first.",
          ArgCpu::max,
          "argmax",
          "math.argmax");

  public static final OpDef ARG_MIN =
      position(
          "ArgMin",
          "Finds the position of the least element along an axis, of equals the first.",
          ArgCpu::min,
          "argmin",
          "math.argmin");
}
