package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Loop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.IntFunction;

/// One run of a loop whose inputs are repeated along some axes of the result.
///
/// Neighbouring axes along which the same inputs move are merged into groups, innermost first. If
/// the innermost group is long, the loop runs over its rows, with the inputs that rest there as
/// single elements. Else repeated inputs are written out, a tile at a time, to memory of the
/// running thread.
final class Broadcast {
  /// Elements of a row from which calling the loop for each row costs less than writing out a tile,
  /// which is done once if all repeated inputs are rows, else again for each tile.
  private static final int LONG_ROW = 256;

  private static final int LONG_MIXED_ROW = 48;

  private static final int TILE = 4096;

  private final IntFunction<Loop> loops;
  private final MemorySegment[] in;
  private final int[] bytes;
  private final MemorySegment out;
  private final long n;

  /// Extents of the groups, innermost first.
  private final long[] extent;

  /// Elements from one position of a group to the next, for each input and group; 0 where it rests.
  private final long[][] step;

  private final int groups;

  /// Inputs of one element, and inputs that have all elements of the result.
  private int single;

  private int full;

  Broadcast(
      IntFunction<Loop> loops,
      MemorySegment[] in,
      int[][] dims,
      int[] bytes,
      MemorySegment out,
      int[] outDims) {
    this.loops = loops;
    this.in = in;
    this.bytes = bytes;
    this.out = out;
    this.n = Elementwise.size(outDims);
    int rank = outDims.length;
    extent = new long[Math.max(rank, 1)];
    step = new long[in.length][extent.length];
    long[] stride = new long[in.length];
    Arrays.fill(stride, 1);
    int g = 0;
    int last = -1;
    for (int axis = 1; axis <= rank; axis++) {
      int size = outDims[rank - axis];
      if (size == 1) {
        continue;
      }
      int moving = 0;
      for (int i = 0; i < in.length; i++) {
        moving |= length(dims[i], axis) > 1 ? 1 << i : 0;
      }
      if (moving == last) {
        extent[g - 1] *= size;
      } else {
        extent[g] = size;
        for (int i = 0; i < in.length; i++) {
          step[i][g] = (moving >>> i & 1) != 0 ? stride[i] : 0;
        }
        g++;
        last = moving;
      }
      for (int i = 0; i < in.length; i++) {
        stride[i] *= length(dims[i], axis);
      }
    }
    if (g == 0) {
      extent[g++] = 1;
    }
    groups = g;
    for (int i = 0; i < in.length; i++) {
      if (stride[i] == n) {
        full |= 1 << i;
      } else if (stride[i] == 1) {
        single |= 1 << i;
      }
    }
  }

  /// Returns the size of the axis counted from the right, from 1; axes that are not there are 1
  /// long.
  private static int length(int[] dims, int axis) {
    return axis <= dims.length ? dims[dims.length - axis] : 1;
  }

  void run() {
    boolean rows =
        extent[0] >= (isPeriodic() ? LONG_ROW : LONG_MIXED_ROW)
            || (single | full) == (1 << in.length) - 1;
    int resting = 0;
    for (int i = 0; i < in.length; i++) {
      resting |= rows && step[i][0] == 0 && n > 1 ? 1 << i : 0;
    }
    Loop loop = loops.apply(rows ? resting : single);
    long cost = loop.cost();
    if (!Elementwise.isWorthSharing(n, cost)) {
      part(loop, rows, 0, n);
      return;
    }
    long chunk = Elementwise.chunk(cost);
    Workers.run(
        (int) ((n + chunk - 1) / chunk),
        i -> part(loop, rows, i * chunk, Math.min(n, (i + 1) * chunk)));
  }

  private boolean isPeriodic() {
    for (int i = 0; i < in.length; i++) {
      if (((single | full) >>> i & 1) == 0 && !isPeriodic(i)) {
        return false;
      }
    }
    return true;
  }

  /// Tells whether the input is the innermost group over and over.
  private boolean isPeriodic(int i) {
    return groups == 2 && step[i][1] == 0;
  }

  private void part(Loop loop, boolean rows, long from, long to) {
    if (rows) {
      rows(loop, from, to);
    } else {
      tiles(loop, from, to);
    }
  }

  private void rows(Loop loop, long from, long to) {
    long[] at = new long[in.length];
    long row = extent[0];
    for (long e = from; e < to; ) {
      long column = e % row;
      long length = Math.min(row - column, to - e);
      for (int i = 0; i < at.length; i++) {
        at[i] = source(i, e) * bytes[i];
      }
      call(loop, in, at, e, length);
      e += length;
    }
  }

