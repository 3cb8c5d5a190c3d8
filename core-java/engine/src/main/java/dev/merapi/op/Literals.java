package dev.merapi.op;

import dev.merapi.memory.Memory;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Array;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes tensors from host values: numbers, strings, arrays of any rank, nested lists, buffers.
///
/// Types: `int` gives int32, `long` int64, `short` int16, `byte` int8, `boolean` bool, a string its
/// UTF-8 bytes. Typed arrays keep their type (`double[]` is float64), as NumPy's do. Single
/// `Double`s and lists of them are float32, as Python's number literals are. A list may mix whole
/// numbers and floats (float32), or hold tensors, which are stacked.
public final class Literals {
  private static final OpRef PACK = OpRef.to("Pack");
  private static final OpRef FILL = OpRef.to("Fill");
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  private Literals() {}

  /// Returns the value as a tensor; a tensor as it is.
  ///
  /// Fails: `ShapeError` naming the position when rows are not equally long, `ValueError` when
  /// types are mixed that have nothing in common, `TypeError` when the value is of no known kind.
  public static Tensor of(Object value) {
    return of(value, null, null);
  }

  public static Tensor of(Object value, @Nullable DType dtype) {
    return of(value, dtype, null);
  }

  /// Returns the value as a tensor of the given type and shape; null leaves them to the value.
  ///
  /// One number fills the whole shape; otherwise the number of elements must be that of the shape.
  /// Fails: besides the above, `TypeError` when a fraction should become a whole number,
  /// `ValueError` when a number is outside the type's range. `byte[]` for uint8 is taken bit by
  /// bit.
  public static Tensor of(Object value, @Nullable DType dtype, @Nullable Shape shape) {
    Tensor t = convert(value, dtype, shape);
    if (shape == null || t.shape().equals(shape)) {
      return t;
    }
    if (t.size() == 1 && t.rank() == 0) {
      return FILL.of(Values.ints(shape.dims()), t);
    }
    if (t.size() == shape.size()) {
      return value instanceof Tensor || value instanceof TensorLike
          ? RESHAPE.of(t, Values.ints(shape.dims()))
          : Memory.alias(t, t.spec().withShape(shape));
    }
    throw Message.what(
            "Tensor of shape "
                + t.shape()
                + " has "
                + t.size()
                + " elements, but got `shape` "
                + shape
                + " with "
                + shape.size()
                + " elements")
        .expected("as many values as the shape has elements, or a single one")
        .shapeError();
  }

  private static Tensor convert(Object value, @Nullable DType dtype, @Nullable Shape shape) {
    Object v = value instanceof TensorLike like ? like.asTensor() : value;
    if (v instanceof Tensor t) {
      if (dtype != null && t.dtype() != dtype) {
        throw Message.what(
                "Tensor conversion requested dtype "
                    + dtype
                    + " for Tensor with dtype "
                    + t.dtype())
            .given(t.spec().toString())
            .expected(dtype.toString())
            .fix("convert with tf.cast(x, tf." + dtype + ")")
            .typeError();
      }
      return t;
    }
    if (v instanceof Number || v instanceof Boolean) {
      return scalar(v, dtype);
    }
    if (v instanceof Buffer b) {
      return HostSegments.of(b, dtype);
    }
    if (v instanceof MemorySegment s) {
      return HostSegments.of(s, dtype, shape);
    }
    if (holdsTensors(v)) {
      return pack(items(v), dtype);
    }
    HostScan scan = HostScan.of(v);
    DType d = dtype == null ? scan.dtype() : dtype;
    Spec spec = new Spec(d, Shape.ofOwned(scan.dims()));
    if (d.isHandle()) {
      throw HostWriter.refused(String.valueOf(v), d);
    }
    if (d == DType.STRING) {
      byte[][] texts = new byte[Math.toIntExact(spec.shape().size())][];
      strings(v, texts, new int[1]);
      return Memory.texts(spec, texts);
    }
    Tensor t = Memory.empty(spec);
    new HostWriter(t.segment(), d, dtype != null).write(v);
    java.lang.ref.Reference.reachabilityFence(t);
    return t;
  }

  /// The short way for single numbers, which stand beside tensors in every other call.
  private static Tensor scalar(Object v, @Nullable DType dtype) {
    DType d = dtype == null ? HostScan.one(v) : dtype;
    if (d.bytes() == 0) {
      throw HostWriter.refused(v.toString(), d);
    }
    Tensor t = Memory.empty(new Spec(d, Shape.SCALAR));
    new HostWriter(t.segment(), d, dtype != null).write(v);
    java.lang.ref.Reference.reachabilityFence(t);
    return t;
  }

