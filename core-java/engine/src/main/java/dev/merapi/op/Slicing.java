package dev.merapi.op;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Turns Python's brackets into calls: `x[1:, 2]` is `StridedSlice`, `x[mask]` gathers.
public final class Slicing {
  private static final OpRef STRIDED_SLICE = OpRef.to("StridedSlice");
  private static final OpRef STRIDED_UPDATE = OpRef.to("TensorStridedSliceUpdate");
  private static final OpRef STRIDED_ASSIGN = OpRef.to("ResourceStridedSliceAssign");
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef CAST = OpRef.to("Cast");
  private static final OpRef RESHAPE = OpRef.to("Reshape");
  private static final OpRef WHERE = OpRef.to("Where");
  private static final OpRef GATHER = OpRef.to("GatherV2");

  private Slicing() {}

  /// Begins, ends and steps as tensors, and the masks that say which of them count.
  private record Plan(Tensor begin, Tensor end, Tensor strides, Attrs attrs) {}

  /// Returns `x[i, j, …]`; axes that are not named stay whole.
  ///
  /// Fails: `ShapeError` when a position is outside its axis or there are more places than axes.
  public static Tensor index(Tensor x, Index... places) {
    if (places.length == 0) {
      return x;
    }
    Plan p = plan(STRIDED_SLICE, places);
    return STRIDED_SLICE.with(p.attrs, x, p.begin, p.end, p.strides);
  }

  /// Returns `x[…]` for what Python writes between the brackets.
  public static Tensor index(Tensor x, String places) {
    return index(x, Index.parse(places));
  }

  /// Puts `value` into `x[…]` of the variable behind a handle.
  public static void assign(Tensor handle, Tensor value, Index... places) {
    Plan p = plan(STRIDED_ASSIGN, places);
    STRIDED_ASSIGN.all(p.attrs, handle, p.begin, p.end, p.strides, value);
  }

  /// Returns a copy of `x` in which `x[…]` is `value`.
  public static Tensor update(Tensor x, Tensor value, Index... places) {
    Plan p = plan(STRIDED_UPDATE, places);
    return STRIDED_UPDATE.with(p.attrs, x, p.begin, p.end, p.strides, value);
  }

  private static Plan plan(OpRef op, Index[] places) {
    int n = places.length;
    Object[] begin = new Object[n];
    Object[] end = new Object[n];
    int[] strides = new int[n];
    int beginMask = 0;
    int endMask = 0;
    int ellipsisMask = 0;
    int newAxisMask = 0;
    int shrinkMask = 0;
    for (int i = 0; i < n; i++) {
      Index p = places[i];
      int bit = 1 << i;
      begin[i] = p.begin == null ? 0 : p.begin;
      end[i] = p.end == null ? 0 : p.end;
      strides[i] = p.step;
      switch (p.kind) {
        case AT -> {
          shrinkMask |= bit;
          // The end is not looked at where an axis goes away; one after the begin is what
          // TensorFlow writes.
          end[i] = p.begin instanceof Integer k ? (Object) (k + 1) : begin[i];
        }
        case RANGE -> {
          beginMask |= p.begin == null ? bit : 0;
          endMask |= p.end == null ? bit : 0;
        }
        case ELLIPSIS -> {
          if (ellipsisMask != 0) {
            throw Message.what("Multiple ellipses in slice spec not allowed")
                .given(Arrays.toString(places))
                .expected("one ... at most")
                .valueError();
          }
          ellipsisMask |= bit;
        }
        case NEW_AXIS -> newAxisMask |= bit;
      }
    }
    Attrs attrs =
        op.attrs(
            "begin_mask",
            beginMask,
            "end_mask",
            endMask,
            "ellipsis_mask",
            ellipsisMask,
            "new_axis_mask",
            newAxisMask,
            "shrink_axis_mask",
            shrinkMask);
    return new Plan(vector(begin), vector(end), Values.ints(strides), attrs);
  }

  private static Tensor vector(Object[] x) {
    int[] ints = new int[x.length];
    boolean plain = true;
    for (int i = 0; i < x.length; i++) {
      if (x[i] instanceof Integer k) {
        ints[i] = k;
      } else {
        plain = false;
      }
    }
    if (plain) {
      return Values.ints(ints);
    }
    Tensor[] parts = new Tensor[x.length];
    for (int i = 0; i < x.length; i++) {
      if (x[i] instanceof Tensor t) {
        parts[i] = t.dtype() == DType.I32 ? t : CAST.with(CAST.attrs("DstT", DType.I32), t);
      } else {
        parts[i] = Values.scalar(ints[i]);
      }
    }
    return PACK.of(parts);
  }

  /// Returns the entries of `x` where `mask` is true, in one row: `tf.boolean_mask`.
  ///
  /// Shapes: the mask covers `mask.rank()` axes of `x` from `axis` on; they become one. Fails:
  /// `ShapeError` when the mask does not have those axes' sizes, `TypeError` when it is not bool.
  public static Tensor booleanMask(Tensor x, Tensor mask, int axis) {
    if (mask.dtype() != DType.BOOL) {
      throw Message.what("boolean_mask: the mask is " + mask.dtype() + ", not bool")
          .given("mask " + mask.spec())
          .fix("compare first: tf.greater(x, 0f)")
          .typeError();
    }
    int m = mask.rank();
    if (m == 0) {
      throw Message.what("mask cannot be scalar.").given("mask " + mask.spec()).shapeError();
    }
    int from = x.shape().axis("boolean_mask", axis);
    int[] dims = x.shape().dims();
    boolean fits = from + m <= dims.length;
    int merged = 1;
    for (int i = 0; fits && i < m; i++) {
      fits = dims[from + i] == mask.shape().dim(i) || dims[from + i] < 0 || mask.shape().dim(i) < 0;
      merged = dims[from + i] < 0 ? -1 : merged < 0 ? -1 : merged * dims[from + i];
    }
    if (!fits) {
      throw Message.what(
              "boolean_mask: Shapes " + x.shape() + " and " + mask.shape() + " are incompatible")
          .given("tensor " + x.spec() + " · mask " + mask.spec() + " · axis " + axis)
          .expected("a mask as large as the tensor's axes from " + from + " on")
          .shapeError();
    }
    int[] flat = new int[dims.length - m + 1];
    System.arraycopy(dims, 0, flat, 0, from);
    flat[from] = merged;
    System.arraycopy(dims, from + m, flat, from + 1, dims.length - from - m);
    Tensor rows = m == 1 ? x : RESHAPE.of(x, Values.ints(flat));
    Tensor line = m == 1 ? mask : RESHAPE.of(mask, Values.ints(-1));
    Tensor found = RESHAPE.of(WHERE.of(line), Values.ints(-1));
    return GATHER.of(rows, found, Values.scalar(from));
  }

  /// Returns the scalars of a vector, for `int n, m = shape(v)`; the size of the first axis must be
  /// known.
  public static Tensor[] unstack(Tensor x) {
    OpRef unpack = OpRef.to("Unpack");
    return unpack.all(unpack.attrs("num", x.shape().dim(0)), x);
  }
}
