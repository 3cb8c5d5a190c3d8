package dev.merapi.op.family;

import static dev.merapi.op.OpDef.op;
import static dev.merapi.op.Rules.keep;
import static dev.merapi.op.Types.ANY;
import static dev.merapi.op.Types.INDICES;

import dev.merapi.kernel.cpu.ListCpu;
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

/// Lists of tensors: what loops fill, and where the gradients of loops keep what they need.
/// Neighbours: ControlOps (loops), JoinOps (stacks of a known number).
///
/// A list is a scalar of type variant. The gradient of a list is a list as long as it, of which
/// missing elements are zeros.
public final class ListOps {
  private static final OpRef PUSH = OpRef.to("TensorListPushBack");
  private static final OpRef POP = OpRef.to("TensorListPopBack");
  private static final OpRef GET = OpRef.to("TensorListGetItem");
  private static final OpRef SET = OpRef.to("TensorListSetItem");
  private static final OpRef STACK = OpRef.to("TensorListStack");
  private static final OpRef FROM = OpRef.to("TensorListFromTensor");
  private static final OpRef NONE = OpRef.to("TensorListNone");
  private static final OpRef SCATTER_ADD = OpRef.to("TensorListScatterAdd");
  private static final OpRef SPLIT = OpRef.to("TensorListSplit");
  private static final OpRef CONCAT = OpRef.to("TensorListConcatV2");
  private static final OpRef RESIZE = OpRef.to("TensorListResize");
  private static final OpRef LENGTH = OpRef.to("TensorListLength");
  private static final OpRef SLICE = OpRef.to("Slice");
  private static final OpRef FILL = OpRef.to("Fill");
  private static final OpRef CAST = OpRef.to("Cast");

  private ListOps() {}

  /// Declares the family.
  public static void load() {}

  private static void list(Call c, int i) {
    c.out(i, DType.VARIANT, Shape.SCALAR);
  }

  /// Returns the element shape that an input tells, as far as it is known.
  private static Shape told(Call c, int i) {
    Shape s = c.in(i).shape();
    if (!s.isRankKnown() || s.rank() != 1 || s.dim(0) < 0) {
      return Shape.UNKNOWN;
    }
    int[] d = c.constant(i);
    if (d == null) {
      d = new int[s.dim(0)];
      Arrays.fill(d, Shape.UNKNOWN_SIZE);
    }
    return Shape.of(d);
  }

  private static Shape rows(int n, Shape each) {
    if (!each.isRankKnown() || each.rank() == Shape.MAX_RANK) {
      return Shape.UNKNOWN;
    }
    int[] d = new int[each.rank() + 1];
    d[0] = n;
    System.arraycopy(each.rawDims(), 0, d, 1, each.rank());
    return Shape.ofOwned(d);
  }

  private static Tensor anyShape() {
    return Values.scalar(-1);
  }

  /// Returns the list gradient that arrives at output 0, or a list of zeros as long as `like`.
  private static Tensor listGradient(Grad g, int output, String like) {
    Tensor dy = g.dy(output);
    return dy == null ? NONE.of(g.kept(like)) : dy;
  }

  /// Returns zeros shaped as an input or output.
  private static Tensor zeros(Grad g, String name) {
    Spec s = g.spec(name);
    return s.dtype() == DType.VARIANT
        ? NONE.of(g.kept(name))
        : FILL.of(g.dims(name), CAST.with(CAST.attrs("DstT", s.dtype()), Values.scalar(0)));
  }

