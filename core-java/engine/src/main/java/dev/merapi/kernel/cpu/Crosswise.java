package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Transposes tiles whose rows are dense in the source and whose columns are dense in the target.
///
/// Small blocks travel in `long`s: 8 × 8 bytes, 4 × 4 shorts or 2 × 2 ints are read line by line,
/// turned round by exchanging halves, and written line by line. That takes a fraction of the memory
/// accesses of single elements.
final class Crosswise {
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private Crosswise() {}

  /// Copies element (r, c) from `f + r·width + c·fc` to `t + r·tr + c·width` (bytes) for whole
  /// blocks only; the sides are multiples of [#side].
  static void copy(
      int width,
      MemorySegment from,
      long f,
      long fc,
      MemorySegment to,
      long t,
      long tr,
      int rows,
      int cols) {
    int side = side(width);
    for (int r = 0; r < rows; r += side) {
      for (int c = 0; c < cols; c += side) {
        long p = f + (long) r * width + c * fc;
        long q = t + r * tr + (long) c * width;
        switch (width) {
          case 1 -> bytes(from, p, fc, to, q, tr);
          case 2 -> shorts(from, p, fc, to, q, tr);
          default -> ints(from, p, fc, to, q, tr);
        }
      }
    }
  }

  /// Returns how many elements a `long` holds.
  static int side(int width) {
    return 8 / width;
  }

  private static void ints(MemorySegment from, long p, long fc, MemorySegment to, long q, long tr) {
    long a = from.get(LONG, p);
    long b = from.get(LONG, p + fc);
    to.set(LONG, q, a & 0xffffffffL | b << 32);
    to.set(LONG, q + tr, a >>> 32 | b & ~0xffffffffL);
  }

  private static final long EVEN_SHORTS = 0x0000ffff0000ffffL;
  private static final long EVEN_BYTES = 0x00ff00ff00ff00ffL;

  private static void shorts(
      MemorySegment from, long p, long fc, MemorySegment to, long q, long tr) {
    long a = from.get(LONG, p);
    long b = from.get(LONG, p + fc);
    long c = from.get(LONG, p + 2 * fc);
    long d = from.get(LONG, p + 3 * fc);
    long a1 = a & EVEN_SHORTS | (b & EVEN_SHORTS) << 16;
    long b1 = a >>> 16 & EVEN_SHORTS | b & ~EVEN_SHORTS;
    long c1 = c & EVEN_SHORTS | (d & EVEN_SHORTS) << 16;
    long d1 = c >>> 16 & EVEN_SHORTS | d & ~EVEN_SHORTS;
    to.set(LONG, q, a1 & 0xffffffffL | c1 << 32);
    to.set(LONG, q + tr, b1 & 0xffffffffL | d1 << 32);
    to.set(LONG, q + 2 * tr, a1 >>> 32 | c1 & ~0xffffffffL);
    to.set(LONG, q + 3 * tr, b1 >>> 32 | d1 & ~0xffffffffL);
  }

  private static void bytes(
      MemorySegment from, long p, long fc, MemorySegment to, long q, long tr) {
    bytes4(from, p, fc, to, q, tr, 0);
    bytes4(from, p, fc, to, q, tr, 4);
  }

  /// Writes four of the eight lines: those of the source's lower or upper four bytes.
  private static void bytes4(
      MemorySegment from, long p, long fc, MemorySegment to, long q, long tr, int half) {
    long s = p + half;
    long ab = pair(from, s, fc, 0);
    long cd = pair(from, s, fc, 2);
    long ef = pair(from, s, fc, 4);
    long gh = pair(from, s, fc, 6);
    // Each holds bytes 0..3 of two lines, interleaved: x0 y0 x1 y1 x2 y2 x3 y3.
    long low = ab & EVEN_SHORTS | (cd & EVEN_SHORTS) << 16;
    long odd = ab >>> 16 & EVEN_SHORTS | cd & ~EVEN_SHORTS;
    long low2 = ef & EVEN_SHORTS | (gh & EVEN_SHORTS) << 16;
    long odd2 = ef >>> 16 & EVEN_SHORTS | gh & ~EVEN_SHORTS;
    long o = q + half * tr;
    to.set(LONG, o, low & 0xffffffffL | low2 << 32);
    to.set(LONG, o + tr, odd & 0xffffffffL | odd2 << 32);
    to.set(LONG, o + 2 * tr, low >>> 32 | low2 & ~0xffffffffL);
    to.set(LONG, o + 3 * tr, odd >>> 32 | odd2 & ~0xffffffffL);
  }

  private static long pair(MemorySegment from, long s, long fc, int line) {
    long x = spread(from.get(ValueLayout.JAVA_INT_UNALIGNED, s + line * fc));
    long y = spread(from.get(ValueLayout.JAVA_INT_UNALIGNED, s + (line + 1) * fc));
    return x | y << 8;
  }

  /// Puts the four bytes of an int to the even bytes of a long.
  private static long spread(int v) {
    long x = v & 0xffffffffL;
    x = (x | x << 16) & EVEN_SHORTS;
    return (x | x << 8) & EVEN_BYTES;
  }
}