  private void call(Loop loop, MemorySegment[] from, long[] at, long e, long length) {
    long outAt = e * loop.outStride();
    if (from.length > 3) {
      loop.run(from, at, out, outAt, length);
      return;
    }
    int last = from.length - 1;
    int second = Math.min(1, last);
    loop.run(from[0], at[0], from[second], at[second], from[last], at[last], out, outAt, length);
  }

  /// Returns the element of input `i` that belongs to element `e` of the result.
  private long source(int i, long e) {
    long rest = e;
    long at = 0;
    for (int g = 0; g < groups; g++) {
      at += rest % extent[g] * step[i][g];
      rest /= extent[g];
    }
    return at;
  }

  private void tiles(Loop loop, long from, long to) {
    Tiles tiles = Tiles.mine();
    MemorySegment[] source = in.clone();
    long[] at = new long[in.length];
    long[] period = new long[in.length];
    for (int i = 0; i < in.length; i++) {
      if (((single | full) >>> i & 1) != 0) {
        continue;
      }
      source[i] = tiles.of(i, (TILE + LONG_ROW) * (long) bytes[i]);
      if (isPeriodic(i)) {
        // Written out once, then read from any phase.
        period[i] = extent[0];
        Tiles.fill(
            in[i],
            source[i],
            extent[0] * bytes[i],
            (Math.min(TILE, to - from) + extent[0]) * bytes[i]);
      }
    }
    for (long e = from; e < to; e += TILE) {
      long length = Math.min(TILE, to - e);
      for (int i = 0; i < at.length; i++) {
        if ((single >>> i & 1) != 0) {
          at[i] = 0;
        } else if ((full >>> i & 1) != 0) {
          at[i] = e * bytes[i];
        } else if (period[i] > 0) {
          at[i] = e % period[i] * bytes[i];
        } else {
          fill(i, source[i], e, length);
        }
      }
      call(loop, source, at, e, length);
    }
  }

  /// Writes out what input `i` holds for `length` elements of the result from `first` on.
  private void fill(int i, MemorySegment tile, long first, long length) {
    long[] position = new long[groups];
    long rest = first;
    for (int g = 0; g < groups; g++) {
      position[g] = rest % extent[g];
      rest /= extent[g];
    }
    long at = source(i, first);
    for (long done = 0; done < length; ) {
      long run = Math.min(extent[0] - position[0], length - done);
      Tiles.repeat(in[i], at, step[i][0], tile, done, run, bytes[i]);
      done += run;
      at -= position[0] * step[i][0];
      position[0] = 0;
      for (int g = 1; g < groups; g++) {
        at += step[i][g];
        if (++position[g] < extent[g]) {
          break;
        }
        at -= extent[g] * step[i][g];
        position[g] = 0;
      }
    }
  }

  /// Memory of one thread to write repeated inputs to.
  private static final class Tiles {
    private static final ThreadLocal<Tiles> MINE = ThreadLocal.withInitial(Tiles::new);

    private MemorySegment[] segments = {};

    static Tiles mine() {
      return MINE.get();
    }

    MemorySegment of(int i, long bytes) {
      if (i >= segments.length) {
        segments = Arrays.copyOf(segments, i + 1);
      }
      MemorySegment s = segments[i];
      if (s == null || s.byteSize() < bytes) {
        // Once per thread and input, so the slow automatic arena is no matter.
        s = Arena.ofAuto().allocate(bytes, 64);
        segments[i] = s;
      }
      return s;
    }

    /// Writes the first `period` bytes of `from` over and over, `length` bytes in all.
    static void fill(MemorySegment from, MemorySegment to, long period, long length) {
      MemorySegment.copy(from, 0, to, 0, Math.min(period, length));
      for (long done = period; done < length; done *= 2) {
        MemorySegment.copy(to, 0, to, done, Math.min(done, length - done));
      }
    }

    /// Copies `length` elements `step` (0 or 1) apart.
    static void repeat(
        MemorySegment from,
        long at,
        long step,
        MemorySegment to,
        long first,
        long length,
        int bytes) {
      if (step == 1 && length >= 16) {
        MemorySegment.copy(from, at * bytes, to, first * bytes, length * bytes);
        return;
      }
      switch (bytes) {
        case 1 -> Copies.bytes(from, at, step, to, first, length);
        case 2 -> Copies.shorts(from, at, step, to, first, length);
        case 4 -> Copies.ints(from, at, step, to, first, length);
        case 8 -> Copies.longs(from, at, step, to, first, length);
        default -> Copies.pairs(from, at, step, to, first, length);
      }
    }
  }
}