  public static final OpDef EMPTY_TENSOR_LIST =
      op("EmptyTensorList")
          .says("Returns a list without elements.")
          .in("element_shape", "shape_type")
          .in("max_num_elements", DType.I32)
          .out("handle", DType.VARIANT)
          .type("element_dtype", ANY, DType.F32)
          .type("shape_type", INDICES)
          .infer(c -> list(c, 0))
          .noGrad("made from nothing")
          .cpu(ListCpu::empty)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_RESERVE =
      op("TensorListReserve")
          .says("Returns a list of a given number of missing elements, which read as zeros.")
          .in("element_shape", "shape_type")
          .in("num_elements", DType.I32)
          .out("handle", DType.VARIANT)
          .type("element_dtype", ANY, DType.F32)
          .type("shape_type", INDICES)
          .infer(c -> list(c, 0))
          .noGrad("made from nothing")
          .cpu(ListCpu::reserve)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_PUSH_BACK =
      op("TensorListPushBack")
          .says("Returns the list with one more element at its end.")
          .in("input_handle", DType.VARIANT)
          .in("tensor", "element_dtype")
          .out("output_handle", DType.VARIANT)
          .type("element_dtype", ANY)
          .infer(c -> list(c, 0))
          .grad(
              keep(),
              (g, dy) -> {
                DType d = g.dtypeOf("tensor");
                Tensor shape = d == DType.VARIANT ? anyShape() : g.dims("tensor");
                Tensor[] back = POP.all(POP.attrs("element_dtype", d), dy, shape);
                g.to("input_handle", back[0]);
                if (differentiable(d)) {
                  g.to("tensor", back[1]);
                }
              })
          .cpu(ListCpu::push)
          .cuda("none: lists stay on the host")
          .declare();

  private static boolean differentiable(DType d) {
    return d.isDifferentiable() || d == DType.VARIANT;
  }

  public static final OpDef TENSOR_LIST_POP_BACK =
      op("TensorListPopBack")
          .says("Returns the list without its last element, and that element.")
          .in("input_handle", DType.VARIANT)
          .in("element_shape", DType.I32)
          .out("output_handle", DType.VARIANT)
          .out("tensor", "element_dtype")
          .type("element_dtype", ANY, DType.F32)
          .infer(c -> {
            list(c, 0);
            element(c, 1, 1);
          })
          .grad(
              keep("output_handle"),
              (g, dy) -> {
                DType d = g.dtypeOf("tensor");
                Tensor last = g.dy(1);
                // Elements of types without gradients leave their place empty.
                Tensor rest = listGradient(g, 0, "output_handle");
                g.to(
                    "input_handle",
                    last == null
                        ? RESIZE.of(rest, add1(LENGTH.of(g.kept("output_handle"))))
                        : PUSH.with(PUSH.attrs("element_dtype", d), rest, last));
              })
          .cpu(ListCpu::pop)
          .cuda("none: lists stay on the host")
          .declare();

  private static final OpRef ADD = OpRef.to("AddV2");

  private static Tensor add1(Tensor n) {
    return ADD.of(n, Values.scalar(1));
  }

  /// Announces an element as an output; `told` is the input that tells its shape.
  private static void element(Call c, int out, int told) {
    DType d = c.type("element_dtype");
    c.out(out, d, d == DType.VARIANT ? Shape.SCALAR : told(c, told));
  }

