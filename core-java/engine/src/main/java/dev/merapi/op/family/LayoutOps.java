package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.LayoutCpu;
import dev.merapi.op.Call;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.util.Map;

/// Numbers of axes, and lists with an entry for each, that follow a change of layout. Neighbours:
/// MoveOps (the tensors themselves).
public final class LayoutOps {
  private static final String WHOLE = "axes and their sizes are whole numbers";

  private LayoutOps() {}

  /// Declares the family.
  public static void load() {}

  private static OpBuilder layouts(String name) {
    return op(name)
        .in("x", "T")
        .out("y", "T")
        .type("T", INDICES)
        .attr("src_format", "NHWC")
        .attr("dst_format", "NCHW")
        .noGrad(WHOLE)
        .cuda("none: shapes are known on the host")
        .mustFail(
            "is no rearrangement",
            Map.of("src_format", "NHWC", "dst_format", "NHWX"),
            Spec.of(DType.I32, 4));
  }

  private static void check(Call c) {
    String from = c.attrs.s("src_format");
    String to = c.attrs.s("dst_format");
    boolean fits = from.length() == to.length();
    for (char axis : from.toCharArray()) {
      fits &= to.indexOf(axis) >= 0 && from.indexOf(axis) == from.lastIndexOf(axis);
    }
    if (!fits) {
      throw c.fault("layout '" + to + "' is no rearrangement of '" + from + "'")
          .expected("the same letters in another order")
          .attrError();
    }
    c.out(0, c.in(0).spec());
  }

  public static final OpDef DIM_MAP =
      layouts("DataFormatDimMap")
          .says("Gives numbers of axes of one layout their numbers in another.")
          .infer(LayoutOps::check)
          .cpu(LayoutCpu::axes)
          .declare();

  public static final OpDef VEC_PERMUTE =
      layouts("DataFormatVecPermute")
          .says(
              "Puts a list with an entry, or a row of two, for each axis into another layout's"
                  + " order.")
          .infer(c -> {
            check(c);
            Shape s = c.shape(0);
            int n = c.attrs.s("src_format").length();
            boolean rows =
                s.isRankKnown() && (s.rank() == 1 || s.rank() == 2 && Shape.of(-1, 2).accepts(s));
            boolean known = s.isRankKnown() && s.dim(0) >= 0;
            if (s.isRankKnown() && !rows || known && s.dim(0) != n && s.dim(0) != n - 2) {
              throw c.fault("x has shape " + s + ", no list of the " + n + " axes' entries")
                  .expected(n + " entries, or " + (n - 2) + " for the spatial axes alone, or rows")
                  .shapeError();
            }
          })
          .cpu(LayoutCpu::entries)
          .declare();
}
