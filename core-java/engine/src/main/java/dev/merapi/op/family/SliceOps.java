package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ALL;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.SliceCpu;
import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpBuilder;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Types;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Rectangular parts of a tensor, read and replaced. Neighbours: GatherOps (single rows and
/// elements by index), PadOps (the reverse), JoinOps.
public final class SliceOps {
  private SliceOps() {}

  private static final OpRef PAD = OpRef.to("Pad");
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef SUB = OpRef.to("Sub");
  private static final OpRef STRIDED_SLICE_REF = OpRef.to("StridedSlice");
  private static final OpRef STRIDED_SLICE_GRAD_REF = OpRef.to("StridedSliceGrad");
  private static final OpRef UPDATE_REF = OpRef.to("TensorStridedSliceUpdate");
  private static final OpRef ZEROS_LIKE = OpRef.to("ZerosLike");
  private static final OpRef SHAPE = OpRef.to("Shape");
  private static final OpRef CAST = OpRef.to("Cast");

  /// Declares the family.
  public static void load() {}

  public static final OpDef SLICE =
      op("Slice")
          .says(
              "Cuts out a block: from begin on, size elements along each axis; -1 takes the rest.")
          .in("input", "T")
          .in("begin", "Index")
          .in("size", "Index")
          .out("output", "T")
          .type("T", ALL)
          .type("Index", INDICES)
          .infer(c -> c.out(0, c.dtype(0), sliced(c)))
          .grad(
              keep("begin"),
              (g, dy) -> {
                // What was cut off comes back as zeros: begin in front, the rest behind.
                Tensor begin = g.kept("begin");
                Tensor before =
                    begin.dtype() == DType.I32
                        ? begin
                        : CAST.with(CAST.attrs("DstT", DType.I32), begin);
                Tensor after = SUB.of(SUB.of(g.dims("input"), SHAPE.of(dy)), before);
                g.to("input", PAD.of(dy, PACK.with(PACK.attrs("axis", 1), before, after)));
              })
          .cpu(c -> SliceCpu.slice(c, c.in(1).toIntArray()))
          .cuda("copy")
          .api("slice")
          .mustFail(
              "Expected begin and size arguments to be 1-D tensors of size 2",
              Spec.of(DType.F32, 3, 4),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1))
          .declare();

  private static Shape sliced(Call c) {
    Shape x = c.shape(0);
    if (!x.isRankKnown()) {
      return Dims.unknown(c, "size");
    }
    int r = x.rank();
    Shape want = Shape.of(r);
    if (!want.accepts(c.shape(1)) || !want.accepts(c.shape(2))) {
      throw c.fault(
              "Expected begin and size arguments to be 1-D tensors of size "
                  + r
                  + ", but got shapes "
                  + c.shape(1).brackets()
                  + " and "
                  + c.shape(2).brackets()
                  + " instead.")
          .expected("one entry for each axis of " + x)
          .shapeError();
    }
    int[] begin = c.constant(1);
    int[] size = c.constant(2);
    if (size == null) {
      return Dims.unknown(r);
    }
    int[] d = size.clone();
    for (int i = 0; i < r; i++) {
      int n = x.dim(i);
      if (begin != null && n >= 0) {
        if (begin[i] < 0 || begin[i] > n) {
          throw c.fault("Expected begin[" + i + "] in [0, " + n + "], but got " + begin[i])
              .expected("a first index inside axis " + i)
              .shapeError();
        }
        d[i] = size[i] == -1 ? n - begin[i] : size[i];
        if (d[i] < 0 || begin[i] + (long) d[i] > n) {
          throw c.fault(
                  "Expected size[" + i + "] in [0, " + (n - begin[i]) + "], but got " + size[i])
              .expected("a block inside axis " + i + ", or -1 for the rest")
              .shapeError();
        }
      }
    }
    return Shape.ofOwned(d);
  }

  static OpBuilder masks(OpBuilder b) {
    return b.attr("begin_mask", 0)
        .attr("end_mask", 0)
        .attr("ellipsis_mask", 0)
        .attr("new_axis_mask", 0)
        .attr("shrink_axis_mask", 0);
  }

  private static final Types SLICE_INDICES = INDICES.and(Types.of(DType.I16));

  public static final OpDef STRIDED_SLICE =
      masks(
              op("StridedSlice")
                  .says(
                      "Reads part of a tensor as x[begin:end:stride, …] does, with new axes, single"
                          + " indices and ellipses.")
                  .source("NumPy, basic indexing")
                  .in("input", "T")
                  .in("begin", "Index")
                  .in("end", "Index")
                  .in("strides", "Index")
                  .out("output", "T")
                  .type("T", ALL)
                  .type("Index", SLICE_INDICES))
          .infer(c -> c.out(0, c.dtype(0), shape(spec(c, c.shape(0), 1), c)))
          .grad(
              keep("begin", "end", "strides"),
              (g, dy) ->
                  g.to(
                      "input",
                      STRIDED_SLICE_GRAD_REF.with(
                          same(STRIDED_SLICE_GRAD_REF, g.attrs()),
                          index(g, "input"),
                          wide(g.kept("begin")),
                          wide(g.kept("end")),
                          wide(g.kept("strides")),
                          dy)))
          .cpu(c -> SliceCpu.read(c, known(c, spec(c, c.shape(0), 1))))
          .cuda("copy")
          .api("stridedSlice")
          .mustFail(
              "strides[0] must be non-zero",
              Spec.of(DType.F32, 3),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1))
          .declare();

  /// Returns a shape in the type of the call's indices, which the gradient operation asks for.
  private static Tensor index(Grad g, String input) {
    Tensor d = g.dims(input);
    return g.dtypeOf("begin") == DType.I64 ? CAST.with(CAST.attrs("DstT", DType.I64), d) : d;
  }

  /// Widens int16 indices, which only reading knows.
  private static Tensor wide(Tensor x) {
    return x.dtype() == DType.I16 ? CAST.with(CAST.attrs("DstT", DType.I32), x) : x;
  }

  private static Attrs same(OpRef other, Attrs a) {
    return other.attrs(
        "begin_mask",
        a.i("begin_mask"),
        "end_mask",
        a.i("end_mask"),
        "ellipsis_mask",
        a.i("ellipsis_mask"),
        "new_axis_mask",
        a.i("new_axis_mask"),
        "shrink_axis_mask",
        a.i("shrink_axis_mask"));
  }

  static @Nullable SliceSpec spec(Call c, Shape x, int first) {
    return SliceSpec.of(c, x, first);
  }

  static SliceSpec known(Call c, @Nullable SliceSpec s) {
    if (s == null) {
      throw c.fault("indices are not known").expected("begin, end and strides").valueError();
    }
    return s;
  }

  private static Shape shape(@Nullable SliceSpec s, Call c) {
    return s == null ? SliceSpec.unknownShape(c) : s.result();
  }

  public static final OpDef STRIDED_SLICE_GRAD =
      masks(
              op("StridedSliceGrad")
                  .says(
                      "Puts values where a strided slice read them, into zeros of the given shape.")
                  .in("shape", "Index")
                  .in("begin", "Index")
                  .in("end", "Index")
                  .in("strides", "Index")
                  .in("dy", "T")
                  .out("output", "T")
                  .type("T", ALL)
                  .type("Index", INDICES))
          .infer(c -> {
            int[] d = c.constant(0);
            Shape x = d == null ? Dims.unknown(c, "shape") : Shape.of(d);
            c.out(0, c.dtype(4), x);
            check(c, spec(c, x, 1));
          })
          .grad(
              keep("begin", "end", "strides"),
              (g, dy) ->
                  g.to(
                      "dy",
                      STRIDED_SLICE_REF.with(
                          same(STRIDED_SLICE_REF, g.attrs()),
                          dy,
                          g.kept("begin"),
                          g.kept("end"),
                          g.kept("strides"))))
          .cpu(
              c -> SliceCpu.write(c, known(c, spec(c, Shape.of(c.in(0).toIntArray()), 1)), c.in(4)))
          .cuda("copy")
          .mustFail(
              "strides[0] must be non-zero",
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.F32, 3))
          .declare();

  private static void check(Call c, @Nullable SliceSpec s) {
    if (s != null && !s.result().accepts(c.shape(4))) {
      throw c.fault(
              "the value's shape " + c.shape(4).brackets() + " must be " + s.result().brackets())
          .expected("the shape of the slice")
          .shapeError();
    }
  }

  public static final OpDef TENSOR_STRIDED_SLICE_UPDATE =
      masks(
              op("TensorStridedSliceUpdate")
                  .says("Returns a tensor with the elements of a strided slice replaced.")
                  .in("input", "T")
                  .in("begin", "Index")
                  .in("end", "Index")
                  .in("strides", "Index")
                  .in("value", "T")
                  .out("output", "T")
                  .type("T", ALL)
                  .type("Index", INDICES))
          .infer(c -> {
            c.out(0, c.in(0).spec());
            check(c, spec(c, c.shape(0), 1));
          })
          .grad(
              keep("begin", "end", "strides"),
              (g, dy) -> {
                Tensor begin = g.kept("begin");
                Tensor end = g.kept("end");
                Tensor strides = g.kept("strides");
                Tensor value =
                    STRIDED_SLICE_REF.with(
                        same(STRIDED_SLICE_REF, g.attrs()), dy, begin, end, strides);
                g.to("value", value);
                if (g.needs("input")) {
                  Tensor none = ZEROS_LIKE.of(value);
                  g.to("input", UPDATE_REF.with(g.attrs(), dy, begin, end, strides, none));
                }
              })
          .cpu(c -> SliceCpu.write(c, known(c, spec(c, c.shape(0), 1)), c.in(4)))
          .cuda("copy")
          .api("tensorStridedSliceUpdate")
          .mustFail(
              "strides[0] must be non-zero",
              Spec.of(DType.F32, 3),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 1),
              Spec.of(DType.F32, 1))
          .declare();
}
