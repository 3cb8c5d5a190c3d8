package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.SetCpu;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;

/// What occurs in a tensor, and what does not. Neighbours: SortOps.
public final class SetOps {
  private SetOps() {}

  /// Declares the family.
  public static void load() {}

  private static final String ZEROS =
      "TensorFlow tells the two zeros of float16 apart, unlike those of float32 and float64";

  private static final Shape SOME = Shape.of(Shape.UNKNOWN_SIZE);

  private static OpBuilder flat(String name, String says, boolean counts) {
    OpBuilder b =
        op(name)
            .says(says)
            .in("x", "T")
            .out("y", "T")
            .out("idx", "out_idx")
            .type("T", ALL)
            .type("out_idx", INDICES, DType.I32);
    return (counts ? b.out("count", "out_idx") : b)
        .infer(c -> {
          if (c.shape(0).isRankKnown() && c.shape(0).rank() != 1) {
            throw c.fault("unique expects a 1D vector.")
                .expected("a vector")
                .fix("give an axis, or reshape")
                .shapeError();
          }
          c.out(0, c.dtype(0), SOME);
          c.out(1, c.type("out_idx"), c.shape(0));
          if (counts) {
            c.out(2, c.type("out_idx"), SOME);
          }
        })
        .noGrad("which elements are equal is not continuous")
        .cpu(c -> SetCpu.unique(c, 0, counts))
        .cuda("sort")
        .mustFail("unique expects a 1D vector", Spec.of(DType.F32, 2, 3));
  }

  public static final OpDef UNIQUE =
      flat("Unique", "Lists the distinct elements in the order of their first occurrence.", false)
          .api("unique")
          .differs("float16_int(32|64)", ZEROS)
          .declare();

  public static final OpDef UNIQUE_WITH_COUNTS =
      flat("UniqueWithCounts", "Lists the distinct elements and how often each occurs.", true)
          .api("uniqueWithCounts")
          .differs("float16_int(32|64)", ZEROS)
          .declare();

  private static OpBuilder along(String name, String says, boolean counts) {
    OpBuilder b =
        op(name)
            .says(says)
            .in("x", "T")
            .in("axis", "Taxis")
            .out("y", "T")
            .out("idx", "out_idx")
            .type("T", ALL)
            .type("Taxis", INDICES)
            .type("out_idx", INDICES, DType.I32);
    return (counts ? b.out("count", "out_idx") : b)
        .infer(c -> {
          Shape x = c.shape(0);
          int axis = axis(c);
          boolean known = x.isRankKnown() && axis >= 0;
          c.out(0, c.dtype(0), known ? x.with(axis, Shape.UNKNOWN_SIZE) : Shape.UNKNOWN);
          c.out(1, c.type("out_idx"), known ? Shape.of(x.dim(axis)) : SOME);
          if (counts) {
            c.out(2, c.type("out_idx"), SOME);
          }
        })
        .noGrad("which elements are equal is not continuous")
        .cpu(c -> SetCpu.unique(c, axis(c), counts))
        .cuda("sort")
        .mustFail("unique expects a 1D vector", Spec.of(DType.F32, 2, 3), Spec.of(DType.I64, 0));
  }

  /// Returns the axis whose entries are compared; -1 when it is not known. None given means that
  /// there is only one.
  private static int axis(Call c) {
    int[] a = c.constant("axis");
    Shape x = c.shape(0);
    if (a == null || !x.isRankKnown()) {
      return -1;
    }
    if (a.length > 1) {
      throw c.fault("axis does not support input tensors larger than 1 elements")
          .expected("one axis or none")
          .shapeError();
    }
    if (a.length == 0) {
      if (x.rank() != 1) {
        throw c.fault("unique expects a 1D vector.").expected("a vector, or an axis").shapeError();
      }
      return 0;
    }
    return x.axis(c.op.name(), a[0]);
  }

  public static final OpDef UNIQUE_V2 =
      along(
              "UniqueV2",
              "Lists the distinct entries along an axis in the order of their first occurrence.",
              false)
          .differs("float16_none", ZEROS)
          .declare();

  public static final OpDef UNIQUE_WITH_COUNTS_V2 =
      along(
              "UniqueWithCountsV2",
              "Lists the distinct entries along an axis and how often each occurs.",
              true)
          .declare();

  public static final OpDef LIST_DIFF =
      op("ListDiff")
          .says("Lists the elements of x that do not occur in y, and their positions in x.")
          .in("x", "T")
          .in("y", "T")
          .out("out", "T")
          .out("idx", "out_idx")
          .type("T", ALL)
          .type("out_idx", INDICES, DType.I32)
          .infer(c -> {
            Dims.exactly(c, "x", 1);
            Dims.exactly(c, "y", 1);
            c.out(0, c.dtype(0), SOME);
            c.out(1, c.type("out_idx"), SOME);
          })
          .noGrad("which elements are equal is not continuous")
          .cpu(SetCpu::listDiff)
          .cuda("sort")
          .differs("float16_int(32|64)", ZEROS)
          .mustFail(
              "x has shape (2, 3) but must be a vector",
              Spec.of(DType.F32, 2, 3),
              Spec.of(DType.F32, 2))
          .declare();
}
