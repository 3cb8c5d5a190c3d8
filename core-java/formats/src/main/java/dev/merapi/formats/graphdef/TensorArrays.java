package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;
import dev.merapi.formats.proto.AttrValue;
import dev.merapi.memory.Memory;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// TensorFlow 1's arrays of tensors, written as lists.
///
/// An array lives behind a handle, and a number called flow goes from one operation on it to the
/// next to keep their order. A list is a value: here it takes the way of the flow, and the handle
/// is of no use any more. So a loop over an array is a loop over a value, which can be optimised
/// and differentiated; TensorFlow 2 does the same.
final class TensorArrays {
  private static final Map<String, String> LISTS =
      Map.of(
          "TensorArrayV3", "TensorListReserve",
          "TensorArrayWriteV3", "TensorListSetItem",
          "TensorArrayReadV3", "TensorListGetItem",
          "TensorArrayGatherV3", "TensorListGather",
          "TensorArrayScatterV3", "TensorListScatterIntoExistingList",
          "TensorArraySizeV3", "TensorListLength",
          "TensorArrayConcatV3", "TensorListConcatV2",
          "TensorArraySplitV3", "TensorListSplit",
          "TensorArrayCloseV3", "NoOp");

  private TensorArrays() {}

  /// Returns the operation on lists that stands for one on arrays, or null for other items.
  static @Nullable String twin(Item item) {
    return LISTS.get(item.op());
  }

  /// Writes an operation on arrays and returns its outputs; `in` are its inputs, lists in the place
  /// of flows.
  static Tensor[] write(Scope s, Item item, Tensor[] in) {
    OpDef op = Registry.find(LISTS.get(item.op()));
    Item array = item.is("TensorArrayV3") ? item : array(item);
    DType d = Shapes.type(need(array, "dtype").getTypeValue(), array.place);
    Shape element = shape(array, "element_shape");
    return switch (item.op()) {
      case "TensorArrayV3" -> {
        Tensor list = call(s, item, op, op.attrs("element_dtype", d), dims(s, element), in[0])[0];
        yield new Tensor[] {list, list};
      }
      case "TensorArrayWriteV3" -> {
        AttrValue grows = array.attr("dynamic_size");
        Attrs a =
            op.attrs(
                "element_dtype", d, "resize_if_index_out_of_bounds", grows != null && grows.getB());
        yield call(s, item, op, a, in[3], in[1], in[2]);
      }
      case "TensorArrayReadV3" ->
          call(s, item, op, op.attrs("element_dtype", d), in[2], in[1], dims(s, element));
      case "TensorArrayGatherV3" -> {
        Shape asked = shape(item, "element_shape");
        Tensor shape = dims(s, asked.isRankKnown() ? asked : element);
        yield call(s, item, op, op.attrs("element_dtype", d), in[2], in[1], shape);
      }
      case "TensorArrayScatterV3" ->
          call(s, item, op, op.attrs("element_dtype", d), in[3], in[2], in[1]);
      case "TensorArraySizeV3" -> call(s, item, op, op.defaults(), in[1]);
      case "TensorArrayConcatV3" -> {
        Tensor none = s.tracer.builder().constant(numbers(DType.I64, new int[0], false));
        Tensor shape = dims(s, whole(shape(item, "element_shape_except0")));
        yield call(s, item, op, op.attrs("element_dtype", d), in[1], shape, none);
      }
      case "TensorArraySplitV3" -> {
        Tensor shape = dims(s, Shape.UNKNOWN);
        yield call(s, item, op, op.attrs("element_dtype", d), in[1], shape, in[2]);
      }
      default -> new Tensor[0];
    };
  }

  /// Returns the node that made the array.
  private static Item array(Item item) {
    Ref r = Flow.root(item.in.get(0));
    if (!r.item().is("TensorArrayV3")) {
      throw item.place.fault(
          "the array does not come from a TensorArrayV3 of this graph",
          item + " on " + r,
          "TensorArrayV3",
          "write the graph with TensorFlow 1.0 or newer");
    }
    return r.item();
  }

  private static AttrValue need(Item item, String attribute) {
    AttrValue v = item.attr(attribute);
    if (v == null) {
      throw item.place.fault(
          "attribute " + attribute + " is missing", item.toString(), attribute, "");
    }
    return v;
  }

  private static Shape shape(Item item, String attribute) {
    AttrValue v = item.attr(attribute);
    return v == null ? Shape.UNKNOWN : Shapes.read(v.getShape(), item.place);
  }

  /// Returns the shape of whole elements of which `rest` is all but the first axis.
  private static Shape whole(Shape rest) {
    if (!rest.isRankKnown()) {
      return rest;
    }
    int[] dims = new int[rest.rank() + 1];
    dims[0] = Shape.UNKNOWN_SIZE;
    System.arraycopy(rest.rawDims(), 0, dims, 1, rest.rank());
    return Shape.of(dims);
  }

  /// Returns a shape as operations on lists take it: sizes, or a single -1 for an unknown rank.
  private static Tensor dims(Scope s, Shape shape) {
    Tensor t =
        shape.isRankKnown()
            ? numbers(DType.I32, shape.rawDims(), false)
            : numbers(DType.I32, new int[] {Shape.UNKNOWN_SIZE}, true);
    return s.tracer.builder().constant(t, s.prefix + "element_shape");
  }

  private static Tensor numbers(DType d, int[] values, boolean scalar) {
    Tensor t = Memory.empty(scalar ? Spec.of(d) : Spec.of(d, values.length));
    for (int i = 0; i < values.length; i++) {
      t.segment().setAtIndex(ValueLayout.JAVA_INT, i, values[i]);
    }
    return t;
  }

  private static Tensor[] call(Scope s, Item item, OpDef op, Attrs a, Tensor... in) {
    Tensor[] inside = new Tensor[in.length];
    for (int i = 0; i < in.length; i++) {
      inside[i] = s.tracer.inside(in[i]);
    }
    try {
      return s.tracer
          .builder()
          .append(op, a, inside, s.prefix + item.name(), item.def.getDevice(), null);
    } catch (IllegalArgumentException e) {
      throw item.place.fault(Attributes.firstLine(e), item.toString(), "", "", e);
    }
  }
}
