package dev.merapi.op;

import dev.merapi.memory.Memory;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Makes tensors from single numbers and flat arrays.
public final class Values {
  private Values() {}

  public static Tensor scalar(int x) {
    Tensor t = Memory.empty(Specs.I32);
    t.segment().set(ValueLayout.JAVA_INT, 0, x);
    return t;
  }

  public static Tensor scalar(float x) {
    Tensor t = Memory.empty(Specs.F32);
    t.segment().set(ValueLayout.JAVA_FLOAT, 0, x);
    return t;
  }

  private static final class Specs {
    static final Spec I32 = Spec.of(DType.I32);
    static final Spec F32 = Spec.of(DType.F32);
  }

  /// Returns a vector of int32, the form in which shapes and axes go into operations.
  public static Tensor ints(int... x) {
    Tensor t = Memory.empty(Spec.of(DType.I32, x.length));
    MemorySegment.copy(x, 0, t.segment(), ValueLayout.JAVA_INT, 0, x.length);
    return t;
  }

  public static Tensor floats(float[] x, int... dims) {
    Tensor t = Memory.empty(sized(DType.F32, x.length, dims));
    MemorySegment.copy(x, 0, t.segment(), ValueLayout.JAVA_FLOAT, 0, x.length);
    return t;
  }

  public static Tensor doubles(double[] x, int... dims) {
    Tensor t = Memory.empty(sized(DType.F64, x.length, dims));
    MemorySegment.copy(x, 0, t.segment(), ValueLayout.JAVA_DOUBLE, 0, x.length);
    return t;
  }

  /// Returns a tensor whose elements are the given bytes in this machine's order.
  public static Tensor bytes(DType dtype, byte[] x, int... dims) {
    Tensor t = Memory.empty(sized(dtype, x.length / Math.max(1, dtype.bytes()), dims));
    MemorySegment.copy(x, 0, t.segment(), ValueLayout.JAVA_BYTE, 0, x.length);
    return t;
  }

  private static Spec sized(DType d, long n, int[] dims) {
    Shape s = Shape.of(dims);
    if (s.size() != n) {
      throw Message.what(n + " values do not fill shape " + s)
          .expected(s.size() + " values")
          .shapeError();
    }
    return new Spec(d, s);
  }

  /// Returns a tensor of one repeated number, converted to the type.
  public static Tensor filled(Spec spec, double x) {
    if (!spec.shape().isKnown()) {
      throw new IllegalStateException("This is a bug in Merapi: a value of unknown shape " + spec);
    }
    Tensor t = Memory.empty(spec);
    MemorySegment s = t.segment();
    if (x == 0 || spec.shape().size() == 0) {
      s.fill((byte) 0);
      return t;
    }
    put(s, spec.dtype(), 0, x);
    // Doubling copies: as fast as memory, whatever the type.
    long one = spec.dtype().bytes();
    long all = s.byteSize();
    for (long done = one; done < all; done *= 2) {
      MemorySegment.copy(s, 0, s, done, Math.min(done, all - done));
    }
    return t;
  }

  /// Writes one number, converted to the type, as element `i`.
  public static void put(MemorySegment s, DType d, long i, double x) {
    switch (d) {
      case F32 -> s.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) x);
      case F64 -> s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, x);
      case F16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toF16((float) x));
      case BF16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toBf16((float) x));
      case I8, U8 -> s.set(ValueLayout.JAVA_BYTE, i, (byte) (long) x);
      case I16, U16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, (short) (long) x);
      case I32, U32 -> s.setAtIndex(ValueLayout.JAVA_INT, i, (int) (long) x);
      case I64, U64 -> s.setAtIndex(ValueLayout.JAVA_LONG, i, (long) x);
      case BOOL -> s.set(ValueLayout.JAVA_BYTE, i, (byte) (x != 0 ? 1 : 0));
      case C64 -> {
        s.setAtIndex(ValueLayout.JAVA_FLOAT, 2 * i, (float) x);
        s.setAtIndex(ValueLayout.JAVA_FLOAT, 2 * i + 1, 0f);
      }
      case C128 -> {
        s.setAtIndex(ValueLayout.JAVA_DOUBLE, 2 * i, x);
        s.setAtIndex(ValueLayout.JAVA_DOUBLE, 2 * i + 1, 0.0);
      }
      case RESOURCE, VARIANT ->
          throw Message.what("a number cannot be an element of a tensor of " + d).typeError();
      case STRING ->
          throw Message.what("a number cannot be an element of a string tensor").typeError();
    }
  }
}
