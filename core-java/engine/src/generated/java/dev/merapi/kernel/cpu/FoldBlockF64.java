// Derived from FoldBlockF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;

/// Folds the middle axis of a float64 block `(outer, n, inner)` into `(outer, inner)`.
///
/// Long axes are cut into segments, whose results are folded in a second round; where the cuts lie
/// follows from the shape alone.
final class FoldBlockF64 {
  private static final FoldLoopsF64 LOOPS = FoldLoopsF64.CURRENT;

  /// Elements of one piece of work, about 10 µs from the second cache.
  static final int PIECE = 1 << 16;

  /// Columns of one piece of work.
  static final int TILE = 1024;

  /// Blocks narrower than this are read as if several rows were one, to fill vectors.
  static final int NARROW = 64;

  private FoldBlockF64() {}

  static void run(Fold f, MemorySegment x, long outer, long n, long inner, MemorySegment y) {
    if (outer == 0 || inner == 0) {
      return;
    }
    if (n == 0) {
      for (long i = 0; i < outer * inner; i++) {
        y.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, f.identityF64());
      }
    } else if (inner == 1) {
      rows(f, x, outer, n, y);
    } else {
      columns(f, x, outer, n, inner, y);
    }
  }

  private static void rows(Fold f, MemorySegment x, long outer, long n, MemorySegment y) {
    int segments = Math.toIntExact((n + PIECE - 1) / PIECE);
    if (segments == 1) {
      int some = (int) Math.max(1, PIECE / n);
      int chunks = Math.toIntExact((outer + some - 1) / some);
      if (chunks == 1) {
        LOOPS.rows(f, x, 0, (int) outer, (int) n, y, 0);
        return;
      }
      Workers.run(
          chunks,
          chunk -> {
            long o = (long) chunk * some;
            LOOPS.rows(f, x, o * n, (int) Math.min(some, outer - o), (int) n, y, o);
          });
      return;
    }
    MemorySegment parts = Scratch.bytes(outer * segments * Double.BYTES);
    Workers.run(
        Math.toIntExact(outer * segments),
        chunk -> {
          long o = chunk / segments;
          long from = (long) (chunk % segments) * PIECE;
          LOOPS.rows(f, x, o * n + from, 1, (int) Math.min(PIECE, n - from), parts, chunk);
        });
    rows(f.further(), parts, outer, segments, y);
  }

  /// Returns the rows of a piece of work over columns `inner` of which lie side by side.
  static int segmentRows(long inner) {
    return Math.max(64, PIECE / (int) Math.min(inner, TILE));
  }

  private static void columns(
      Fold f, MemorySegment x, long outer, long n, long inner, MemorySegment y) {
    int tile = (int) Math.min(inner, TILE);
    int tiles = Math.toIntExact((inner + tile - 1) / tile);
    int segmentRows = segmentRows(inner);
    int segments = Math.toIntExact((n + segmentRows - 1) / segmentRows);
    MemorySegment to = segments == 1 ? y : Scratch.bytes(outer * segments * inner * Double.BYTES);
    long units = Math.multiplyExact(Math.multiplyExact(outer, (long) segments), (long) tiles);
    int some = (int) Math.max(1, PIECE / (Math.min(n, segmentRows) * tile));
    int chunks = Math.toIntExact((units + some - 1) / some);
    if (chunks == 1) {
      units(f, x, n, inner, segmentRows, segments, to, 0, units);
    } else {
      Workers.run(
          chunks,
          chunk -> {
            long begin = (long) chunk * some;
            long end = Math.min(units, begin + some);
            units(f, x, n, inner, segmentRows, segments, to, begin, end);
          });
    }
    if (segments > 1) {
      columns(f.further(), to, outer, segments, inner, y);
    }
  }

  /// Folds units from `begin` to `end`: tiles of columns within segments of rows.
  private static void units(
      Fold f,
      MemorySegment x,
      long n,
      long inner,
      int segmentRows,
      int segments,
      MemorySegment to,
      long begin,
      long end) {
    int tile = (int) Math.min(inner, TILE);
    long tiles = (inner + tile - 1) / tile;
    for (long u = begin; u < end; u++) {
      long c = u % tiles * tile;
      long s = u / tiles % segments;
      long o = u / tiles / segments;
      int rows = (int) Math.min(segmentRows, n - s * segmentRows);
      int width = (int) Math.min(tile, inner - c);
      long from = (o * n + s * segmentRows) * inner + c;
      long at = (o * segments + s) * inner + c;
      if (inner < NARROW && rows * inner >= 2 * NARROW) {
        narrow(f, x, from, rows, (int) inner, to, at);
      } else {
        LOOPS.columns(f, x, from, rows, inner, width, to, at);
      }
    }
  }

  /// Folds a narrow block as rows of several of its rows, and then these.
  private static void narrow(
      Fold f, MemorySegment x, long from, int rows, int inner, MemorySegment y, long at) {
    int together = Math.min(rows, NARROW / inner);
    int wide = together * inner;
    MemorySegment sums = Narrow.SUMS.get();
    LOOPS.columns(f, x, from, rows / together, wide, wide, sums, 0);
    int left = rows % together;
    narrow(f, sums, 0, together, inner, x, from + (long) (rows - left) * inner, left, y, at);
  }

  /// Ends the fold of a narrow block: folds the sums of `together` rows, and then `left` rows of
  /// `x` from `from` on, into `y`.
  static void narrow(
      Fold f,
      MemorySegment sums,
      long sumsAt,
      int together,
      int inner,
      MemorySegment x,
      long from,
      int left,
      MemorySegment y,
      long at) {
    for (int c = 0; c < inner; c++) {
      double s = sums.getAtIndex(JAVA_DOUBLE_UNALIGNED, sumsAt + c);
      for (int k = 1; k < together; k++) {
        s = f.of(s, sums.getAtIndex(JAVA_DOUBLE_UNALIGNED, sumsAt + k * inner + c));
      }
      for (int k = 0; k < left; k++) {
        double v = x.getAtIndex(JAVA_DOUBLE_UNALIGNED, from + (long) k * inner + c);
        s = f.of(s, f == Fold.SQUARES ? v * v : v);
      }
      y.setAtIndex(JAVA_DOUBLE_UNALIGNED, at + c, s);
    }
  }

  /// Room for one wide row a thread.
  private static final class Narrow {
    static final ThreadLocal<MemorySegment> SUMS =
        ThreadLocal.withInitial(() -> Scratch.forever(NARROW * (long) Double.BYTES));
  }
}
