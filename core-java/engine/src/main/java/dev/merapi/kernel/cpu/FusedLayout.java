package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Fusion;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Where the inputs of a fusion lie at each position, and how a tile of them is brought into a row.
///
/// Positions are numbered in row-major order. Neighbouring axes along which all inputs move evenly
/// are merged into groups, innermost first. An input is read where it lies if its elements follow
/// each other as positions do. If the innermost group is long, tiles do not cross its end: inputs
/// that repeat from row to row are read where they lie too, and those that rest along a row count
/// as single elements. All else is written out, tile by tile, to memory of the running thread.
final class FusedLayout {
  /// The most elements of a tile if something is written out.
  static final int TILE = 4096;

  /// Elements of a row from which calling the loops for each row costs less than writing out a
  /// tile; the second is for inputs that are the innermost group over and over, which are written
  /// out once for many tiles.
  private static final int LONG_ROW = 64;

  private static final int LONG_PERIOD = 512;

  private enum Way {
    ONE,
    DENSE,
    ROW,
    PERIODIC,
    WRITTEN
  }

  private final int groups;

  /// Positions of each group, innermost first.
  private final long[] extent;

  /// Elements from one position of a group to the next, by input and group.
  private final long[][] step;

  private final int[] bytes;
  private final Way[] ways;

  /// Where in the thread's memory an input is written out.
  private final long[] slot;

  private final long slotBytes;
  private final boolean rows;

  /// `fixed` is what comes before in the thread's memory.
  FusedLayout(int[] dims, List<Fusion.Input> inputs, long fixed) {
    int n = inputs.size();
    extent = new long[Math.max(dims.length, 1)];
    step = new long[n][extent.length];
    bytes = new int[n];
    int g = 0;
    for (int axis = dims.length - 1; axis >= 0; axis--) {
      if (dims[axis] == 1) {
        continue;
      }
      if (g > 0 && continues(inputs, axis, g - 1)) {
        extent[g - 1] *= dims[axis];
        continue;
      }
      extent[g] = dims[axis];
      for (int i = 0; i < n; i++) {
        step[i][g] = inputs.get(i).strides().get(axis);
      }
      g++;
    }
    if (g == 0) {
      extent[g++] = 1;
    }
    groups = g;
    for (int i = 0; i < n; i++) {
      bytes[i] = inputs.get(i).spec().dtype().bytes();
    }
    ways = new Way[n];
    rows = extent[0] >= (isPeriodic() ? LONG_PERIOD : LONG_ROW) && !isScattered();
    slot = new long[n];
    long at = fixed;
    for (int i = 0; i < n; i++) {
      ways[i] = way(i);
      if (ways[i] == Way.WRITTEN || ways[i] == Way.PERIODIC) {
        slot[i] = at;
        at += StagePlan.spaced((TILE + (long) LONG_PERIOD) * bytes[i]);
      }
    }
    slotBytes = at;
  }

  /// Tells whether all inputs move along an outer axis as if it were more of group `g`.
  private boolean continues(List<Fusion.Input> inputs, int axis, int g) {
    for (int i = 0; i < inputs.size(); i++) {
      if (inputs.get(i).strides().get(axis) != step[i][g] * extent[g]) {
        return false;
      }
    }
    return true;
  }

  private boolean isOne(int i) {
    for (int g = 0; g < groups; g++) {
      if (step[i][g] != 0) {
        return false;
      }
    }
    return extent[0] > 1;
  }

  private boolean isDense(int i) {
    long stride = 1;
    for (int g = 0; g < groups; g++) {
      if (step[i][g] != stride && extent[g] > 1) {
        return false;
      }
      stride *= extent[g];
    }
    return true;
  }

  private boolean isPeriodic(int i) {
    for (int g = 1; g < groups; g++) {
      if (step[i][g] != 0) {
        return false;
      }
    }
    return true;
  }

  private boolean isPeriodic() {
    for (int i = 0; i < bytes.length; i++) {
      if (!isOne(i) && !isDense(i) && !isPeriodic(i)) {
        return false;
      }
    }
    return true;
  }

  /// Tells whether an input's elements lie apart along a row: it is best written out many rows at a
  /// time.
  private boolean isScattered() {
    for (int i = 0; i < bytes.length; i++) {
      if (step[i][0] > 1) {
        return true;
      }
    }
    return false;
  }