  /// Returns a host value as it goes next to a tensor: it takes the tensor's type where its kind
  /// allows.
  ///
  /// Whole numbers next to floats become floats, float64 arrays next to float32 become float32. A
  /// fraction next to whole numbers keeps its own type, and the operation then refuses the mix.
  public static Tensor like(Object value, Tensor other) {
    if (value instanceof Tensor t) {
      return t;
    }
    if (value instanceof TensorLike l) {
      return l.asTensor();
    }
    DType d = other.dtype();
    if (value instanceof Number || value instanceof Boolean) {
      return scalar(value, takes(d, HostScan.one(value)) ? d : null);
    }
    if (value instanceof Buffer || value instanceof MemorySegment || holdsTensors(value)) {
      return of(value);
    }
    DType own = HostScan.of(value).dtype();
    return takes(d, own) ? of(value, d, null) : of(value);
  }

  private static boolean takes(DType d, DType own) {
    if (own == d) {
      return true;
    }
    if (own == DType.STRING || d.bytes() == 0 || d == DType.BOOL) {
      return false;
    }
    return d.isFloating() || d.isComplex() || own.isInteger() || own == DType.BOOL;
  }

  /// Returns the items of a list, collection or array of objects; null for anything else.
  static @Nullable List<?> sequence(@Nullable Object v) {
    return switch (v) {
      case null -> null;
      case List<?> l -> l;
      case Object[] a -> Arrays.asList(a);
      case Collection<?> c -> new ArrayList<Object>(c);
      default -> null;
    };
  }

  private static List<?> items(Object v) {
    List<?> l = sequence(v);
    return l == null ? List.of() : l;
  }

  private static boolean holdsTensors(@Nullable Object v) {
    if (v instanceof Object[] a && a.getClass().getComponentType().isArray()) {
      return false;
    }
    List<?> l = sequence(v);
    if (l == null) {
      return false;
    }
    for (Object o : l) {
      if (o instanceof Tensor || o instanceof TensorLike) {
        return true;
      }
      // Only the first item is looked into: lists of numbers would be walked twice otherwise.
      if (!(o instanceof Number)) {
        return holdsTensors(o);
      }
    }
    return false;
  }

  /// Stacks a list in which tensors occur; numbers beside them take the type of the first tensor.
  private static Tensor pack(List<?> items, @Nullable DType dtype) {
    Tensor first = null;
    for (Object o : items) {
      if (o instanceof Tensor || o instanceof TensorLike || holdsTensors(o)) {
        first = convert(o, dtype, null);
        break;
      }
    }
    Tensor[] parts = new Tensor[items.size()];
    for (int i = 0; i < parts.length; i++) {
      Object o = items.get(i);
      if (o == null || first == null) {
        throw HostScan.unknown(o);
      }
      parts[i] = holdsTensors(o) ? convert(o, first.dtype(), null) : like(o, first);
    }
    return PACK.of(parts);
  }

  private static void strings(@Nullable Object v, byte[][] texts, int[] at) {
    List<?> list = sequence(v);
    if (list != null) {
      for (Object o : list) {
        strings(o, texts, at);
      }
    } else if (v instanceof CharSequence c) {
      texts[at[0]++] = c.toString().getBytes(StandardCharsets.UTF_8);
    } else if (v instanceof ByteBuffer b) {
      byte[] bytes = new byte[b.remaining()];
      b.duplicate().get(bytes);
      texts[at[0]++] = bytes;
    } else {
      Object shown =
          v != null && v.getClass().isArray() && Array.getLength(v) > 0 ? Array.get(v, 0) : v;
      throw HostWriter.refused(String.valueOf(shown), DType.STRING);
    }
  }

  /// Returns a string tensor whose elements are the given bytes, taken as they are.
  public static Tensor bytes(byte[][] strings, int... dims) {
    Spec spec = Spec.of(DType.STRING, dims);
    if (spec.shape().size() != strings.length) {
      throw Message.what(strings.length + " strings do not fill shape " + spec.shape())
          .shapeError();
    }
    return Memory.texts(spec, strings.clone());
  }

  /// Returns a single string tensor of these bytes.
  public static Tensor bytes(byte[] string) {
    return Memory.texts(Spec.of(DType.STRING), new byte[][] {string.clone()});
  }
}
