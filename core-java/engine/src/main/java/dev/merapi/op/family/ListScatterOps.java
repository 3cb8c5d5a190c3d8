package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ANY;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.ListScatterCpu;
import dev.merapi.op.Call;
import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Puts the rows of a tensor into a list of tensors, each in a place of its own. Neighbour: ListOps
/// (all else about lists).
public final class ListScatterOps {
  private static final OpRef GATHER = OpRef.to("TensorListGather");
  private static final OpRef INTO = OpRef.to("TensorListScatterIntoExistingList");
  private static final OpRef SLICE = OpRef.to("Slice");
  private static final OpRef ZEROS = OpRef.to("ZerosLike");

  private ListScatterOps() {}

  /// Declares the family.
  public static void load() {}

  private static void rows(Call c, int tensor, int indices) {
    Shape t = c.shape(tensor);
    Shape i = c.shape(indices);
    if (i.isRankKnown() && i.rank() != 1) {
      throw c.fault("indices must be a vector, got shape " + i)
          .expected("one index for each row")
          .shapeError();
    }
    if (t.isRankKnown() && t.rank() == 0) {
      throw c.fault("a single number has no rows to put into a list")
          .expected("a tensor of rank 1 or more")
          .shapeError();
    }
    if (t.isRankKnown()
        && i.isRankKnown()
        && t.dim(0) >= 0
        && i.dim(0) >= 0
        && t.dim(0) != i.dim(0)) {
      throw c.fault(
              "Invalid number of rows in input tensor. Expected: "
                  + i.dim(0)
                  + " Actual: "
                  + t.dim(0))
          .expected("one index for each row")
          .shapeError();
    }
    c.out(0, DType.VARIANT, Shape.SCALAR);
  }

  /// Sends to each row the gradient of the element that it became.
  private static void toRows(Grad g, Tensor dy) {
    Shape s = g.shapeOf("tensor");
    Tensor each =
        s.isKnown()
            ? Values.ints(Arrays.copyOfRange(s.rawDims(), 1, s.rank()))
            : SLICE.of(g.dims("tensor"), Values.ints(1), Values.ints(-1));
    g.to(
        "tensor",
        GATHER.with(
            GATHER.attrs("element_dtype", g.dtypeOf("tensor")), dy, g.kept("indices"), each));
  }

  public static final OpDef TENSOR_LIST_SCATTER_INTO_EXISTING_LIST =
      op("TensorListScatterIntoExistingList")
          .says(
              "Returns a list in which rows of a tensor take the places that indices name; it grows"
                  + " where one lies behind its end.")
          .in("input_handle", DType.VARIANT)
          .in("tensor", "element_dtype")
          .in("indices", DType.I32)
          .out("output_handle", DType.VARIANT)
          .type("element_dtype", ANY)
          .infer(c -> rows(c, 1, 2))
          .grad(
              keep("tensor", "indices"),
              (g, dy) -> {
                toRows(g, dy);
                if (g.needs("input_handle")) {
                  Tensor none = ZEROS.of(g.kept("tensor"));
                  g.to("input_handle", INTO.of(dy, none, g.kept("indices")));
                }
              })
          .cpu(ListScatterCpu::into)
          .cuda("none: lists stay on the host")
          .mustFail(
              "Invalid number of rows in input tensor. Expected: 3 Actual: 2",
              Spec.of(DType.VARIANT),
              Spec.of(DType.F32, 2, 2),
              Spec.of(DType.I32, 3))
          .declare();

  public static final OpDef TENSOR_LIST_SCATTER_V2 =
      op("TensorListScatterV2")
          .says("Makes a list of the rows of a tensor, each in the place that an index names.")
          .in("tensor", "element_dtype")
          .in("indices", DType.I32)
          .in("element_shape", "shape_type")
          .in("num_elements", DType.I32)
          .out("output_handle", DType.VARIANT)
          .type("element_dtype", ANY)
          .type("shape_type", INDICES)
          .infer(c -> rows(c, 0, 1))
          .grad(keep("indices"), (g, dy) -> toRows(g, dy))
          .cpu(ListScatterCpu::make)
          .cuda("none: lists stay on the host")
          .mustFail(
              "a single number has no rows to put into a list",
              Spec.of(DType.F32),
              Spec.of(DType.I32, 1),
              Spec.of(DType.I32, 0),
              Spec.of(DType.I32))
          .declare();
}
