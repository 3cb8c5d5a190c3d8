package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;

/// Copies elements between two layouts of the same axes; strides are in elements, 0 repeats an
/// axis.
final class Strided {
  private static final int PIECE = 1 << 14;

  private Strided() {}

  static long[] rowMajor(int[] dims) {
    long[] s = new long[dims.length];
    long n = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      s[i] = n;
      n *= dims[i];
    }
    return s;
  }

  static void copy(
      int width, int[] dims, MemorySegment x, long[] from, MemorySegment y, long[] to) {
    int last = dims.length - 1;
    int n = last < 0 ? 1 : dims[last];
    long dx = last < 0 ? 1 : from[last];
    long dy = last < 0 ? 1 : to[last];
    long rows = 1;
    for (int i = 0; i < last; i++) {
      rows *= dims[i];
    }
    if (n == 0 || rows == 0) {
      return;
    }
    long all = rows;
    int some = Math.max(1, PIECE / n);
    Workers.run(
        Math.toIntExact((all + some - 1) / some),
        chunk -> {
          long end = Math.min(all, (chunk + 1L) * some);
          for (long r = (long) chunk * some; r < end; r++) {
            long i = 0;
            long o = 0;
            long rest = r;
            for (int a = last - 1; a >= 0; a--) {
              long at = rest % dims[a];
              rest /= dims[a];
              i += at * from[a];
              o += at * to[a];
            }
            row(width, n, x, i, dx, y, o, dy);
          }
        });
  }

  private static void row(
      int width, int n, MemorySegment x, long i, long dx, MemorySegment y, long o, long dy) {
    if (dx == 1 && dy == 1) {
      MemorySegment.copy(x, i * width, y, o * width, (long) n * width);
      return;
    }
    switch (width) {
      case 1 -> {
        for (int k = 0; k < n; k++) {
          y.set(JAVA_BYTE, o + k * dy, x.get(JAVA_BYTE, i + k * dx));
        }
      }
      case 2 -> {
        for (int k = 0; k < n; k++) {
          y.setAtIndex(
              JAVA_SHORT_UNALIGNED, o + k * dy, x.getAtIndex(JAVA_SHORT_UNALIGNED, i + k * dx));
        }
      }
      case 4 -> {
        for (int k = 0; k < n; k++) {
          y.setAtIndex(
              JAVA_INT_UNALIGNED, o + k * dy, x.getAtIndex(JAVA_INT_UNALIGNED, i + k * dx));
        }
      }
      case 8 -> {
        for (int k = 0; k < n; k++) {
          y.setAtIndex(
              JAVA_LONG_UNALIGNED, o + k * dy, x.getAtIndex(JAVA_LONG_UNALIGNED, i + k * dx));
        }
      }
      default -> {
        for (int k = 0; k < n; k++) {
          long p = 2 * (i + k * dx);
          long q = 2 * (o + k * dy);
          y.setAtIndex(JAVA_LONG_UNALIGNED, q, x.getAtIndex(JAVA_LONG_UNALIGNED, p));
          y.setAtIndex(JAVA_LONG_UNALIGNED, q + 1, x.getAtIndex(JAVA_LONG_UNALIGNED, p + 1));
        }
      }
    }
  }
}
