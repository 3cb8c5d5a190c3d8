package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.merapi.device.Workers;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import java.lang.foreign.MemorySegment;

/// Converts elements to the type in which a kernel computes, and results back.
///
/// Sums of 16-bit floats are computed in float32, those of integers in 64 bits, of which the low
/// ones are kept: so each kernel is written for three types of numbers only.
final class Wide {
  private static final int PIECE = 1 << 15;

  private Wide() {}

  /// Returns the type in which values of type `d` are computed: float32, float64 or int64.
  static DType of(DType d) {
    return switch (d) {
      case F16, BF16, F32, C64 -> DType.F32;
      case F64, C128 -> DType.F64;
      default -> DType.I64;
    };
  }

  /// Returns `n` elements in type `wide`: `x` itself if that is its type.
  static MemorySegment widen(MemorySegment x, DType d, long n) {
    return widen(x, d, n, of(d));
  }

  /// Returns `n` elements in type `wide`, which holds all values of `d`.
  static MemorySegment widen(MemorySegment x, DType d, long n, DType wide) {
    if (d.real() == wide || d == DType.U64 && wide == DType.I64) {
      return x;
    }
    MemorySegment y = Scratch.bytes(n * wide.bytes());
    Workers.run(
        chunks(n),
        chunk -> {
          long from = (long) chunk * PIECE;
          int m = (int) Math.min(PIECE, n - from);
          switch (wide) {
            case F32 -> halves(x, d, from, y, m);
            case F64 -> {
              for (long i = from; i < from + m; i++) {
                y.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, number(x, d, i));
              }
            }
            default -> {
              long[] panel = new long[Math.min(m, 1024)];
              for (int i = 0; i < m; i += panel.length) {
                int k = Math.min(panel.length, m - i);
                load(x, d, from + i, panel, k);
                MemorySegment.copy(panel, 0, y, JAVA_LONG_UNALIGNED, (from + i) * Long.BYTES, k);
              }
            }
          }
        });
    return y;
  }

  private static int chunks(long n) {
    return Math.toIntExact((n + PIECE - 1) / PIECE);
  }

  private static void halves(MemorySegment x, DType d, long from, MemorySegment y, int m) {
    if (d == DType.F16) {
      for (long i = from; i < from + m; i++) {
        y.setAtIndex(
            JAVA_FLOAT_UNALIGNED, i, Float.float16ToFloat(x.getAtIndex(JAVA_SHORT_UNALIGNED, i)));
      }
    } else {
      for (long i = from; i < from + m; i++) {
        y.setAtIndex(JAVA_INT_UNALIGNED, i, x.getAtIndex(JAVA_SHORT_UNALIGNED, i) << 16);
      }
    }
  }

  /// Returns one element of a real type.
  static double number(MemorySegment x, DType d, long i) {
    return switch (d) {
      case F32 -> x.getAtIndex(JAVA_FLOAT_UNALIGNED, i);
      case F64 -> x.getAtIndex(JAVA_DOUBLE_UNALIGNED, i);
      case F16 -> Half.fromF16(x.getAtIndex(JAVA_SHORT_UNALIGNED, i));
      case BF16 -> Half.fromBf16(x.getAtIndex(JAVA_SHORT_UNALIGNED, i));
      default -> whole(x, d, i);
    };
  }

  /// Returns one element of an integer type or bool.
  static long whole(MemorySegment x, DType d, long i) {
    return switch (d) {
      case I8, BOOL -> x.get(JAVA_BYTE, i);
      case U8 -> x.get(JAVA_BYTE, i) & 0xff;
      case I16 -> x.getAtIndex(JAVA_SHORT_UNALIGNED, i);
      case U16 -> x.getAtIndex(JAVA_SHORT_UNALIGNED, i) & 0xffff;
      case I32 -> x.getAtIndex(JAVA_INT_UNALIGNED, i);
      case U32 -> x.getAtIndex(JAVA_INT_UNALIGNED, i) & 0xffffffffL;
      case I64, U64 -> x.getAtIndex(JAVA_LONG_UNALIGNED, i);
      default ->
          throw new IllegalStateException("This is a bug in Merapi: " + d + " is no integer");
    };
  }

  /// Reads `n` integers into a panel.
  static void load(MemorySegment x, DType d, long at, long[] to, int n) {
    switch (d) {
      case I8, BOOL -> {
        for (int i = 0; i < n; i++) {
          to[i] = x.get(JAVA_BYTE, at + i);
        }
      }
      case U8 -> {
        for (int i = 0; i < n; i++) {
          to[i] = x.get(JAVA_BYTE, at + i) & 0xff;
        }
      }
      case I16 -> {
        for (int i = 0; i < n; i++) {
          to[i] = x.getAtIndex(JAVA_SHORT_UNALIGNED, at + i);
        }
      }
      case U16 -> {
        for (int i = 0; i < n; i++) {
          to[i] = x.getAtIndex(JAVA_SHORT_UNALIGNED, at + i) & 0xffff;
        }
      }
      case I32 -> {
        for (int i = 0; i < n; i++) {
          to[i] = x.getAtIndex(JAVA_INT_UNALIGNED, at + i);
        }
      }
      case U32 -> {
        for (int i = 0; i < n; i++) {
          to[i] = x.getAtIndex(JAVA_INT_UNALIGNED, at + i) & 0xffffffffL;
        }
      }
      default -> MemorySegment.copy(x, JAVA_LONG_UNALIGNED, at * Long.BYTES, to, 0, n);
    }
  }

  /// Writes `n` computed elements as type `d`: floats are rounded, integers lose their high bits.
  static void narrow(MemorySegment wide, DType d, MemorySegment y, long n) {
    DType w = of(d);
    if (wide == y) {
      return;
    }
    if (d.real() == w || d == DType.U64) {
      MemorySegment.copy(wide, 0, y, 0, n * d.real().bytes());
      return;
    }
    Workers.run(
        chunks(n),
        chunk -> {
          long from = (long) chunk * PIECE;
          store(wide, d, y, from, Math.min(n, from + PIECE));
        });
  }

  private static void store(MemorySegment wide, DType d, MemorySegment y, long from, long to) {
    switch (d) {
      case F16 -> {
        for (long i = from; i < to; i++) {
          y.setAtIndex(
              JAVA_SHORT_UNALIGNED,
              i,
              Float.floatToFloat16(wide.getAtIndex(JAVA_FLOAT_UNALIGNED, i)));
        }
      }
      case BF16 -> {
        for (long i = from; i < to; i++) {
          y.setAtIndex(
              JAVA_SHORT_UNALIGNED, i, Half.toBf16(wide.getAtIndex(JAVA_FLOAT_UNALIGNED, i)));
        }
      }
      case I8, U8, BOOL -> {
        for (long i = from; i < to; i++) {
          y.set(JAVA_BYTE, i, (byte) wide.getAtIndex(JAVA_LONG_UNALIGNED, i));
        }
      }
      case I16, U16 -> {
        for (long i = from; i < to; i++) {
          y.setAtIndex(JAVA_SHORT_UNALIGNED, i, (short) wide.getAtIndex(JAVA_LONG_UNALIGNED, i));
        }
      }
      default -> {
        for (long i = from; i < to; i++) {
          y.setAtIndex(JAVA_INT_UNALIGNED, i, (int) wide.getAtIndex(JAVA_LONG_UNALIGNED, i));
        }
      }
    }
  }
}