  private Way way(int i) {
    if (isOne(i) || (rows && step[i][0] == 0)) {
      return Way.ONE;
    }
    if (isDense(i)) {
      return Way.DENSE;
    }
    if (rows && step[i][0] == 1) {
      return Way.ROW;
    }
    return isPeriodic(i) && extent[0] < LONG_PERIOD ? Way.PERIODIC : Way.WRITTEN;
  }

  /// Returns the inputs that are one element for a whole tile, as bits.
  long single() {
    long mask = 0;
    for (int i = 0; i < ways.length; i++) {
      mask |= ways[i] == Way.ONE ? 1L << i : 0;
    }
    return mask;
  }

  /// Returns the end of what is used of the thread's memory.
  long end() {
    return slotBytes;
  }

  /// Tells whether tiles may have more than [#TILE] elements.
  boolean isUnlimited() {
    for (Way w : ways) {
      if (w == Way.WRITTEN || w == Way.PERIODIC) {
        return false;
      }
    }
    return true;
  }

  /// Returns how many of `n` positions from `e` on can be one tile.
  int tile(long e, int n) {
    return rows ? (int) Math.min(n, extent[0] - e % extent[0]) : n;
  }

  /// Writes out what serves all tiles of the thread's present piece of work.
  void begin(Lane lane, MemorySegment[] in) {
    for (int i = 0; i < ways.length; i++) {
      if (ways[i] == Way.PERIODIC) {
        int row = (int) extent[0];
        copy(bytes[i], in[i], 0, 0, step[i][0], lane.memory, slot[i], 1, row);
        long whole = (TILE + extent[0]) * bytes[i];
        for (long done = extent[0] * bytes[i]; done < whole; done *= 2) {
          long more = Math.min(done, whole - done);
          MemorySegment.copy(lane.memory, slot[i], lane.memory, slot[i] + done, more);
        }
      }
    }
  }

  /// Lets the lane's buffers 0, 1, … be the inputs at `n` positions from `e` on.
  void place(Lane lane, MemorySegment[] in, long e, int n) {
    for (int i = 0; i < ways.length; i++) {
      MemorySegment s = in[i];
      long at;
      switch (ways[i]) {
        case DENSE -> at = e * bytes[i];
        case ONE, ROW -> at = source(i, e) * bytes[i];
        case PERIODIC -> {
          s = lane.memory;
          at = slot[i] + e % extent[0] * bytes[i];
        }
        default -> {
          write(lane.memory, slot[i], in[i], i, e, n);
          s = lane.memory;
          at = slot[i];
        }
      }
      lane.segment[i] = s;
      lane.offset[i] = at;
    }
  }

  /// Returns the element of input `i` at position `e`.
  private long source(int i, long e) {
    long rest = e;
    long at = 0;
    for (int g = 0; g < groups && rest > 0; g++) {
      at += rest % extent[g] * step[i][g];
      rest /= extent[g];
    }
    return at;
  }

  /// Writes out `n` elements of input `i` from position `first` on: whole rows of the innermost
  /// group as far as the next one moves evenly.
  private void write(MemorySegment to, long slot, MemorySegment from, int i, long first, int n) {
    int width = bytes[i];
    long row = extent[0];
    for (int done = 0; done < n; ) {
      long e = first + done;
      long column = e % row;
      int cols = (int) Math.min(row, n - done);
      int count = 1;
      if (column > 0) {
        cols = (int) Math.min(row - column, n - done);
      } else if (groups > 1 && cols == row) {
        long left = extent[1] - e / row % extent[1];
        count = (int) Math.min(left, (n - done) / row);
      }
      long down = groups > 1 ? step[i][1] : 0;
      copy(
          width, from, source(i, e), down, step[i][0], to, slot + (long) done * width, count, cols);
      done += count * cols;
    }
  }

  private static void copy(
      int width,
      MemorySegment from,
      long at,
      long down,
      long across,
      MemorySegment to,
      long slot,
      int rows,
      int cols) {
    if (width == 16) {
      for (int r = 0; r < rows; r++) {
        Copies.pairs(from, at + r * down, across, to, slot / 16 + (long) r * cols, cols);
      }
    } else {
      Tiles.copy(width, from, at, down, across, to, slot / width, cols, 1, rows, cols);
    }
  }
}
