package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;

/// Folds tiles of 64-bit integers; sums and products wrap around, so no order shows.
final class TileFoldWhole extends TileFold {
  private static long get(MemorySegment x, long i) {
    return x.getAtIndex(JAVA_LONG_UNALIGNED, i);
  }

  private static long of(Fold f, long a, long b) {
    return switch (f) {
      case SUM -> a + b;
      case SQUARES -> a + b * b;
      case PROD -> a * b;
      case MAX -> Math.max(a, b);
      case MIN -> Math.min(a, b);
    };
  }

  private static long row(Fold f, MemorySegment x, long at, int n) {
    long s = FoldWhole.identity(f);
    switch (f) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          s += get(x, at + i);
        }
      }
      default -> {
        for (int i = 0; i < n; i++) {
          s = of(f, s, get(x, at + i));
        }
      }
    }
    return s;
  }

  @Override
  void rows(Fold f, MemorySegment x, long at, int rows, int n, MemorySegment y, long yAt) {
    for (int r = 0; r < rows; r++) {
      y.setAtIndex(JAVA_LONG_UNALIGNED, yAt + r, row(f, x, at + (long) r * n, n));
    }
  }

  @Override
  void block(Fold f, MemorySegment x, long at, int n, MemorySegment y, long yAt, boolean onto) {
    long part = row(f, x, at, n);
    y.setAtIndex(JAVA_LONG_UNALIGNED, yAt, onto ? of(f, get(y, yAt), part) : part);
  }

  @Override
  void columns(
      Fold f,
      MemorySegment x,
      long at,
      int rows,
      long stride,
      int width,
      MemorySegment y,
      long yAt,
      boolean onto) {
    for (int r = 0; r < rows; r++) {
      boolean first = r == 0 && !onto;
      for (int c = 0; c < width; c++) {
        long before = first ? FoldWhole.identity(f) : get(y, yAt + c);
        y.setAtIndex(JAVA_LONG_UNALIGNED, yAt + c, of(f, before, get(x, at + r * stride + c)));
      }
    }
  }

  @Override
  void narrow(
      Fold f,
      MemorySegment sums,
      long sumsAt,
      int together,
      int width,
      MemorySegment x,
      long at,
      int left,
      MemorySegment y,
      long yAt) {
    columns(f, sums, sumsAt, together, width, width, y, yAt, false);
    columns(f, x, at, left, width, width, y, yAt, true);
  }

  @Override
  void block(Fold f, MemorySegment x, long outer, long n, long inner, MemorySegment y) {
    FoldWhole.run(f, DType.I64, false, x, outer, n, inner, y);
  }
}
