package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Computes over a few rows of a matrix at a time, with one number for each row beside them.
///
/// One instance belongs to one thread. Rows of one piece of work stay in the second-level cache
/// from one step to the next.
final class RowMath {
  /// Elements of one piece of work, for rows that are not longer: 64 KiB of float32.
  static final int PIECE = 1 << 14;

  /// Rows at least this long are computed one by one; of shorter ones several are computed at once,
  /// with the number of each row repeated beside its elements.
  private static final int LONG_ROW = 256;

  /// Elements of short rows that pass through all steps together.
  private static final int NEAR = 1 << 11;

  private static final ThreadLocal<RowMath> OF_THREAD = ThreadLocal.withInitial(RowMath::new);

  private MemorySegment stats = Scratch.forever(0);
  private MemorySegment moreStats = stats;
  private MemorySegment repeated = stats;
  private MemorySegment block = stats;
  private int[] classes = {};

  private RowMath() {}

  static RowMath get() {
    return OF_THREAD.get();
  }

  /// Returns how many rows of length `n` make one piece of work.
  static int rows(long n) {
    return (int) Math.max(1, PIECE / Math.max(1, n));
  }

  /// Returns room for one number a row.
  MemorySegment stats(long bytes) {
    if (stats.byteSize() < bytes) {
      stats = Scratch.forever(bytes * 2);
    }
    return stats;
  }

  MemorySegment moreStats(long bytes) {
    if (moreStats.byteSize() < bytes) {
      moreStats = Scratch.forever(bytes * 2);
    }
    return moreStats;
  }

  /// Returns room for a class for each row of a whole call; tasks of other threads may read it.
  int[] classes(int count) {
    if (classes.length < count) {
      classes = new int[count + count / 4];
    }
    return classes;
  }

  /// Returns room for all rows of a piece of work.
  MemorySegment block(long bytes) {
    if (block.byteSize() < bytes) {
      block = Scratch.forever(bytes + bytes / 4);
    }
    return block;
  }

  /// Folds each row into one number; positions are in elements.
  static void fold(Fold f, DType t, MemorySegment x, long at, int rows, int n, MemorySegment y) {
    if (t == DType.F32) {
      if (ShortRowsF32.takes(f, n)) {
        ShortRowsF32.CURRENT.fold(f, x, at, 0, rows, n, y);
      } else {
        FoldLoopsF32.CURRENT.rows(f, x, at, rows, n, y, 0);
      }
    } else if (ShortRowsF64.takes(f, n)) {
      ShortRowsF64.CURRENT.fold(f, x, at, 0, rows, n, y);
    } else {
      FoldLoopsF64.CURRENT.rows(f, x, at, rows, n, y, 0);
    }
  }

  /// Tells whether [#shift] and [#divide] take rows of `n` elements.
  static boolean takesWhole(DType t, int n) {
    return t == DType.F32 ? ShortRowsF32.CURRENT.takesWhole(n) : ShortRowsF64.CURRENT.takesWhole(n);
  }

  /// Takes its maximum away from each row; positions are in elements. See [ShortRowsF32#shift].
  static void shift(
      DType t,
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    if (t == DType.F32) {
      ShortRowsF32.CURRENT.shift(x, at, rows, n, y, to, stride, s);
    } else {
      ShortRowsF64.CURRENT.shift(x, at, rows, n, y, to, stride, s);
    }
  }

  /// Computes the softmax of rows that [#takesWhole] accepts, a few at a time, which stay in the
  /// first-level cache; positions are in elements. Leaves their maxima and the sums of their
  /// exponentials behind where there is room for them.
  void softmax(
      LoopTable exp,
      DType t,
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment maxima,
      @Nullable MemorySegment sums) {
    boolean narrow = t == DType.F32;
    int stride = narrow ? ShortRowsF32.CURRENT.stride(n) : ShortRowsF64.CURRENT.stride(n);
    int some = NEAR / stride;
    MemorySegment e = block((long) NEAR * t.bytes());
    for (int r = 0; r < rows; r += some) {
      int count = Math.min(some, rows - r);
      MemorySegment max = from(maxima, r, t);
      MemorySegment sum = from(sums, r, t);
      long from = at + (long) r * n;
      long into = to + (long) r * n;
      shift(t, x, from, count, n, e, 0, stride, max);
      plain(exp, t, e, 0, e, 0, (long) count * stride);
      if (narrow) {
        ShortRowsF32.CURRENT.divide(e, stride, count, n, y, into, sum);
      } else {
        ShortRowsF64.CURRENT.divide(e, stride, count, n, y, into, sum);
      }
    }
  }

  private static @Nullable MemorySegment from(@Nullable MemorySegment s, int row, DType t) {
    return s == null ? null : s.asSlice((long) row * t.bytes());
  }

  /// Computes a loop of inputs `(a, s)` where s is one number for each row; positions are in bytes.
  void with(
      LoopTable table,
      DType t,
      MemorySegment a,
      long aOff,
      MemorySegment s,
      MemorySegment y,
      long yOff,
      int rows,
      int n) {
    int bytes = t.bytes();
    if (n >= LONG_ROW) {
      Loop loop = table.get(t, 0b10);
      long step = (long) n * bytes;
      for (int r = 0; r < rows; r++) {
        loop.run(a, aOff + r * step, s, (long) r * bytes, a, 0, y, yOff + r * step, n);
      }
      return;
    }
    long m = (long) rows * n;
    table.get(t, 0).run(a, aOff, repeat(s, t, rows, n), 0, a, 0, y, yOff, m);
  }

  /// Computes a loop of inputs `(a, b, s)` where s is one number for each row; positions are in
  /// bytes.
  void with(
      LoopTable table,
      DType t,
      MemorySegment a,
      long aOff,
      MemorySegment b,
      long bOff,
      MemorySegment s,
      MemorySegment y,
      long yOff,
      int rows,
      int n) {
    int bytes = t.bytes();
    if (n >= LONG_ROW) {
      Loop loop = table.get(t, 0b100);
      long step = (long) n * bytes;
      for (int r = 0; r < rows; r++) {
        loop.run(
            a, aOff + r * step, b, bOff + r * step, s, (long) r * bytes, y, yOff + r * step, n);
      }
      return;
    }
    long m = (long) rows * n;
    table.get(t, 0).run(a, aOff, b, bOff, repeat(s, t, rows, n), 0, y, yOff, m);
  }

  /// Computes a loop of one input over whole rows.
  static void plain(
      LoopTable table, DType t, MemorySegment a, long aOff, MemorySegment y, long yOff, long m) {
    table.get(t, 0).run(a, aOff, a, 0, a, 0, y, yOff, m);
  }

  private MemorySegment repeat(MemorySegment s, DType t, int rows, int n) {
    long bytes = (long) rows * n * t.bytes();
    if (repeated.byteSize() < bytes) {
      repeated = Scratch.forever(bytes + bytes / 4);
    }
    MemorySegment to = repeated;
    if (t == DType.F32) {
      ShortRowsF32.CURRENT.repeat(s, 0, rows, n, to);
    } else {
      ShortRowsF64.CURRENT.repeat(s, 0, rows, n, to);
    }
    return to;
  }
}
