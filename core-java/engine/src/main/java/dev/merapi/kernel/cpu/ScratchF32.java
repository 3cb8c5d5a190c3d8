package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;

/// Holds the heap arrays one thread packs into; they grow to what was needed and stay.
///
/// `a`, `c` and `line` belong to whoever computes a chunk; `shared` to whoever called for the
/// region, while its chunks only read it.
final class ScratchF32 {
  private static final ThreadLocal<ScratchF32> OF_THREAD = ThreadLocal.withInitial(ScratchF32::new);
  private static final float[] NONE = new float[0];
  private static final int[] NO_INTS = new int[0];
  private static final long[] NO_LONGS = new long[0];

  private float[] a = NONE;
  private float[] b = NONE;
  private float[] tile = NONE;
  private float[] shared = NONE;
  private float[] line = NONE;
  private final float[][] steady = {NONE, NONE, NONE};
  private MemorySegment outside = MemorySegment.NULL;
  private int[] rowAt = NO_INTS;
  private int[] depthAt = NO_INTS;
  private long[] outAt = NO_LONGS;

  private ScratchF32() {}

  static ScratchF32 get() {
    return OF_THREAD.get();
  }

  float[] a(int size) {
    if (a.length < size) {
      a = new float[grown(size)];
    }
    return a;
  }

  float[] b(int size) {
    if (b.length < size) {
      b = new float[grown(size)];
    }
    return b;
  }

  float[] tile(int size) {
    if (tile.length < size) {
      tile = new float[grown(size)];
    }
    return tile;
  }

  float[] shared(int size) {
    if (shared.length < size) {
      shared = new float[grown(size)];
    }
    return shared;
  }

  float[] line(int size) {
    if (line.length < size) {
      line = new float[grown(size)];
    }
    return line;
  }

  /// Returns one of three arrays for matrices that stay packed while many products are taken.
  float[] steady(int place, int size) {
    if (steady[place].length < size) {
      steady[place] = new float[grown(size)];
    }
    return steady[place];
  }

  /// Returns native memory for `size` elements.
  MemorySegment outside(int size) {
    if (outside.byteSize() < (long) size * Float.BYTES) {
      outside = Scratch.forever((long) grown(size) * Float.BYTES);
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
