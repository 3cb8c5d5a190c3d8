// Derived from ScratchF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;

/// Holds the heap arrays one thread packs into; they grow to what was needed and stay.
///
/// `a`, `c` and `line` belong to whoever computes a chunk; `shared` to whoever called for the
/// region, while its chunks only read it.
final class ScratchF64 {
  private static final ThreadLocal<ScratchF64> OF_THREAD = ThreadLocal.withInitial(ScratchF64::new);
  private static final double[] NONE = new double[0];
  private static final int[] NO_INTS = new int[0];
  private static final long[] NO_LONGS = new long[0];

  private double[] a = NONE;
  private double[] b = NONE;
  private double[] tile = NONE;
  private double[] shared = NONE;
  private double[] line = NONE;
  private final double[][] steady = {NONE, NONE, NONE};
  private MemorySegment outside = MemorySegment.NULL;
  private int[] rowAt = NO_INTS;
  private int[] depthAt = NO_INTS;
  private long[] outAt = NO_LONGS;

  private ScratchF64() {}

  static ScratchF64 get() {
    return OF_THREAD.get();
  }

  double[] a(int size) {
    if (a.length < size) {
      a = new double[grown(size)];
    }
    return a;
  }

  double[] b(int size) {
    if (b.length < size) {
      b = new double[grown(size)];
    }
    return b;
  }

  double[] tile(int size) {
    if (tile.length < size) {
      tile = new double[grown(size)];
    }
    return tile;
  }

  double[] shared(int size) {
    if (shared.length < size) {
      shared = new double[grown(size)];
    }
    return shared;
  }

  double[] line(int size) {
    if (line.length < size) {
      line = new double[grown(size)];
    }
    return line;
  }

  /// Returns one of three arrays for matrices that stay packed while many products are taken.
  double[] steady(int place, int size) {
    if (steady[place].length < size) {
      steady[place] = new double[grown(size)];
    }
    return steady[place];
  }

  /// Returns native memory for `size` elements.
  MemorySegment outside(int size) {
    if (outside.byteSize() < (long) size * Double.BYTES) {
      outside = Scratch.forever((long) grown(size) * Double.BYTES);
    }
    return outside;
  }

  int[] rowAt(int size) {
    if (rowAt.length < size) {
      rowAt = new int[grown(size)];
    }
    return rowAt;
  }

  int[] depthAt(int size) {
    if (depthAt.length < size) {
      depthAt = new int[grown(size)];
    }
    return depthAt;
  }

  long[] outAt(int size) {
    if (outAt.length < size) {
      outAt = new long[grown(size)];
    }
    return outAt;
  }

  /// A quarter more than asked for, so that slowly growing shapes do not allocate each time.
  private static int grown(int size) {
    return (int) Math.min(size + (size >> 2) + 64L, Integer.MAX_VALUE - 8);
  }
}
