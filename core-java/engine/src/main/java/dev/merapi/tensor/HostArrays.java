package dev.merapi.tensor;

import dev.merapi.say.Message;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Gives tensors to the host: nested arrays, copies into the caller's arrays, single elements.
final class HostArrays {
  private HostArrays() {}

  static Object nested(Tensor t) {
    Elements.real(t);
    DType d = t.dtype();
    if (t.rank() == 0 && !d.isComplex()) {
      return boxed(t);
    }
    int[] dims = t.shape().dims();
    if (d.isComplex()) {
      dims = Arrays.copyOf(dims, dims.length + 1);
      dims[dims.length - 1] = 2;
    }
    Object all = Array.newInstance(leaf(d), dims);
    long[] at = {0};
    fill(t, all, at);
    Reference.reachabilityFence(t);
    return all;
  }

  private static RuntimeException noNumbers(DType d) {
    return Message.what("Cannot convert a Tensor of dtype " + d + " to a NumPy array.")
        .expected("a tensor of numbers, truth values or strings")
        .typeError();
  }

  private static Object boxed(Tensor t) {
    DType d = t.dtype();
    if (d.isHandle()) {
      throw noNumbers(d);
    }
    if (d == DType.STRING) {
      return new String(t.strings()[0], StandardCharsets.UTF_8);
    }
    MemorySegment s = t.segment();
    try {
      return switch (d) {
        case F32, F16, BF16 -> (float) Elements.doubleAt(s, d, 0);
        case F64 -> Elements.doubleAt(s, d, 0);
        case I8 -> (byte) Elements.longAt(s, d, 0);
        case I16, U8 -> (short) Elements.longAt(s, d, 0);
        case I32, U16 -> (int) Elements.longAt(s, d, 0);
        case BOOL -> Elements.longAt(s, d, 0) != 0;
        default -> Elements.longAt(s, d, 0);
      };
    } finally {
      Reference.reachabilityFence(t);
    }
  }

  private static Class<?> leaf(DType d) {
    return switch (d) {
      case F32, F16, BF16, C64 -> float.class;
      case F64, C128 -> double.class;
      case I8 -> byte.class;
      case I16, U8 -> short.class;
      case I32, U16 -> int.class;
      case I64, U32, U64 -> long.class;
      case BOOL -> boolean.class;
      case STRING -> String.class;
      case RESOURCE, VARIANT -> throw noNumbers(d);
    };
  }

  private static void fill(Tensor t, Object array, long[] at) {
    if (array instanceof Object[] list && !(array instanceof String[])) {
      for (Object o : list) {
        fill(t, o, at);
      }
      return;
    }
    int n = Array.getLength(array);
    row(t, array, at[0], n);
    at[0] += n;
  }

