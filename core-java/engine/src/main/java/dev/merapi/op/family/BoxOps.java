package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;

import dev.merapi.kernel.cpu.BoxCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Infer;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Boxes `(y1, x1, y2, x2)` picked by their scores. Neighbours: CropOps.
public final class BoxOps {
  private static final Types HALF_OR_SINGLE = Types.of(DType.F16, DType.F32);
  private static final String PICKS = "indices of boxes are whole numbers";

  private static final Spec ONE = Spec.of(DType.F32);

  private BoxOps() {}

  /// Declares the family.
  public static void load() {}

  private static void check(Call c, String boxes) {
    Shape b = c.shape(0);
    boolean pairs = boxes.equals("overlaps");
    if (b.isRankKnown() && b.rank() != 2) {
      throw c.fault(boxes + " must be 2-D" + b.brackets())
          .expected(pairs ? "a square of overlaps" : "a row (y1, x1, y2, x2) for each box")
          .shapeError();
    }
    if (!pairs && !Shape.of(-1, 4).accepts(b)) {
      throw c.fault("boxes must have 4 columns, not " + b.dim(1))
          .expected("a row (y1, x1, y2, x2) for each box")
          .shapeError();
    }
    int n = b.isRankKnown() ? b.dim(0) : -1;
    if (pairs && !Shape.of(n, n).accepts(b)) {
      throw c.fault("overlaps must be square, not " + b)
          .expected("a row and a column for each box")
          .shapeError();
    }
    if (!Shape.of(n).accepts(c.shape(1))) {
      throw c.fault("scores has incompatible shape " + c.shape(1) + ": there are " + n + " boxes")
          .expected("one score for each box")
          .shapeError();
    }
    for (int i = 2; i < c.ins(); i++) {
      Dims.exactly(c, c.op.inputs().get(i).name(), 0);
    }
  }

  /// Returns the shape of as many results as boxes are asked for.
  private static Shape most(Call c) {
    Integer n = Dims.scalar(c, "max_output_size");
    if (n != null && n < 0) {
      throw c.fault("output size must be non-negative")
          .given("max_output_size " + n)
          .expected("0 or more boxes")
          .valueError();
    }
    return Shape.of(n == null ? -1 : n);
  }

  private static final Infer PICKED =
      c -> {
        check(c, c.op.inputs().get(0).name());
        most(c);
        c.out(0, DType.I32, Shape.of(-1));
      };

  private static OpBuilder suppression(String name) {
    return op(name)
        .says("Picks boxes by score, and drops those that overlap much with a better one.")
        .source("Neubeck and Van Gool 2006, \"Efficient Non-Maximum Suppression\"")
        .noGrad(PICKS)
        .cuda("none: picking is sequential")
        .cpu(BoxCpu::suppress);
  }

  private static OpBuilder boxes(String name, @Nullable Types types) {
    OpBuilder b = suppression(name);
    return types == null
        ? b.in("boxes", DType.F32).in("scores", DType.F32).in("max_output_size", DType.I32)
        : b.in("boxes", "T")
            .in("scores", "T")
            .in("max_output_size", DType.I32)
            .type("T", types, DType.F32);
  }

  public static final OpDef V1 =
      boxes("NonMaxSuppression", null)
          .out("selected_indices", DType.I32)
          .attr("iou_threshold", 0.5)
          .infer(PICKED)
          .mustFail(
              "boxes must be 2-D[4]",
              Spec.of(DType.F32, 4),
              Spec.of(DType.F32, 1),
              Spec.of(DType.I32))
          .declare();

  private static OpBuilder thresholds(OpBuilder b, boolean score) {
    b.in("iou_threshold", "T_threshold");
    if (score) {
      b.in("score_threshold", "T_threshold");
    }
    Spec[] in = new Spec[score ? 5 : 4];
    Arrays.fill(in, ONE);
    in[0] = Spec.of(DType.F32, 1, 3);
    in[1] = Spec.of(DType.F32, 1);
    in[2] = Spec.of(DType.I32);
    return b.type("T_threshold", HALF_OR_SINGLE, DType.F32)
        .out("selected_indices", DType.I32)
        .mustFail("boxes must have 4 columns", in);
  }

  public static final OpDef V2 =
      thresholds(boxes("NonMaxSuppressionV2", HALF_OR_SINGLE), false).infer(PICKED).declare();

  public static final OpDef V3 =
      thresholds(boxes("NonMaxSuppressionV3", HALF_OR_SINGLE), true).infer(PICKED).declare();

  public static final OpDef V4 =
      thresholds(boxes("NonMaxSuppressionV4", HALF_OR_SINGLE), true)
          .out("valid_outputs", DType.I32)
          .attr("pad_to_max_output_size", false)
          .infer(c -> {
            check(c, "boxes");
            Shape n = most(c);
            c.out(0, DType.I32, c.attrs.b("pad_to_max_output_size") ? n : Shape.of(-1));
            c.out(1, DType.I32, Shape.SCALAR);
          })
          .declare();

  public static final OpDef V5 =
      boxes("NonMaxSuppressionV5", HALF_OR_SINGLE)
          .in("iou_threshold", "T")
          .in("score_threshold", "T")
          .in("soft_nms_sigma", "T")
          .out("selected_indices", DType.I32)
          .out("selected_scores", "T")
          .out("valid_outputs", DType.I32)
          .attr("pad_to_max_output_size", false)
          .source(
              "Bodla et al. 2017, \"Soft-NMS: Improving Object Detection With One Line of Code\"")
          .accurate(8, 8)
          .infer(c -> {
            check(c, "boxes");
            Shape n = most(c);
            Shape s = c.attrs.b("pad_to_max_output_size") ? n : Shape.of(-1);
            c.out(0, DType.I32, s);
            c.out(1, c.dtype("scores"), s);
            c.out(2, DType.I32, Shape.SCALAR);
          })
          .mustFail(
              "scores has incompatible shape",
              Spec.of(DType.F32, 1, 4),
              Spec.of(DType.F32, 2),
              Spec.of(DType.I32),
              ONE,
              ONE,
              ONE)
          .declare();

  public static final OpDef WITH_OVERLAPS =
      suppression("NonMaxSuppressionWithOverlaps")
          .in("overlaps", DType.F32)
          .in("scores", DType.F32)
          .in("max_output_size", DType.I32)
          .in("overlap_threshold", DType.F32)
          .in("score_threshold", DType.F32)
          .out("selected_indices", DType.I32)
          .infer(PICKED)
          .mustFail(
              "overlaps must be square",
              Spec.of(DType.F32, 1, 2),
              Spec.of(DType.F32, 1),
              Spec.of(DType.I32),
              ONE,
              ONE)
          .declare();
}
