package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.FLOATS;
import static dev.merapi.op.Types.INDICES;
import static dev.merapi.op.Types.REALS;

import dev.merapi.kernel.cpu.SparseSegmentCpu;
import dev.merapi.kernel.cpu.SparseSegmentCpu.Fold;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Groups of rows chosen from a table, as the words of a sentence from an embedding. Neighbours:
/// SegmentOps (all rows of a table).
public final class SparseSegmentOps {
  private static final OpRef GATHER = OpRef.to("GatherV2");
  private static final OpRef SUM = OpRef.to("UnsortedSegmentSum");
  private static final OpRef MAXIMUM = OpRef.to("Maximum");
  private static final OpRef SQRT = OpRef.to("Sqrt");

  private SparseSegmentOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder fold(String name, Fold fold, boolean numbered) {
    String how =
        switch (fold) {
          case SUM -> "Adds up";
          case MEAN -> "Averages";
          case ROOT -> "Adds up, and divides by the square root of their number,";
        };
    OpBuilder b =
        op(name)
            .says(how + " the rows of data that indices name, those of equal segment_ids together.")
            .in("data", "T")
            .in("indices", "Tidx")
            .in("segment_ids", "Tsegmentids");
    if (numbered) {
      b.in("num_segments", "Tnumsegments").type("Tnumsegments", INDICES, DType.I32);
    }
    Spec[] wrong = new Spec[numbered ? 4 : 3];
    Arrays.fill(wrong, Spec.of(DType.I32));
    wrong[0] = Spec.of(DType.F32, 3);
    wrong[1] = Spec.of(DType.I32, 2);
    wrong[2] = Spec.of(DType.I32, 1);
    return b.out("output", "T")
        .type("T", fold == Fold.SUM ? REALS : FLOATS)
        .type("Tidx", INDICES, DType.I32)
        .type("Tsegmentids", INDICES, DType.I32)
        .attr("sparse_gradient", false)
        .infer(SparseSegmentOps::infer)
        .grad(keep("indices", "segment_ids"), (g, dy) -> gradient(g, dy, fold))
        .cpu(c -> SparseSegmentCpu.run(c, fold))
        .cuda("segment")
        .accurate(-1, -1)
        .mustFail("segment_ids and indices should have same size.", wrong);
  }

  private static void infer(Call c) {
    Dims.atLeast(c, "data", 1);
    Dims.exactly(c, "indices", 1);
    Dims.exactly(c, "segment_ids", 1);
    if (!c.shape(1).accepts(c.shape(2))) {
      throw c.fault("segment_ids and indices should have same size.")
          .expected("a segment for each index")
          .shapeError();
    }
    int groups = Shape.UNKNOWN_SIZE;
    if (c.ins() == 4) {
      Integer n = Dims.scalar(c, "num_segments");
      if (n != null && n < 0) {
        throw c.fault("num_segments is " + n).expected("0 or more").valueError();
      }
      groups = n == null ? groups : n;
    }
    Shape x = c.shape(0);
    c.out(0, c.dtype(0), x.isRankKnown() ? x.with(0, groups) : x);
  }

  /// Each row that was named gets the gradient of its group, divided as the group was.
  private static void gradient(Grad g, Tensor dy, Fold fold) {
    Tensor ids = g.kept("segment_ids");
    Tensor zero = Values.scalar(0);
    Tensor shares = dy;
    if (fold != Fold.SUM) {
      Tensor ones = Sizes.filled(dy.dtype(), ids, 1);
      Tensor counts = SUM.of(ones, ids, Sizes.axis(dy, 0));
      Tensor n = MAXIMUM.of(counts, Grads.number(counts, 1));
      Tensor divisor = fold == Fold.ROOT ? SQRT.of(n) : n;
      shares = Grads.div(dy, Sizes.behind(divisor, dy.rank() - 1));
    }
    Tensor rows = GATHER.of(shares, ids, zero);
    g.to("data", SUM.of(rows, g.kept("indices"), g.size("data", 0)));
  }

  public static final OpDef SUMS = fold("SparseSegmentSum", Fold.SUM, false).declare();

  public static final OpDef MEANS = fold("SparseSegmentMean", Fold.MEAN, false).declare();

  public static final OpDef ROOTS = fold("SparseSegmentSqrtN", Fold.ROOT, false).declare();

  public static final OpDef NUMBERED_SUMS =
      fold("SparseSegmentSumWithNumSegments", Fold.SUM, true).declare();

  public static final OpDef NUMBERED_MEANS =
      fold("SparseSegmentMeanWithNumSegments", Fold.MEAN, true).declare();

  public static final OpDef NUMBERED_ROOTS =
      fold("SparseSegmentSqrtNWithNumSegments", Fold.ROOT, true).declare();
}
