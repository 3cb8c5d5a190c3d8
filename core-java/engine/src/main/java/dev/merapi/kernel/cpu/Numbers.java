package dev.merapi.kernel.cpu;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Reads and writes single whole numbers of tensors, for the small inputs and outputs of kernels.
public final class Numbers {
  private Numbers() {}

  /// Returns element `i` of a tensor of whole numbers or truth values; uint64 as its bits.
  public static long get(MemorySegment s, DType d, long i) {
    return switch (d) {
      case I8, BOOL -> s.get(ValueLayout.JAVA_BYTE, i);
      case U8 -> s.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case I16 -> s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i);
      case U16 -> s.get(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i) & 0xffff;
      case I32 -> s.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i);
      case U32 -> s.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * i) & 0xffffffffL;
      case I64, U64 -> s.get(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i);
      default ->
          throw new IllegalStateException(
              "This is a bug in Merapi: " + d + " holds no whole numbers");
    };
  }

  /// Sets element `i` of a tensor of whole numbers or truth values; upper bits are dropped.
  public static void put(MemorySegment s, DType d, long i, long x) {
    switch (d) {
      case I8, U8, BOOL -> s.set(ValueLayout.JAVA_BYTE, i, (byte) x);
      case I16, U16 -> s.set(ValueLayout.JAVA_SHORT_UNALIGNED, 2 * i, (short) x);
      case I32, U32 -> s.set(ValueLayout.JAVA_INT_UNALIGNED, 4 * i, (int) x);
      case I64, U64 -> s.set(ValueLayout.JAVA_LONG_UNALIGNED, 8 * i, x);
      default ->
          throw new IllegalStateException(
              "This is a bug in Merapi: " + d + " holds no whole numbers");
    }
  }

  /// Writes whole numbers into a tensor from its first element on.
  public static void write(Tensor t, int... values) {
    MemorySegment s = t.segment();
    for (int i = 0; i < values.length; i++) {
      put(s, t.dtype(), i, values[i]);
    }
  }

  /// Fills a tensor with the element whose bytes lie at `at` (counted in elements) in another.
  public static void repeat(Tensor from, long at, Tensor to) {
    int rank = to.rank();
    Mover.copy(
        from, at, new long[rank], to, 0, Mover.steps(to.shape().rawDims()), to.shape().rawDims());
  }
}
