package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Copies elements from one strided view of a tensor to another: the one mover behind transposes,
/// slices, tiles, joins, pads and reversals.
///
/// A view is a first position and a step for each axis, both in elements; steps may be negative,
/// and 0 repeats an element. The element type counts only by its width. Axes are put in the
/// target's order and merged where both views allow it; what is left runs as whole rows (bulk
/// copies), as tiles (when the source's fast axis is not the target's), or element by element.
/// Targets of one call must not overlap each other.
public final class Mover {
  /// Bytes below which waking other threads costs more than it gains: about 100 µs of copying.
  private static final long SERIAL_BYTES = 1 << 20;

  /// Bytes of one piece of parallel work; fixed, so that it does not depend on the number of
  /// threads.
  private static final long CHUNK_BYTES = 1 << 17;

  /// Bytes of a tile's rows: a cache line, so that each line of the source is used up at once.
  private static final int LINE = 64;

  /// Columns of a tile, and columns when the source's lines are a multiple of 4 KiB apart: those
  /// share one set of the first-level cache, which holds 8 to 12 of them (0.7 against 1.5 ms for
  /// 1024 × 1024 float32, Zen 5, 2025-11).
  private static final int TILE = 32;

  private static final int CROWDED_TILE = 8;

  private int width;
  private final MemorySegment from;
  private final MemorySegment to;
  private final long[] size;
  private final long[] fromStep;
  private final long[] toStep;
  private int rank;

  /// Elements along the last two axes that one work item covers.
  private long tileRows;

  private long tileCols;
  private long rowTiles;
  private long colTiles;

  private Mover(int width, MemorySegment from, MemorySegment to, int axes) {
    this.width = width;
    this.from = from;
    this.to = to;
    size = new long[axes + 2];
    fromStep = new long[axes + 2];
    toStep = new long[axes + 2];
  }