  /// Copies one innermost row; `from` counts parts of complex numbers singly.
  private static void row(Tensor t, Object array, long from, int n) {
    DType d = t.dtype();
    if (array instanceof String[] y) {
      byte[][] strings = t.strings();
      for (int i = 0; i < n; i++) {
        y[i] = new String(strings[(int) from + i], StandardCharsets.UTF_8);
      }
      return;
    }
    MemorySegment s = t.segment();
    switch (array) {
      case float[] y when d == DType.F32 || d == DType.C64 ->
          MemorySegment.copy(s, ValueLayout.JAVA_FLOAT_UNALIGNED, from * 4, y, 0, n);
      case float[] y -> {
        for (int i = 0; i < n; i++) {
          y[i] = (float) Elements.doubleAt(s, d, from + i);
        }
      }
      case double[] y ->
          MemorySegment.copy(s, ValueLayout.JAVA_DOUBLE_UNALIGNED, from * 8, y, 0, n);
      case byte[] y -> MemorySegment.copy(s, ValueLayout.JAVA_BYTE, from, y, 0, n);
      case short[] y when d == DType.I16 ->
          MemorySegment.copy(s, ValueLayout.JAVA_SHORT_UNALIGNED, from * 2, y, 0, n);
      case short[] y -> {
        for (int i = 0; i < n; i++) {
          y[i] = (short) (s.get(ValueLayout.JAVA_BYTE, from + i) & 0xff);
        }
      }
      case int[] y when d == DType.I32 ->
          MemorySegment.copy(s, ValueLayout.JAVA_INT_UNALIGNED, from * 4, y, 0, n);
      case int[] y -> {
        for (int i = 0; i < n; i++) {
          y[i] = s.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, from + i) & 0xffff;
        }
      }
      case long[] y when d != DType.U32 ->
          MemorySegment.copy(s, ValueLayout.JAVA_LONG_UNALIGNED, from * 8, y, 0, n);
      case long[] y -> {
        for (int i = 0; i < n; i++) {
          y[i] = s.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, from + i) & 0xffffffffL;
        }
      }
      case boolean[] y -> {
        for (int i = 0; i < n; i++) {
          y[i] = s.get(ValueLayout.JAVA_BYTE, from + i) != 0;
        }
      }
      default ->
          throw new IllegalStateException("This is a bug in Merapi: no host array for " + t.spec());
    }
  }

  static void copy(Tensor t, Object y) {
    int n = Array.getLength(y);
    DType d = t.dtype();
    if (n != t.size() || d.bytes() == 0) {
      throw Message.what("copyTo: an array of " + n + " does not take " + t.spec())
          .expected(d.bytes() == 0 ? "a tensor of numbers" : "an array of length " + t.size())
          .shapeError();
    }
    MemorySegment s = t.segment();
    switch (y) {
      case float[] a when d == DType.F32 -> row(t, a, 0, n);
      case double[] a when d == DType.F64 -> row(t, a, 0, n);
      case int[] a when d == DType.I32 -> row(t, a, 0, n);
      case long[] a when d == DType.I64 -> row(t, a, 0, n);
      case float[] a -> {
        for (int i = 0; i < n; i++) {
          a[i] = (float) Elements.doubleAt(s, d, i);
        }
      }
      case double[] a -> {
        for (int i = 0; i < n; i++) {
          a[i] = Elements.doubleAt(s, d, i);
        }
      }
      case int[] a -> {
        for (int i = 0; i < n; i++) {
          a[i] = (int) Elements.longAt(s, d, i);
        }
      }
      case long[] a -> {
        for (int i = 0; i < n; i++) {
          a[i] = Elements.longAt(s, d, i);
        }
      }
      default ->
          throw new IllegalStateException("This is a bug in Merapi: copy to " + y.getClass());
    }
    Reference.reachabilityFence(t);
  }

  static void copy(Tensor t, ByteBuffer y) {
    MemorySegment s = t.segment();
    if (y.remaining() < s.byteSize()) {
      throw Message.what(
              "copyTo: a buffer with room for "
                  + y.remaining()
                  + " bytes does not take "
                  + t.spec())
          .expected("room for " + s.byteSize() + " bytes")
          .shapeError();
    }
    MemorySegment.copy(s, 0, MemorySegment.ofBuffer(y), 0, s.byteSize());
    y.position(y.position() + (int) s.byteSize());
    Reference.reachabilityFence(t);
  }

  private static long position(Tensor t, int[] index) {
    int[] dims = t.shape().rawDims();
    if (index.length != dims.length) {
      throw Message.what(index.length + " indices do not name an element of shape " + t.shape())
          .given(Arrays.toString(index))
          .expected("one index for each of " + dims.length + " axes")
          .shapeError();
    }
    long at = 0;
    for (int i = 0; i < dims.length; i++) {
      int k = index[i] < 0 ? index[i] + dims[i] : index[i];
      if (k < 0 || k >= dims[i]) {
        throw Message.what(
                "index "
                    + index[i]
                    + " of dimension "
                    + i
                    + " out of bounds for shape "
                    + t.shape())
            .given(Arrays.toString(index))
            .expected("an index from " + -dims[i] + " to " + (dims[i] - 1))
            .shapeError();
      }
      at = at * dims[i] + k;
    }
    return at;
  }

  static double doubleAt(Tensor t, int[] index) {
    double x = Elements.doubleAt(t.segment(), t.dtype(), position(t, index));
    Reference.reachabilityFence(t);
    return x;
  }

  static long longAt(Tensor t, int[] index) {
    long x = Elements.longAt(t.segment(), t.dtype(), position(t, index));
    Reference.reachabilityFence(t);
    return x;
  }

  static String stringAt(Tensor t, int[] index) {
    return new String(t.strings()[(int) position(t, index)], StandardCharsets.UTF_8);
  }
}
