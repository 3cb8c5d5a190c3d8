package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.SortCpu;
import dev.merapi.op.AttrDef;
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

/// Rows put into order, and places in ordered rows. Neighbours: SetOps (what occurs), ReduceOps
/// (the greatest alone).
public final class SortOps {
  private SortOps() {}

  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef DIV = OpRef.to("RealDiv");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef EQUAL = OpRef.to("Equal");
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef SCATTER_ND = OpRef.to("ScatterNd");

  private static final Types SMALL_INDICES = INDICES.and(Types.of(DType.I16));

  /// Declares the family.
  public static void load() {}

  public static final OpDef TOP_K =
      op("TopKV2")
          .says(
              "Returns the k greatest elements of each row and their positions, greatest first,"
                  + " equal ones in order.")
          .in("input", "T")
          .in("k", "Tk")
          .out("values", "T")
          .out("indices", "index_type")
          .attr("sorted", true)
          .type("T", REALS)
          .type("Tk", SMALL_INDICES)
          .type("index_type", SMALL_INDICES, DType.I32)
          .infer(c -> {
            Shape y = topShape(c, Dims.scalar(c, "k"));
            c.out(0, c.dtype(0), y);
            c.out(1, c.type("index_type"), y);
          })
          .grad(keep("indices"), SortOps::returned)
          .cpu(c -> SortCpu.topK(c, c.in(1).intValue()))
          .cuda("sort")
          .api("math.topK")
          .mustFail("input must be >= 1-D, got shape []", Spec.of(DType.F32), Spec.of(DType.I32))
          .declare();

  public static final OpDef OLD_TOP_K =
      op("TopK")
          .says("Returns the k greatest elements of each row and their positions, greatest first.")
          .in("input", "T")
          .out("values", "T")
          .out("indices", DType.I32)
          .attr("k", AttrDef.Kind.INT)
          .attr("sorted", true)
          .type("T", REALS)
          .infer(c -> {
            Shape y = topShape(c, c.attrs.i("k"));
            c.out(0, c.dtype(0), y);
            c.out(1, DType.I32, y);
          })
          .grad(keep("indices"), SortOps::returned)
          .cpu(c -> SortCpu.topK(c, c.attrs.i("k")))
          .cuda("sort")
          .mustFail("input must have at least k columns", Map.of("k", 4), Spec.of(DType.F32, 3))
          .declare();

  private static Shape topShape(Call c, @Nullable Integer k) {
    Shape x = c.shape(0);
    if (k != null && k < 0) {
      throw c.fault("Need k >= 0, got " + k).expected("k of 0 or more").valueError();
    }
    if (!x.isRankKnown()) {
      return x;
    }
    if (x.rank() < 1) {
      throw c.fault("input must be >= 1-D, got shape []")
          .expected("rows along the last axis")
          .shapeError();
    }
    int n = x.dim(-1);
    if (k != null && n >= 0 && n < k) {
      throw c.fault("input must have at least k columns. Had " + n + ", needed " + k)
          .expected("k of at most " + n)
          .valueError();
    }
    return x.with(-1, k == null ? Shape.UNKNOWN_SIZE : k);
  }

  /// Puts gradients back to where the elements came from.
  private static void returned(Grad g, Tensor dy) {
    int rank = g.shapeOf("input").rank();
    Tensor n = g.size("input", -1);
    Tensor k = Sizes.axis(dy, -1);
    Tensor rows = Values.scalar(1);
    for (int i = 0; i < rank - 1; i++) {
      rows = Sizes.times(rows, g.size("input", i));
    }
    Tensor at = g.kept("indices");
    at = at.dtype() == DType.I32 ? at : CAST.with(CAST.attrs("DstT", DType.I32), at);
    Tensor first = Sizes.behind(MUL.of(Sizes.upTo(rows), n), 1);
    Tensor flat = ADD.of(RESHAPE.of(at, Sizes.vector(rows, k)), first);
    Tensor all = Sizes.times(rows, k);
    Tensor sum =
        SCATTER_ND.of(
            RESHAPE.of(flat, Sizes.vector(all, Values.scalar(1))),
            RESHAPE.of(dy, Sizes.vector(all)),
            Sizes.vector(Sizes.times(rows, n)));
    g.to("input", RESHAPE.of(sum, g.dims("input")));
  }