  /// Returns the steps of a dense row-major tensor.
  public static long[] steps(int[] dims) {
    long[] s = new long[dims.length];
    long n = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      s[i] = n;
      n *= dims[i];
    }
    return s;
  }

  /// Copies `dims` elements from one view to another.
  public static void copy(
      Tensor from,
      long fromAt,
      long[] fromSteps,
      Tensor to,
      long toAt,
      long[] toSteps,
      int[] dims) {
    for (int d : dims) {
      if (d == 0) {
        return;
      }
    }
    DType t = from.dtype();
    if (t == DType.STRING) {
      Texts.copy(from.strings(), fromAt, fromSteps, to.strings(), toAt, toSteps, dims);
      return;
    }
    boolean pair = t.bytes() == 16;
    Mover m = new Mover(pair ? 8 : t.bytes(), from.segment(), to.segment(), dims.length);
    m.arrange(fromSteps, toSteps, dims, pair);
    m.run(pair ? 2 * fromAt : fromAt, pair ? 2 * toAt : toAt);
  }

  /// Copies a run of elements.
  public static void copy(Tensor from, long fromAt, Tensor to, long toAt, long count) {
    if (from.dtype() == DType.STRING) {
      System.arraycopy(from.strings(), (int) fromAt, to.strings(), (int) toAt, (int) count);
    } else if (count > 0) {
      int w = from.dtype().bytes();
      bytes(from.segment(), fromAt * w, to.segment(), toAt * w, count * w);
    }
  }

  /// Copies bytes, on all processors when they are many.
  static void bytes(MemorySegment from, long fromAt, MemorySegment to, long toAt, long count) {
    if (count < SERIAL_BYTES) {
      MemorySegment.copy(from, fromAt, to, toAt, count);
      return;
    }
    Workers.run(
        Math.toIntExact((count + CHUNK_BYTES - 1) / CHUNK_BYTES),
        i -> {
          long at = i * CHUNK_BYTES;
          MemorySegment.copy(from, fromAt + at, to, toAt + at, Math.min(CHUNK_BYTES, count - at));
        });
  }

  /// Takes the axes over: without those of size 1, in the order of the target's steps, merged.
  private void arrange(long[] fromSteps, long[] toSteps, int[] dims, boolean pair) {
    int r = 0;
    int factor = pair ? 2 : 1;
    for (int i = 0; i < dims.length; i++) {
      if (dims[i] == 1) {
        continue;
      }
      long t = toSteps[i] * factor;
      int p = r++;
      for (; p > 0 && Math.abs(toStep[p - 1]) < Math.abs(t); p--) {
        move(p - 1, p);
      }
      set(p, dims[i], fromSteps[i] * factor, t);
    }
    if (pair) {
      set(r++, 2, 1, 1);
    }
    rank = 0;
    for (int i = 0; i < r; i++) {
      int last = rank - 1;
      boolean joins =
          rank > 0
              && fromStep[last] == fromStep[i] * size[i]
              && toStep[last] == toStep[i] * size[i];
      if (joins) {
        set(last, size[last] * size[i], fromStep[i], toStep[i]);
      } else {
        move(i, rank++);
      }
    }
    while (rank < 2) {
      // Two axes at least: rows and columns.
      for (int i = rank; i > 0; i--) {
        move(i - 1, i);
      }
      set(0, 1, 0, 0);
      rank++;
    }
  }

  private void set(int i, long n, long f, long t) {
    size[i] = n;
    fromStep[i] = f;
    toStep[i] = t;
  }

  private void move(int i, int j) {
    set(j, size[i], fromStep[i], toStep[i]);
  }

  /// Chooses rows and columns, cuts them into tiles and runs over all of them.
  private void run(long fromAt, long toAt) {
    int halvings = 0;
    while (isDoubleWidth(fromAt >> halvings, toAt >> halvings)) {
      for (int i = 0; i < rank - 1; i++) {
        fromStep[i] >>= 1;
        toStep[i] >>= 1;
      }
      size[rank - 1] >>= 1;
      width *= 2;
      halvings++;
    }
    run(fromAt >> halvings, toAt >> halvings, rank - 1);
  }

  /// Tells whether pairs of elements can move as one of twice the width.
  private boolean isDoubleWidth(long fromAt, long toAt) {
    int cols = rank - 1;
    if (width == 8 || fromStep[cols] != 1 || toStep[cols] != 1) {
      return false;
    }
    long odd = fromAt | toAt | size[cols];
    for (int i = 0; i < cols; i++) {
      odd |= fromStep[i] | toStep[i];
    }
    return (odd & 1) == 0 && size[cols] * width < Tiles.BULK;
  }

  private void run(long fromAt, long toAt, int cols) {
    int rows = rank - 2;
    boolean crosswise = false;
    if (Math.abs(fromStep[cols]) > 1) {
      for (int i = rank - 2; i >= 0; i--) {
        long s = Math.abs(fromStep[i]);
        if (s != 0 && s < Math.abs(fromStep[crosswise ? rows : cols])) {
          rows = i;
          crosswise = true;
        }
      }
    }
    if (!crosswise) {
      // Short rows: the longest axis makes the longest loop.
      for (int i = rank - 3; i >= 0 && size[cols] * width < Tiles.BULK; i--) {
        rows = size[i] > size[rows] ? i : rows;
      }
    }
    if (rows != rank - 2) {
      long n = size[rows];
      long f = fromStep[rows];
      long t = toStep[rows];
      for (int i = rows; i < rank - 2; i++) {
        move(i + 1, i);
      }
      set(rank - 2, n, f, t);
      rows = rank - 2;
    }
    long most = CHUNK_BYTES / 2 / width;
    if (crosswise) {
      // A narrow tile is made longer, so that few rows (three colours) do not make many tiny tiles.
      int line = LINE / width;
      int side = fromStep[cols] * width % 4096 == 0 ? CROWDED_TILE : TILE;
      tileRows = Math.min(size[rows], size[cols] < side ? TILE * TILE / size[cols] : line);
      tileCols = Math.min(size[cols], tileRows < line ? TILE * TILE / tileRows : side);
    } else {
      tileCols = Math.min(size[cols], most);
      tileRows = Math.min(size[rows], Math.max(1, most / tileCols));
    }
    colTiles = (size[cols] + tileCols - 1) / tileCols;
    rowTiles = (size[rows] + tileRows - 1) / tileRows;
    long outer = 1;
    for (int i = 0; i < rank - 2; i++) {
      outer *= size[i];
    }
    long items = outer * rowTiles * colTiles;
    long bytes = outer * size[rows] * size[cols] * width;
    if (bytes < SERIAL_BYTES || items == 1) {
      range(fromAt, toAt, 0, items);
      return;
    }
    long per = Math.max(1, CHUNK_BYTES * items / bytes);
    Workers.run(
        Math.toIntExact((items + per - 1) / per),
        i -> range(fromAt, toAt, i * per, Math.min(items, (i + 1L) * per)));
  }

  /// Runs the work items from `first` to `last` - 1; columns' tiles count fastest, then rows', then
  /// outer axes.
  private void range(long fromAt, long toAt, long first, long last) {
    long col = first % colTiles;
    long rest = first / colTiles;
    long row = rest % rowTiles;
    rest /= rowTiles;
    int outer = rank - 2;
    long[] at = new long[outer];
    long f = fromAt;
    long t = toAt;
    for (int i = outer - 1; i >= 0; i--) {
      at[i] = rest % size[i];
      rest /= size[i];
      f += at[i] * fromStep[i];
      t += at[i] * toStep[i];
    }
    long fr = fromStep[outer];
    long tr = toStep[outer];
    long fc = fromStep[outer + 1];
    long tc = toStep[outer + 1];
    for (long item = first; item < last; item++) {
      long r = row * tileRows;
      long c = col * tileCols;
      int rows = (int) Math.min(tileRows, size[outer] - r);
      int cols = (int) Math.min(tileCols, size[outer + 1] - c);
      Tiles.copy(
          width, from, f + r * fr + c * fc, fr, fc, to, t + r * tr + c * tc, tr, tc, rows, cols);
      if (++col < colTiles) {
        continue;
      }
      col = 0;
      if (++row < rowTiles) {
        continue;
      }
      row = 0;
      for (int i = outer - 1; i >= 0; i--) {
        f += fromStep[i];
        t += toStep[i];
        if (++at[i] < size[i]) {
          break;
        }
        f -= size[i] * fromStep[i];
        t -= size[i] * toStep[i];
        at[i] = 0;
      }
    }
  }

  /// The same for strings, which are references on the Java heap.
  private static final class Texts {
    static void copy(
        byte[][] from,
        long fromAt,
        long[] fromSteps,
        byte[][] to,
        long toAt,
        long[] toSteps,
        int[] dims) {
      int[] at = new int[dims.length];
      long f = fromAt;
      long t = toAt;
      while (true) {
        to[(int) t] = from[(int) f];
        int i = dims.length - 1;
        for (; i >= 0; i--) {
          f += fromSteps[i];
          t += toSteps[i];
          if (++at[i] < dims[i]) {
            break;
          }
          f -= dims[i] * fromSteps[i];
          t -= dims[i] * toSteps[i];
          at[i] = 0;
        }
        if (i < 0) {
          return;
        }
      }
    }
  }
}
