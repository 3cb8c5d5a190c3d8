package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import java.lang.foreign.MemorySegment;

/// Reads runs of elements of any real type into heap panels, and writes them back.
///
/// Floats are float64 in a panel, integers 64 bits wide: kernels that are not bound by memory are
/// written once.
final class Panel {
  static final int SIZE = 1024;

  private Panel() {}

  static void load(MemorySegment x, DType d, long at, double[] to, int n) {
    switch (d) {
      case F64 -> MemorySegment.copy(x, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, to, 0, n);
      case F32 -> {
        for (int i = 0; i < n; i++) {
          to[i] = x.getAtIndex(JAVA_FLOAT_UNALIGNED, at + i);
        }
      }
      case F16 -> {
        for (int i = 0; i < n; i++) {
          to[i] = Half.fromF16(x.getAtIndex(JAVA_SHORT_UNALIGNED, at + i));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          to[i] = Half.fromBf16(x.getAtIndex(JAVA_SHORT_UNALIGNED, at + i));
        }
      }
    }
  }

  static void store(double[] from, MemorySegment y, DType d, long at, int n) {
    switch (d) {
      case F64 -> MemorySegment.copy(from, 0, y, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, n);
      case F32 -> {
        for (int i = 0; i < n; i++) {
          y.setAtIndex(JAVA_FLOAT_UNALIGNED, at + i, (float) from[i]);
        }
      }
      case F16 -> {
        for (int i = 0; i < n; i++) {
          y.setAtIndex(JAVA_SHORT_UNALIGNED, at + i, Half.toF16((float) from[i]));
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          y.setAtIndex(JAVA_SHORT_UNALIGNED, at + i, Half.toBf16((float) from[i]));
        }
      }
    }
  }

  static void load(MemorySegment x, DType d, long at, long[] to, int n) {
    Wide.load(x, d, at, to, n);
  }

  static void store(long[] from, MemorySegment y, DType d, long at, int n) {
    switch (d.bytes()) {
      case 1 -> {
        for (int i = 0; i < n; i++) {
          y.set(JAVA_BYTE, at + i, (byte) from[i]);
        }
      }
      case 2 -> {
        for (int i = 0; i < n; i++) {
          y.setAtIndex(JAVA_SHORT_UNALIGNED, at + i, (short) from[i]);
        }
      }
      case 4 -> {
        for (int i = 0; i < n; i++) {
          y.setAtIndex(JAVA_INT_UNALIGNED, at + i, (int) from[i]);
        }
      }
      default -> MemorySegment.copy(from, 0, y, JAVA_LONG_UNALIGNED, at * Long.BYTES, n);
    }
  }

  /// Returns the greatest finite number of a float type.
  static double greatest(DType d) {
    return switch (d) {
      case F16 -> 65504;
      case BF16 -> Half.fromBf16((short) 0x7f7f);
      case F32 -> Float.MAX_VALUE;
      default -> Double.MAX_VALUE;
    };
  }
}