  public static final OpDef NTH_ELEMENT =
      op("NthElement")
          .says("Returns the element that would be at place n if each row were sorted.")
          .in("input", "T")
          .in("n", DType.I32)
          .out("values", "T")
          .attr("reverse", false)
          .type("T", REALS)
          .infer(c -> {
            Dims.atLeast(c, "input", 1);
            Shape x = c.shape(0);
            Integer n = Dims.scalar(c, "n");
            if (n != null && (n < 0 || x.isRankKnown() && x.dim(-1) >= 0 && n >= x.dim(-1))) {
              throw c.fault("Input must have last dimension > n = " + n)
                  .expected("0 <= n < size of a row")
                  .valueError();
            }
            c.out(0, c.dtype(0), x.isRankKnown() ? Dims.part(x, 0, x.rank() - 1) : x);
          })
          .grad(
              keep("input", "values"),
              (g, dy) -> {
                Tensor last = Values.scalar(-1);
                Tensor hit =
                    CAST.with(
                        CAST.attrs("DstT", dy.dtype()),
                        EQUAL.of(EXPAND.of(g.kept("values"), last), g.kept("input")));
                Tensor ties = SUM.with(SUM.attrs("keep_dims", true), hit, Values.ints(-1));
                g.to("input", MUL.of(DIV.of(hit, ties), EXPAND.of(dy, last)));
              })
          .cpu(c -> {
            boolean down = c.attrs.b("reverse");
            SortCpu.nth(c, c.in(1).intValue(), down);
          })
          .cuda("sort")
          .api("math.nthElement")
          .mustFail(
              "Input must have last dimension > n = 0",
              Spec.of(DType.F32, 2, 0),
              Spec.of(DType.I32))
          .declare();

  private static OpBuilder bound(String name, String says, boolean upper) {
    return op(name)
        .says(says)
        .in("sorted_inputs", "T")
        .in("values", "T")
        .out("output", "out_type")
        .type("T", REALS)
        .type("out_type", INDICES, DType.I32)
        .infer(c -> {
          Dims.exactly(c, "sorted_inputs", 2);
          Dims.exactly(c, "values", 2);
          Shape x = c.shape(0);
          Shape v = c.shape(1);
          if (x.isKnown() && v.isKnown() && x.dim(0) != v.dim(0)) {
            throw c.fault("Leading dim_size of both tensors must match.")
                .expected("equally many rows")
                .shapeError();
          }
          c.out(0, c.type("out_type"), v);
        })
        .noGrad("places are whole numbers")
        .cpu(c -> SortCpu.bound(c, upper))
        .cuda("sort")
        .api(upper ? "upperBound" : "lowerBound")
        .mustFail(
            "Leading dim_size of both tensors must match",
            Spec.of(DType.F32, 2, 3),
            Spec.of(DType.F32, 1, 3));
  }

  public static final OpDef LOWER_BOUND =
      bound(
              "LowerBound",
              "Finds the first place in a sorted row whose element is not less than a value.",
              false)
          .declare();

  public static final OpDef UPPER_BOUND =
      bound(
              "UpperBound",
              "Finds the first place in a sorted row whose element is greater than a value.",
              true)
          .declare();

  private static final Infer ROWS =
      c -> {
        Dims.exactly(c, "predictions", 2);
        Dims.exactly(c, "targets", 1);
        if (c.shape(0).isKnown()
            && c.shape(1).isKnown()
            && c.shape(0).dim(0) != c.shape(1).dim(0)) {
          throw c.fault(
                  "First dimension of predictions "
                      + c.shape(0).dim(0)
                      + " must match length of targets "
                      + c.shape(1).dim(0))
              .expected("one target for each row")
              .shapeError();
        }
        c.out(0, DType.BOOL, c.shape(1));
      };

  public static final OpDef IN_TOP_K_V2 =
      op("InTopKV2")
          .says(
              "Tells of each row whether the target class is among the k most probable ones; ties"
                  + " count for it.")
          .in("predictions", DType.F32)
          .in("targets", "T")
          .in("k", "T")
          .out("precision", DType.BOOL)
          .type("T", INDICES)
          .infer(c -> {
            Dims.exactly(c, "k", 0);
            ROWS.infer(c);
          })
          .noGrad("truth values have no gradient")
          .cpu(c -> SortCpu.inTopK(c, c.in(2).longValue()))
          .cuda("sort")
          .api("math.inTopK", "nn.inTopK")
          .mustFail(
              "must match length of targets",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 3),
              Spec.of(DType.I32))
          .declare();

  public static final OpDef IN_TOP_K =
      op("InTopK")
          .says(
              "Tells of each row whether the target class is among the k most probable ones; ties"
                  + " count for it.")
          .in("predictions", DType.F32)
          .in("targets", "T")
          .out("precision", DType.BOOL)
          .attr("k", AttrDef.Kind.INT)
          .type("T", INDICES)
          .infer(ROWS)
          .noGrad("truth values have no gradient")
          .cpu(c -> SortCpu.inTopK(c, c.attrs.l("k")))
          .cuda("sort")
          .mustFail(
              "must match length of targets",
              Map.of("k", 1),
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.I32, 3))
          .declare();
}
