package dev.merapi.op;

import dev.merapi.memory.Memory;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import org.jspecify.annotations.Nullable;

/// Makes tensors from buffers and memory segments, in one copy.
final class HostSegments {
  private HostSegments() {}

  /// Takes what lies between a buffer's position and its limit, in the buffer's byte order; a
  /// vector.
  ///
  /// The bytes of a `ByteBuffer` are the elements' bytes; without a type they are int8.
  static Tensor of(Buffer b, @Nullable DType dtype) {
    DType own;
    ByteOrder order;
    switch (b) {
      case FloatBuffer x -> {
        own = DType.F32;
        order = x.order();
      }
      case DoubleBuffer x -> {
        own = DType.F64;
        order = x.order();
      }
      case IntBuffer x -> {
        own = DType.I32;
        order = x.order();
      }
      case LongBuffer x -> {
        own = DType.I64;
        order = x.order();
      }
      case ShortBuffer x -> {
        own = DType.I16;
        order = x.order();
      }
      case ByteBuffer x -> {
        own = dtype == null ? DType.I8 : dtype;
        order = x.order();
      }
      default -> throw HostScan.unknown(b);
    }
    MemorySegment s = MemorySegment.ofBuffer(b);
    if (dtype != null && dtype != own && dtype.bytes() != own.bytes()) {
      throw Message.what("a buffer of " + own + " does not hold " + dtype)
          .expected("a buffer of elements as wide as " + dtype + "'s")
          .fix("make the tensor without a dtype and convert with tf.cast")
          .typeError();
    }
    Tensor t = copy(s, dtype == null ? own : dtype, order, null);
    Reference.reachabilityFence(b);
    return t;
  }

  /// Takes the bytes of a segment in this machine's order.
  static Tensor of(MemorySegment s, @Nullable DType dtype, @Nullable Shape shape) {
    if (dtype == null) {
      throw Message.what("a memory segment does not say what its bytes mean")
          .fix("give the dtype too: Literals.of(segment, DType.F32, shape)")
          .typeError();
    }
    return copy(s, dtype, ByteOrder.nativeOrder(), shape);
  }

  private static Tensor copy(MemorySegment s, DType d, ByteOrder order, @Nullable Shape shape) {
    int width = d.bytes();
    if (width == 0 || s.byteSize() % width != 0) {
      throw Message.what(s.byteSize() + " bytes are no whole number of " + d + " elements")
          .expected(width == 0 ? "a type of numbers" : "a multiple of " + width + " bytes")
          .shapeError();
    }
    long n = s.byteSize() / width;
    Shape found = shape != null && shape.size() == n ? shape : Shape.of(Math.toIntExact(n));
    Tensor t = Memory.empty(new Spec(d, found));
    // Complex numbers are pairs: their parts are swapped one by one.
    int part = d.isComplex() ? width / 2 : width;
    MemorySegment y = t.segment();
    if (part == 1 || order == ByteOrder.nativeOrder()) {
      MemorySegment.copy(s, 0, y, 0, s.byteSize());
    } else if (part == 2) {
      swap(s, ValueLayout.JAVA_SHORT_UNALIGNED, y, s.byteSize() / 2);
    } else if (part == 4) {
      swap(s, ValueLayout.JAVA_INT_UNALIGNED, y, s.byteSize() / 4);
    } else {
      swap(s, ValueLayout.JAVA_LONG_UNALIGNED, y, s.byteSize() / 8);
    }
    Reference.reachabilityFence(t);
    return t;
  }

  private static void swap(MemorySegment s, ValueLayout layout, MemorySegment y, long n) {
    ByteOrder other =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    MemorySegment.copy(s, layout.withOrder(other), 0, y, layout, 0, n);
  }
}
