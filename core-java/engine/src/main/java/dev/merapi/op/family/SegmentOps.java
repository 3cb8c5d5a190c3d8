package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.NUMBERS;
import static dev.merapi.op.Types.REALS;
import static dev.merapi.op.family.Grads.conj;
import static dev.merapi.op.family.Grads.div;
import static dev.merapi.op.family.Grads.mul;
import static dev.merapi.op.family.Grads.number;
import static dev.merapi.op.family.Grads.select;
import static dev.merapi.op.family.Grads.zeros;

import dev.merapi.kernel.cpu.AddNCpu;
import dev.merapi.kernel.cpu.CountCpu;
import dev.merapi.kernel.cpu.Fold;
import dev.merapi.kernel.cpu.SegmentCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.Gradient;
import dev.merapi.op.Infer;
import dev.merapi.op.Kernel;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;

/// Folds of groups: rows by ids, numbers by value, tensors of a list. Neighbour: ReduceOps (whole
/// axes).
public final class SegmentOps {
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef SEGMENT_SUM_OP = OpRef.to("SegmentSum");
  private static final OpRef UNSORTED_SUM = OpRef.to("UnsortedSegmentSum");
  private static final OpRef UNSORTED_PROD = OpRef.to("UnsortedSegmentProd");
  private static final OpRef EQUAL = OpRef.to("Equal");
  private static final OpRef GREATER = OpRef.to("Greater");
  private static final OpRef GREATER_EQUAL = OpRef.to("GreaterEqual");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef AND = OpRef.to("LogicalAnd");
  private static final OpRef CAST = OpRef.to("Cast");

  private SegmentOps() {}

  /// Declares the family; all is done by the class's own start.
  public static void load() {}

  private static OpBuilder sorted(
      String name, Types range, String says, Kernel kernel, Gradient gradient) {
    boolean mean = name.equals("SegmentMean");
    return op(name)
        .says(says + " of rows whose ids, in ascending order, are equal.")
        .in("data", "T")
        .in("segment_ids", "Tindices")
        .out("output", "T")
        .type("T", range)
        .type("Tindices", INDICES)
        .infer(SegmentOps::inferSorted)
        .grad(
            mean
                ? keep("segment_ids")
                : name.equals("SegmentSum")
                    ? keep("segment_ids")
                    : keep("data", "segment_ids", "output"),
            gradient)
        .cpu(kernel)
        .cuda("segment")
        .accurate(-1, -1)
        .mustFail(
            "segment_ids should be the same size as dimension 0 of input",
            Spec.of(DType.F32, 3),
            Spec.of(DType.I32, 2))
        .api("math." + snake(name));
  }

