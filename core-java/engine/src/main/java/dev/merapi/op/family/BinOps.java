package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.BinCpu;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;

/// Numbers sorted into bins. Neighbours: SegmentOps (Bincount, whose bins are whole numbers).
public final class BinOps {
  private static final Types VALUES = Types.of(DType.I32, DType.I64, DType.F32, DType.F64);
  private static final String STEPS = "piecewise constant: a number stays in its bin";

  private BinOps() {}

  /// Declares the family.
  public static void load() {}

  public static final OpDef HISTOGRAM_FIXED_WIDTH =
      op("HistogramFixedWidth")
          .says("Counts the numbers in bins of one width; those outside go to the outermost bins.")
          .in("values", "T")
          .in("value_range", "T")
          .in("nbins", DType.I32)
          .out("out", "dtype")
          .type("T", VALUES)
          .type("dtype", INDICES, DType.I32)
          .infer(c -> c.out(0, c.type("dtype"), Shape.of(bins(c))))
          .cpu(BinCpu::histogram)
          .cuda("segment")
          .noGrad(STEPS)
          .api("histogramFixedWidth")
          .mustFail(
              "nbins should be a positive number, but got '0'",
              Spec.of(DType.F32, 3),
              Spec.of(DType.F32, 2),
              Spec.of(DType.I32))
          .mustFail(
              "value_range should be a vector of 2 elements",
              Spec.of(DType.F32, 3),
              Spec.of(DType.F32, 3),
              Spec.of(DType.I32))
          .declare();

  private static int bins(Call c) {
    if (!Shape.of(2).accepts(c.shape(1))) {
      throw c.fault("value_range should be a vector of 2 elements.")
          .expected("(lowest, highest)")
          .shapeError();
    }
    Integer n = Dims.scalar(c, "nbins");
    if (n != null && n <= 0) {
      throw c.fault("nbins should be a positive number, but got '" + n + "'")
          .expected("one bin at least")
          .valueError();
    }
    return n == null ? Shape.UNKNOWN_SIZE : n;
  }

  public static final OpDef BUCKETIZE =
      op("Bucketize")
          .says("Gives each number the index of its bucket: how many boundaries do not exceed it.")
          .in("input", "T")
          .out("output", DType.I32)
          .type("T", VALUES)
          .attr("boundaries", AttrDef.Kind.FLOATS)
          .infer(c -> {
            float[] b = c.attrs.floats("boundaries");
            for (int i = 1; i < b.length; i++) {
              if (!(b[i] >= b[i - 1])) {
                throw c.fault("Expected sorted boundaries")
                    .given("boundary " + i + " is " + b[i] + ", the one before it " + b[i - 1])
                    .expected("boundaries in ascending order")
                    .attrError();
              }
            }
            c.out(0, DType.I32, c.shape(0));
          })
          .cpu(BinCpu::buckets)
          .cuda("unary")
          .noGrad(STEPS)
          .mustFail(
              "Expected sorted boundaries",
              Map.of("boundaries", new float[] {2, 1}),
              Spec.of(DType.F32, 2))
          .declare();
}
