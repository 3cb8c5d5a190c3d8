package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;

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

  private static final ThreadLocal<RowMath> OF_THREAD = ThreadLocal.withInitial(RowMath::new);

  private MemorySegment stats = Scratch.forever(0);
  private MemorySegment moreStats = stats;
  private MemorySegment repeated = stats;
  private MemorySegment block = stats;

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
