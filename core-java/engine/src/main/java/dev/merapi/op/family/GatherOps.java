package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.FIXED;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.GatherCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.IndexedSlices;
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

/// Rows and elements picked by index. Neighbours: ScatterOps (the reverse), SliceOps (blocks).
public final class GatherOps {
  private GatherOps() {}

  /// Index types that reading takes.
  static final Types ANY_INDEX = INDICES.and(Types.of(DType.I16));

  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef TRANSPOSE = OpRef.to("Transpose");
  private static final OpRef FLOOR_MOD = OpRef.to("FloorMod");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef SIZE_OF = OpRef.to("GatherV2");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef SEGMENT_SUM = OpRef.to("UnsortedSegmentSum");
  private static final OpRef SCATTER_ND = OpRef.to("ScatterNd");

  /// Declares the family.
  public static void load() {}

  public static final OpDef GATHER_V2 =
      op("GatherV2")
          .says(
              "Picks entries along an axis by their indices; leading batch axes are matched one to"
                  + " one.")
          .formula("y[b…, o…, i…, n…] = params[b…, o…, indices[b…, i…], n…]")
          .in("params", "Tparams")
          .in("indices", "Tindices")
          .in("axis", "Taxis")
          .out("output", "Tparams")
          .attr("batch_dims", 0)
          .type("Tparams", ALL)
          .type("Tindices", ANY_INDEX)
          .type("Taxis", INDICES)
          .infer(c -> c.out(0, c.dtype(0), gathered(c)))
          .grad(keep("indices", "axis"), GatherOps::scattered)
          .cpu(c -> {
            int axis = c.in(2).intValue();
            GatherCpu.gather(c, axis < 0 ? axis + c.shape(0).rank() : axis, batch(c));
          })
          .cuda("gather")
          .api("gather")
          .mustFail(
              "indices[0] = 0 is not in [0, 0)",
              Spec.of(DType.F32, 0, 3),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32))
          .mustFail(
              "batch_dims (1) must be less than or equal to axis (0)",
              Map.of("batch_dims", 1),
              Spec.of(DType.F32, 4, 3),
              Spec.of(DType.I32, 3, 1),
              Spec.of(DType.I32))
          .declare();

  private static int batch(Call c) {
    int b = c.attrs.i("batch_dims");
    return b < 0 ? b + c.shape(1).rank() : b;
  }

  private static Shape gathered(Call c) {
    Shape p = c.shape(0);
    Shape x = c.shape(1);
    Integer given = Dims.scalar(c, "axis");
    if (!p.isRankKnown() || !x.isRankKnown()) {
      return Shape.UNKNOWN;
    }
    int b = batch(c);
    if (b < 0 || b > x.rank()) {
      throw c.fault(
              "batch_dims ("
                  + c.attrs.i("batch_dims")
                  + ") must be in [-"
                  + x.rank()
                  + ", "
                  + x.rank()
                  + "]")
          .expected("no more batch axes than indices have")
          .attrError();
    }
    if (given == null) {
      return Dims.unknown(p.rank() - 1 + x.rank() - b);
    }
    int axis = given < 0 ? given + p.rank() : given;
    if (axis < 0 || axis >= p.rank()) {
      int least = given < 0 ? -given : given + 1;
      throw c.fault(
              "Shape must be at least rank "
                  + least
                  + " but is rank "
                  + p.rank()
                  + ": axis "
                  + given)
          .expected(
              p.rank() == 0
                  ? "params with axes"
                  : "an axis from " + -p.rank() + " to " + (p.rank() - 1))
          .shapeError();
    }
    if (b > axis) {
      throw c.fault("batch_dims (" + b + ") must be less than or equal to axis (" + axis + ").")
          .expected("batch axes in front of the axis")
          .attrError();
    }
    for (int i = 0; i < b; i++) {
      if (p.dim(i) >= 0 && x.dim(i) >= 0 && p.dim(i) != x.dim(i)) {
        throw c.fault(
                "params.shape["
                    + i
                    + "]: "
                    + p.dim(i)
                    + " should be equal to indices.shape["
                    + i
                    + "]: "
                    + x.dim(i))
            .expected("equal batch axes")
            .shapeError();
      }
    }
    Shape head = Dims.join(Dims.part(p, 0, axis), Dims.part(x, b, x.rank()));
    return Dims.join(head, Dims.part(p, axis + 1, p.rank()));
  }

  private static void scattered(Grad g, Tensor dy) {
    Tensor indices = g.kept("indices");
    Shape p = g.shapeOf("params");
    Shape x = indices.shape();
    Tensor known = Sizes.known(g.kept("axis"));
    if (indices.dtype() == DType.I16) {
      indices = CAST.with(CAST.attrs("DstT", DType.I32), indices);
    }
    int b = g.attrs().i("batch_dims");
    int axis = known == null ? -1 : known.intValue();
    axis += axis < 0 && p.isRankKnown() ? p.rank() : 0;
    b += b < 0 && x.isRankKnown() ? x.rank() : 0;
    if (known != null && axis == 0) {
      g.to("params", slices(dy, indices, g));
    } else if (known == null || !p.isKnown() || !x.isKnown()) {
      g.to("params", openWhole(g, dy, indices, b));
    } else {
      g.to("params", whole(dy, indices, p, axis, b));
    }
  }

  /// Returns the gradient of a gather along `axis` behind `b` batch axes, from parameters of shape
  /// `p`.
  static Tensor whole(Tensor dy, Tensor indices, Shape p, int axis, int b) {
    Shape x = indices.shape();
    // All axes fall into four groups: batch, in front of the axis, indices, behind the axis.
    int batch = Dims.product(p.rawDims(), 0, b);
    int outer = Dims.product(p.rawDims(), b, axis);
    int count = Dims.product(x.rawDims(), b, x.rank());
    int inner = Dims.product(p.rawDims(), axis + 1, p.rank());
    int size = p.dim(axis);
    Tensor front = RESHAPE.of(dy, Values.ints(batch, outer, count, inner));
    Tensor rows =
        RESHAPE.of(
            TRANSPOSE.of(front, Values.ints(0, 2, 1, 3)), Values.ints(batch * count, outer, inner));
    Tensor places = RESHAPE.of(indices, Values.ints(batch, count));
    if (batch > 1) {
      int[] first = new int[batch];
      for (int i = 0; i < batch; i++) {
        first[i] = i * size;
      }
      Tensor offsets = RESHAPE.of(Values.ints(first), Values.ints(batch, 1));
      if (places.dtype() == DType.I64) {
        offsets = CAST.with(CAST.attrs("DstT", DType.I64), offsets);
      }
      places = ADD.of(places, offsets);
    }
    Tensor sum =
        SEGMENT_SUM.of(
            rows, RESHAPE.of(places, Values.ints(batch * count)), Values.scalar(batch * size));
    Tensor parted = RESHAPE.of(sum, Values.ints(batch, size, outer, inner));
    return RESHAPE.of(TRANSPOSE.of(parted, Values.ints(0, 2, 1, 3)), Values.ints(p.dims()));
  }

  /// Does the same where the axis or sizes are not known yet; `b` may count from the end.
  private static Tensor openWhole(Grad g, Tensor dy, Tensor indices, int b) {
    Tensor p = g.dims("params");
    Tensor x = Sizes.of(indices);
    Tensor zero = Values.scalar(0);
    Tensor rank = Sizes.count(p);
    Tensor given = g.kept("axis");
    Tensor axis = FLOOR_MOD.of(CAST.with(CAST.attrs("DstT", DType.I32), given), rank);
    Tensor lead = b < 0 ? Sizes.plus(Sizes.count(x), Values.scalar(b)) : Values.scalar(b);
    Tensor batch = Sizes.product(Sizes.part(p, zero, lead));
    Tensor outer = Sizes.product(Sizes.part(p, lead, axis));
    Tensor count = Sizes.product(Sizes.part(x, lead, Sizes.count(x)));
    Tensor inner = Sizes.product(Sizes.part(p, Sizes.plus(axis, Values.scalar(1)), rank));
    Tensor size = SIZE_OF.of(p, axis, zero);
    Tensor turn = Values.ints(0, 2, 1, 3);
    Tensor front = TRANSPOSE.of(RESHAPE.of(dy, Sizes.vector(batch, outer, count, inner)), turn);
    Tensor all = Sizes.times(batch, count);
    Tensor offsets = Sizes.behind(Sizes.times(Sizes.upTo(batch), size), 1);
    if (indices.dtype() == DType.I64) {
      offsets = CAST.with(CAST.attrs("DstT", DType.I64), offsets);
    }
    Tensor places = ADD.of(RESHAPE.of(indices, Sizes.vector(batch, count)), offsets);
    Tensor sum =
        SEGMENT_SUM.of(
            RESHAPE.of(front, Sizes.vector(all, outer, inner)),
            RESHAPE.of(places, Sizes.vector(all)),
            Sizes.times(batch, size));
    Tensor parted = RESHAPE.of(sum, Sizes.vector(batch, size, outer, inner));
    return RESHAPE.of(TRANSPOSE.of(parted, turn), p);
  }

  /// Returns the gradient of rows picked along the first axis: only those rows are touched.
  static IndexedSlices slices(Tensor dy, Tensor indices, Shape p) {
    if (!indices.shape().isKnown()) {
      Tensor n = Sizes.vector(Sizes.count(indices));
      Tensor row = Values.ints(Dims.part(p, 1, p.rank()).rawDims());
      return slices(dy, indices, n, row, p, null);
    }
    int[] d = p.dims();
    d[0] = (int) indices.size();
    return new IndexedSlices(
        RESHAPE.of(dy, Values.ints(d)), RESHAPE.of(indices, Values.ints(d[0])), p);
  }

  private static IndexedSlices slices(
      Tensor dy, Tensor indices, Tensor n, Tensor row, Shape p, @Nullable Tensor rows) {
    Tensor dims = CONCAT.of(n, row, Values.scalar(0));
    return new IndexedSlices(RESHAPE.of(dy, dims), RESHAPE.of(indices, n), p, rows);
  }

  private static IndexedSlices slices(Tensor dy, Tensor indices, Grad g) {
    Shape p = g.shapeOf("params");
    if (p.isKnown()) {
      return slices(dy, indices, p);
    }
    Tensor n = Sizes.vector(Sizes.count(indices));
    Tensor dims = g.dims("params");
    Tensor row = Sizes.part(dims, Values.scalar(1), Sizes.count(dims));
    // A number of rows that is known would be given back after this step.
    boolean known = p.isRankKnown() && p.dim(0) >= 0;
    return slices(dy, indices, n, row, p, known ? null : g.size("params", 0));
  }

  public static final OpDef GATHER =
      op("Gather")
          .says("Picks rows by their indices; the older form of GatherV2.")
          .in("params", "Tparams")
          .in("indices", "Tindices")
          .out("output", "Tparams")
          .attr("validate_indices", true)
          .type("Tparams", ALL)
          .type("Tindices", INDICES)
          .infer(c -> {
            Dims.atLeast(c, "params", 1);
            Shape p = c.shape(0);
            Shape x = c.shape(1);
            boolean known = p.isRankKnown() && x.isRankKnown();
            c.out(0, c.dtype(0), known ? Dims.join(x, Dims.part(p, 1, p.rank())) : Shape.UNKNOWN);
          })
          .grad(keep("indices"), (g, dy) -> g.to("params", slices(dy, g.kept("indices"), g)))
          .cpu(c -> GatherCpu.gather(c, 0, 0))
          .cuda("gather")
          .mustFail("params has shape ()", Spec.of(DType.F32), Spec.of(DType.I32, 1))
          .declare();

  public static final OpDef GATHER_ND =
      op("GatherNd")
          .says("Picks slices by index vectors, which lie along the last axis of the indices.")
          .formula("y[i…, n…] = params[indices[i…, 0], …, indices[i…, k-1], n…]")
          .in("params", "Tparams")
          .in("indices", "Tindices")
          .out("output", "Tparams")
          .type("Tparams", ALL)
          .type("Tindices", ANY_INDEX)
          .attr("bad_indices_policy", "")
          .infer(c -> c.out(0, c.dtype(0), picked(c)))
          .grad(
              keep("indices"),
              (g, dy) -> {
                Tensor indices = g.kept("indices");
                Tensor shape = g.dims("params");
                if (indices.dtype() != DType.I32) {
                  shape = CAST.with(CAST.attrs("DstT", indices.dtype()), shape);
                }
                g.to("params", SCATTER_ND.of(indices, dy, shape));
              })
          .cpu(GatherCpu::gatherNd)
          .cuda("gather")
          .api("gatherNd")
          .mustFail(
              "index innermost dimension length must be <= params rank; saw: 3 vs. 2",
              Spec.of(DType.F32, 4, 3),
              Spec.of(DType.I32, 1, 3))
          .declare();

  private static Shape picked(Call c) {
    Dims.atLeast(c, "indices", 1);
    Dims.atLeast(c, "params", 1);
    Shape p = c.shape(0);
    Shape x = c.shape(1);
    if (!p.isRankKnown() || !x.isRankKnown() || x.dim(-1) < 0) {
      return Shape.UNKNOWN;
    }
    int k = x.dim(-1);
    if (k > p.rank()) {
      throw c.fault(
              "index innermost dimension length must be <= params rank; saw: "
                  + k
                  + " vs. "
                  + p.rank())
          .expected("index vectors of at most " + p.rank() + " entries")
          .shapeError();
    }
    return Dims.join(Dims.part(x, 0, x.rank() - 1), Dims.part(p, k, p.rank()));
  }

  public static final OpDef WHERE =
      op("Where")
          .says(
              "Returns the positions of all elements that are true (not zero), one row each, in"
                  + " row-major order.")
          .in("input", "T")
          .out("index", DType.I64)
          .type("T", FIXED)
          .infer(c -> {
            Shape x = c.shape(0);
            if (x.isRankKnown() && x.rank() == 0) {
              throw c.fault("WhereOp : Unhandled input dimensions: 0")
                  .expected("a tensor with axes")
                  .shapeError();
            }
            c.out(
                0,
                DType.I64,
                Shape.of(Shape.UNKNOWN_SIZE, x.isRankKnown() ? x.rank() : Shape.UNKNOWN_SIZE));
          })
          .noGrad("positions are whole numbers")
          .cpu(GatherCpu::where)
          .cuda("gather")
          .api("where")
          .mustFail("Unhandled input dimensions: 0", Spec.of(DType.BOOL))
          .declare();
}