  public static final OpDef TENSOR_LIST_STACK =
      op("TensorListStack")
          .says("Joins all elements of a list along a new first axis.")
          .in("input_handle", DType.VARIANT)
          .in("element_shape", DType.I32)
          .out("tensor", "element_dtype")
          .type("element_dtype", ANY, DType.F32)
          .attr("num_elements", -1)
          .infer(c ->
              c.out(
                  0,
                  c.type("element_dtype"),
                  rows(Math.max(-1, c.attrs.i("num_elements")), told(c, 1))))
          .grad(
              keep(),
              (g, dy) ->
                  g.to(
                      "input_handle",
                      FROM.with(FROM.attrs("element_dtype", g.dtypeOf("tensor")), dy, anyShape())))
          .cpu(ListCpu::stack)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_FROM_TENSOR =
      op("TensorListFromTensor")
          .says("Takes a tensor apart along its first axis.")
          .in("tensor", "element_dtype")
          .in("element_shape", "shape_type")
          .out("output_handle", DType.VARIANT)
          .type("element_dtype", ANY)
          .type("shape_type", INDICES)
          .infer(c -> {
            if (c.shape(0).isRankKnown() && c.shape(0).rank() == 0) {
              throw c.fault("Tensor must be at least a vector, but saw shape: []")
                  .expected("a tensor with a first axis")
                  .shapeError();
            }
            list(c, 0);
          })
          .grad(
              keep(),
              (g, dy) -> {
                Tensor dims = g.dims("tensor");
                Shape s = g.shapeOf("tensor");
                Tensor each =
                    s.isKnown()
                        ? Values.ints(Arrays.copyOfRange(s.rawDims(), 1, s.rank()))
                        : SLICE.of(dims, Values.ints(1), Values.ints(-1));
                g.to(
                    "tensor",
                    STACK.with(STACK.attrs("element_dtype", g.dtypeOf("tensor")), dy, each));
              })
          .cpu(ListCpu::fromTensor)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_GET_ITEM =
      op("TensorListGetItem")
          .says("Returns one element of a list.")
          .in("input_handle", DType.VARIANT)
          .in("index", DType.I32)
          .in("element_shape", "Tshape")
          .out("item", "element_dtype")
          .type("element_dtype", ANY, DType.F32)
          .type("Tshape", INDICES)
          .infer(c -> element(c, 0, 2))
          .grad(
              keep("input_handle", "index"),
              (g, dy) ->
                  g.to(
                      "input_handle",
                      SET.with(
                          SET.attrs("element_dtype", g.dtypeOf("item")),
                          NONE.of(g.kept("input_handle")),
                          g.kept("index"),
                          dy)))
          .cpu(ListCpu::get)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_SET_ITEM =
      op("TensorListSetItem")
          .says("Returns the list with another element at one place.")
          .in("input_handle", DType.VARIANT)
          .in("index", DType.I32)
          .in("item", "element_dtype")
          .out("output_handle", DType.VARIANT)
          .type("element_dtype", ANY)
          .attr("resize_if_index_out_of_bounds", false)
          .infer(c -> list(c, 0))
          .grad(
              keep("index", "input_handle"),
              (g, dy) -> {
                DType d = g.dtypeOf("item");
                Tensor index = g.kept("index");
                Tensor before =
                    SET.with(SET.attrs("element_dtype", d), dy, index, zeros(g, "item"));
                g.to(
                    "input_handle",
                    g.attrs().b("resize_if_index_out_of_bounds")
                        ? RESIZE.of(before, LENGTH.of(g.kept("input_handle")))
                        : before);
                if (differentiable(d)) {
                  Tensor shape = d == DType.VARIANT ? anyShape() : g.dims("item");
                  g.to("item", GET.with(GET.attrs("element_dtype", d), dy, index, shape));
                }
              })
          .cpu(ListCpu::set)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_LENGTH =
      op("TensorListLength")
          .says("Returns how many elements a list has.")
          .in("input_handle", DType.VARIANT)
          .out("length", DType.I32)
          .infer(c -> c.out(0, DType.I32, Shape.SCALAR))
          .noGrad("a length is a whole number")
          .cpu(ListCpu::length)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_RESIZE =
      op("TensorListResize")
          .says("Cuts a list, or lengthens it with missing elements.")
          .in("input_handle", DType.VARIANT)
          .in("size", DType.I32)
          .out("output_handle", DType.VARIANT)
          .infer(c -> list(c, 0))
          .grad(
              keep("input_handle"),
              (g, dy) -> g.to("input_handle", RESIZE.of(dy, LENGTH.of(g.kept("input_handle")))))
          .cpu(ListCpu::resize)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_GATHER =
      op("TensorListGather")
          .says("Joins some elements of a list, named by their numbers, along a new first axis.")
          .in("input_handle", DType.VARIANT)
          .in("indices", DType.I32)
          .in("element_shape", DType.I32)
          .out("values", "element_dtype")
          .type("element_dtype", ANY, DType.F32)
          .infer(c ->
              c.out(
                  0,
                  c.type("element_dtype"),
                  rows(c.shape(1).isRankKnown() ? c.shape(1).dim(0) : -1, told(c, 2))))
          .grad(
              keep("input_handle", "indices"),
              (g, dy) ->
                  g.to(
                      "input_handle",
                      SCATTER_ADD.of(g.kept("input_handle"), g.kept("indices"), dy)))
          .cpu(ListCpu::gather)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_CONCAT_V2 =
      op("TensorListConcatV2")
          .says("Joins all elements of a list along their first axis, and tells their lengths.")
          .in("input_handle", DType.VARIANT)
          .in("element_shape", "shape_type")
          .in("leading_dims", DType.I64)
          .out("tensor", "element_dtype")
          .out("lengths", DType.I64)
          .type("element_dtype", ANY, DType.F32)
          .type("shape_type", INDICES)
          .infer(c -> {
            Shape one = told(c, 1);
            c.out(
                0,
                c.type("element_dtype"),
                one.isRankKnown() && one.rank() > 0 ? one.with(0, -1) : Shape.UNKNOWN);
            c.out(1, DType.I64, Shape.of(-1));
          })
          .grad(
              keep("lengths"),
              (g, dy) ->
                  g.to(
                      "input_handle",
                      SPLIT.with(
                          SPLIT.attrs("element_dtype", g.dtypeOf("tensor")),
                          dy,
                          anyShape(),
                          g.kept("lengths"))))
          .cpu(ListCpu::concat)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_SPLIT =
      op("TensorListSplit")
          .says("Takes a tensor apart into pieces of given lengths along its first axis.")
          .in("tensor", "element_dtype")
          .in("element_shape", "shape_type")
          .in("lengths", DType.I64)
          .out("output_handle", DType.VARIANT)
          .type("element_dtype", ANY)
          .type("shape_type", INDICES)
          .infer(c -> list(c, 0))
          .grad(
              keep("lengths"),
              (g, dy) ->
                  g.to(
                      "tensor",
                      CONCAT.with(
                          CONCAT.attrs("element_dtype", g.dtypeOf("tensor")),
                          dy,
                          anyShape(),
                          g.kept("lengths"))))
          .cpu(ListCpu::split)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_CONCAT_LISTS =
      op("TensorListConcatLists")
          .says("Returns the elements of one list and then those of another.")
          .in("input_a", DType.VARIANT)
          .in("input_b", DType.VARIANT)
          .out("output", DType.VARIANT)
          .type("element_dtype", ANY, DType.F32)
          .infer(c -> list(c, 0))
          .noGrad("TensorFlow has none either")
          .cpu(ListCpu::join)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_NONE =
      op("TensorListNone")
          .says("Returns a list as long as another one, of missing elements: the list's zeros.")
          .in("input_handle", DType.VARIANT)
          .out("output_handle", DType.VARIANT)
          .infer(c -> list(c, 0))
          .noGrad("constant in its input")
          .cpu(ListCpu::none)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_ADD =
      op("TensorListAdd")
          .says("Adds two lists up, element by element; missing elements are zeros.")
          .in("input_a", DType.VARIANT)
          .in("input_b", DType.VARIANT)
          .out("output", DType.VARIANT)
          .infer(c -> list(c, 0))
          .grad(
              keep(),
              (g, dy) -> {
                g.to("input_a", dy);
                g.to("input_b", dy);
              })
          .cpu(ListCpu::add)
          .cuda("none: lists stay on the host")
          .declare();

  public static final OpDef TENSOR_LIST_SCATTER_ADD =
      op("TensorListScatterAdd")
          .says(
              "Returns a list as long as another one, in which each row of a tensor is added to the"
                  + " element that an index names: the gradient of TensorListGather.")
          .in("input_handle", DType.VARIANT)
          .in("indices", DType.I32)
          .in("tensor", "element_dtype")
          .out("output_handle", DType.VARIANT)
          .type("element_dtype", ANY)
          .infer(c -> list(c, 0))
          .grad(
              keep("indices"),
              (g, dy) -> {
                Shape s = g.shapeOf("tensor");
                Tensor each =
                    s.isKnown()
                        ? Values.ints(Arrays.copyOfRange(s.rawDims(), 1, s.rank()))
                        : SLICE.of(g.dims("tensor"), Values.ints(1), Values.ints(-1));
                OpRef gather = OpRef.to("TensorListGather");
                g.to(
                    "tensor",
                    gather.with(
                        gather.attrs("element_dtype", g.dtypeOf("tensor")),
                        dy,
                        g.kept("indices"),
                        each));
              })
          .cpu(ListCpu::scatterAdd)
          .cuda("none: lists stay on the host")
          .declare();
}