  private static String snake(String name) {
    return name.replaceAll("(?<!^)([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
  }

  private static void inferSorted(Call c) {
    Shape x = c.shape(0);
    Shape ids = c.shape(1);
    if (!x.isRankKnown()) {
      c.out(0, c.dtype(0), Shape.UNKNOWN);
      return;
    }
    boolean fits = !ids.isRankKnown() || ids.rank() == 1;
    if (x.rank() == 0
        || !fits
        || ids.isRankKnown() && x.dim(0) >= 0 && ids.dim(0) >= 0 && x.dim(0) != ids.dim(0)) {
      throw c.fault("segment_ids should be the same size as dimension 0 of input.")
          .expected("one id for each row of data")
          .shapeError();
    }
    c.out(0, c.dtype(0), x.with(0, Shape.UNKNOWN_SIZE));
  }

  private static Tensor rows(Tensor x, Tensor ids) {
    return GATHER.of(x, ids, Values.scalar(0));
  }

  /// Returns how many rows each group has, at least 1, shaped to divide rows.
  private static Tensor counts(Tensor dy, Tensor ids) {
    Tensor ones = Sizes.filled(dy.dtype().real(), ids, 1);
    Tensor sums = SEGMENT_SUM_OP.of(ones, ids);
    Tensor n = CAST.with(CAST.attrs("DstT", dy.dtype()), MAXIMUM.of(sums, number(sums, 1)));
    return Sizes.behind(n, dy.rank() - 1);
  }

  /// Rows that share the extreme value share its gradient evenly.
  private static void sortedExtreme(Grad g, Tensor dy) {
    Tensor ids = g.kept("segment_ids");
    Tensor hit = EQUAL.of(g.kept("data"), rows(g.kept("output"), ids));
    Tensor one = CAST.with(CAST.attrs("DstT", dy.dtype()), hit);
    Tensor shares = MAXIMUM.of(SEGMENT_SUM_OP.of(one, ids), number(dy, 1));
    g.to("data", select(hit, rows(div(dy, shares), ids), zeros(dy)));
  }

  public static final OpDef SEGMENT_SUM =
      sorted(
              "SegmentSum",
              NUMBERS,
              "Adds up groups",
              c -> SegmentCpu.sorted(c, Fold.SUM, false),
              (g, dy) -> g.to("data", rows(dy, g.kept("segment_ids"))))
          .declare();

  public static final OpDef SEGMENT_MEAN =
      sorted(
              "SegmentMean",
              NUMBERS,
              "Averages groups",
              c -> SegmentCpu.sorted(c, Fold.SUM, true),
              (g, dy) -> {
                Tensor ids = g.kept("segment_ids");
                g.to("data", rows(div(dy, counts(dy, ids)), ids));
              })
          .declare();

  public static final OpDef SEGMENT_MAX =
      sorted(
              "SegmentMax",
              REALS,
              "Takes the greatest elements of groups",
              c -> SegmentCpu.sorted(c, Fold.MAX, false),
              SegmentOps::sortedExtreme)
          .declare();

  public static final OpDef SEGMENT_MIN =
      sorted(
              "SegmentMin",
              REALS,
              "Takes the least elements of groups",
              c -> SegmentCpu.sorted(c, Fold.MIN, false),
              SegmentOps::sortedExtreme)
          .declare();

  public static final OpDef SEGMENT_PROD =
      sorted(
              "SegmentProd",
              NUMBERS,
              "Multiplies groups",
              c -> SegmentCpu.sorted(c, Fold.PROD, false),
              (g, dy) -> g.to("data", productGradient(g, dy, Sizes.axis(dy, 0))))
          .probe(0.5, 2)
          .gradientDiffers(
              "complex.*",
              "TensorFlow leaves out the conjugate in the gradient of complex numbers; differences"
                  + " agree with ours")
          .declare();

  private static OpBuilder unsorted(String name, Types range, String says, Fold f) {
    return op(name)
        .says(says + " of rows whose ids are equal; rows with negative ids are left out.")
        .in("data", "T")
        .in("segment_ids", "Tindices")
        .in("num_segments", "Tnumsegments")
        .out("output", "T")
        .type("T", range)
        .type("Tindices", INDICES.and(Types.of(DType.I16)))
        .type("Tnumsegments", INDICES)
        .infer(SegmentOps::inferUnsorted)
        .cpu(c -> SegmentCpu.unsorted(c, f))
        .cuda("segment")
        .accurate(-1, -1)
        .mustFail(
            "data.shape = [3] does not start with segment_ids.shape = [2]",
            Spec.of(DType.F32, 3),
            Spec.of(DType.I32, 2),
            Spec.of(DType.I32))
        .api("math." + snake(name));
  }

  private static void inferUnsorted(Call c) {
    Shape x = c.shape(0);
    Shape ids = c.shape(1);
    int[] n = c.constant("num_segments");
    if (!x.isRankKnown() || !ids.isRankKnown()) {
      c.out(0, c.dtype(0), Shape.UNKNOWN);
      return;
    }
    boolean starts = ids.rank() <= x.rank();
    for (int i = 0; starts && i < ids.rank(); i++) {
      starts = x.dim(i) < 0 || ids.dim(i) < 0 || x.dim(i) == ids.dim(i);
    }
    if (!starts) {
      throw c.fault(
              "data.shape = "
                  + x.brackets()
                  + " does not start with segment_ids.shape = "
                  + ids.brackets())
          .expected("one id for each row of data")
          .shapeError();
    }
    if (n != null && (n.length != 1 || n[0] < 0)) {
      throw c.fault("num_segments must be one number of 0 or more, got " + Arrays.toString(n))
          .expected("the number of groups")
          .valueError();
    }
    int[] dims = new int[x.rank() - ids.rank() + 1];
    dims[0] = n == null ? Shape.UNKNOWN_SIZE : n[0];
    for (int i = 1; i < dims.length; i++) {
      dims[i] = x.dim(ids.rank() + i - 1);
    }
    c.out(0, c.dtype(0), Shape.ofOwned(dims));
  }

  /// Returns the rows that ids name; of negative ids, which name none, the first.
  private static Tensor some(Tensor x, Tensor ids) {
    return rows(x, MAXIMUM.of(ids, zeros(ids)));
  }

  /// Tells of each element of the data whether its id names a group, in a shape that broadcasts
  /// over rows.
  private static Tensor named(Tensor ids, int rank) {
    return Sizes.behind(GREATER_EQUAL.of(ids, zeros(ids)), rank - ids.rank());
  }

  /// 16-bit ids go into arithmetic as int32.
  private static Tensor ids(Grad g) {
    Tensor ids = g.kept("segment_ids");
    return ids.dtype() == DType.I16 ? CAST.with(CAST.attrs("DstT", DType.I32), ids) : ids;
  }

  private static void unsortedExtreme(Grad g, Tensor dy) {
    Tensor x = g.kept("data");
    Tensor ids = ids(g);
    Tensor hit = AND.of(EQUAL.of(x, some(g.kept("output"), ids)), named(ids, x.rank()));
    Tensor one = CAST.with(CAST.attrs("DstT", dy.dtype()), hit);
    Tensor shares = MAXIMUM.of(UNSORTED_SUM.of(one, ids, Sizes.axis(dy, 0)), number(dy, 1));
    g.to("data", select(hit, some(div(dy, shares), ids), zeros(dy)));
  }

  public static final OpDef UNSORTED_SEGMENT_SUM =
      unsorted("UnsortedSegmentSum", NUMBERS, "Adds up groups", Fold.SUM)
          .grad(
              keep("segment_ids"),
              (g, dy) -> {
                Tensor ids = ids(g);
                g.to(
                    "data", select(named(ids, g.shapeOf("data").rank()), some(dy, ids), zeros(dy)));
              })
          .declare();

  public static final OpDef UNSORTED_SEGMENT_MAX =
      unsorted("UnsortedSegmentMax", REALS, "Takes the greatest elements of groups", Fold.MAX)
          .grad(keep("data", "segment_ids", "output"), SegmentOps::unsortedExtreme)
          .declare();

  public static final OpDef UNSORTED_SEGMENT_MIN =
      unsorted("UnsortedSegmentMin", REALS, "Takes the least elements of groups", Fold.MIN)
          .grad(keep("data", "segment_ids", "output"), SegmentOps::unsortedExtreme)
          .declare();

  public static final OpDef UNSORTED_SEGMENT_PROD =
      unsorted("UnsortedSegmentProd", NUMBERS, "Multiplies groups", Fold.PROD)
          .probe(0.5, 2)
          .grad(
              keep("data", "segment_ids", "output"),
              (g, dy) -> g.to("data", productGradient(g, dy, Sizes.axis(dy, 0))))
          .gradientDiffers(
              "complex.*",
              "TensorFlow leaves out the conjugate in the gradient of complex numbers; differences"
                  + " agree with ours")
          .declare();

  /// The derivative at one element is the product of its group's others: the whole product over it,
  /// but where the element is zero, the product of those that are not, unless there is a second
  /// zero.
  private static Tensor productGradient(Grad g, Tensor dy, Tensor n) {
    Tensor x = g.kept("data");
    Tensor ids = ids(g);
    Tensor zero = EQUAL.of(x, zeros(x));
    DType real = dy.dtype().real();
    Tensor many = UNSORTED_SUM.of(CAST.with(CAST.attrs("DstT", real), zero), ids, n);
    Tensor lives = GREATER.of(number(many, 1.5), many);
    Tensor one = number(x, 1);
    // Both products are of numbers that are not zero; an element's own zero is what the first
    // leaves out.
    Tensor others = some(UNSORTED_PROD.of(select(zero, one, x), ids, n), ids);
    Tensor noZero = GREATER.of(number(many, 0.5), many);
    Tensor whole = div(others, select(zero, one, x));
    Tensor here = select(zero, some(lives, ids), some(noZero, ids));
    Tensor slope = conj(select(here, whole, zeros(x)));
    Tensor d = mul(some(dy, ids), slope);
    return select(named(ids, x.rank()), d, zeros(d));
  }

  private static Infer bins(boolean rows) {
    return c -> {
      int[] size = c.constant("size");
      if (size != null && (size.length != 1 || size[0] < 0)) {
        throw c.fault("size must be one number of 0 or more, got " + Arrays.toString(size))
            .expected("the number of bins")
            .valueError();
      }
      Shape x = c.shape(0);
      Shape w = c.shape(2);
      if (w.isKnown() && x.isKnown() && w.size() != 0 && !w.equals(x)) {
        throw c.fault(
                "`weights` must be the same shape as `"
                    + (rows ? "input" : "arr")
                    + "` or a length-0 `Tensor`")
            .expected("a weight for each number, or none at all")
            .shapeError();
      }
      int n = size == null ? Shape.UNKNOWN_SIZE : size[0];
      if (rows && x.isRankKnown() && x.rank() > 2) {
        throw c.fault("Shape must be at most rank 2 but is rank " + x.rank())
            .expected("a vector or a matrix")
            .shapeError();
      }
      Shape y = Shape.of(n);
      if (rows) {
        y = !x.isRankKnown() ? Shape.UNKNOWN : x.rank() == 2 ? Shape.of(x.dim(0), n) : y;
      }
      c.out(0, c.dtype(2), y);
    };
  }

  private static final Types WEIGHTS = Types.of(DType.I32, DType.I64, DType.F32, DType.F64);

  public static final OpDef BINCOUNT =
      op("Bincount")
          .says("Counts how often each whole number occurs, or adds up weights.")
          .in("arr", DType.I32)
          .in("size", DType.I32)
          .in("weights", "T")
          .out("bins", "T")
          .type("T", WEIGHTS)
          .infer(bins(false))
          .noGrad(
              "counts do not change when numbers do; TensorFlow gives none to the weights either")
          .cpu(c -> CountCpu.run(c, false))
          .cuda("segment")
          .accurate(-1, -1)
          .declare();

  public static final OpDef DENSE_BINCOUNT =
      op("DenseBincount")
          .says(
              "Counts how often each whole number occurs in a vector or in each row of a matrix, or"
                  + " adds up weights.")
          .in("input", "Tidx")
          .in("size", "Tidx")
          .in("weights", "T")
          .out("output", "T")
          .type("Tidx", INDICES)
          .type("T", WEIGHTS)
          .attr("binary_output", false)
          .infer(bins(true))
          .noGrad(
              "counts do not change when numbers do; TensorFlow gives none to the weights either")
          .cpu(c -> CountCpu.run(c, c.attrs.b("binary_output")))
          .cuda("segment")
          .accurate(-1, -1)
          .api("math.bincount")
          .declare();

  public static final OpDef ADD_N =
      op("AddN")
          .says("Adds up a list of tensors of one shape.")
          .formula("y = Σ xᵢ")
          .ins("inputs", "T")
          .out("sum", "T")
          .type("T", NUMBERS)
          .infer(SegmentOps::inferList)
          .grad(
              keep(),
              (g, dy) -> {
                for (int i = 0; i < g.specs("inputs").length; i++) {
                  g.to("inputs", i, dy);
                }
              })
          .cpu(AddNCpu::run)
          .cuda("binary")
          .accurate(-1, -1)
          .mustFail("at least one")
          .mustFail("have different shapes", Spec.of(DType.F32, 2), Spec.of(DType.F32, 3))
          .api("add_n", "math.add_n", "math.accumulate_n")
          .declare();

  public static final OpDef ACCUMULATE_N =
      op("AccumulateNV2")
          .says("Adds up a list of tensors of one shape, which graphs may do before all are there.")
          .formula("y = Σ xᵢ")
          .ins("inputs", "T")
          .out("sum", "T")
          .type("T", NUMBERS)
          .attr("shape", AttrDef.Kind.SHAPE)
          .infer(SegmentOps::inferList)
          .grad(
              keep(),
              (g, dy) -> {
                for (int i = 0; i < g.specs("inputs").length; i++) {
                  g.to("inputs", i, dy);
                }
              })
          .cpu(AddNCpu::run)
          .cuda("binary")
          .accurate(-1, -1)
          .mustFail(
              "have different shapes",
              Map.of("shape", Shape.of(2)),
              Spec.of(DType.F32, 2),
              Spec.of(DType.F32, 3))
          .declare();

  private static void inferList(Call c) {
    if (c.ins() == 0) {
      throw c.fault("inputs is empty, it must hold at least one tensor")
          .given("no tensor")
          .expected("a list of tensors of one shape")
          .valueError();
    }
    Spec known = c.in(0).spec();
    for (int i = 1; i < c.ins(); i++) {
      if (!known.shape().accepts(c.shape(i))) {
        throw c.fault(
                "inputs 0 and "
                    + i
                    + " have different shapes: "
                    + known.shape().brackets()
                    + " vs. "
                    + c.shape(i).brackets())
            .expected("tensors of one shape")
            .shapeError();
      }
      known = known.shape().isKnown() ? known : c.in(i).spec();
    }
    c.out(0, known);
  }
}
