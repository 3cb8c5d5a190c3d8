package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Many short rows: both tiers give the same bits, and what is expected.
class ShortRowsTest {
  private static final int ROWS = 37;

  @Test
  void foldsAndRepetitionsOfFloat32() {
    Random random = new Random(3);
    try (Arena arena = Arena.ofConfined()) {
      for (int n = FoldLoopsF32.WIDTH; n < FoldLoopsF32.LANES; n++) {
        // No room beyond the last row: whole vectors must not reach there.
        MemorySegment x = arena.allocate((1 + ROWS * n) * 4L, 4);
        MemorySegment fast = arena.allocate(ROWS * 4L, 4);
        MemorySegment plain = arena.allocate(ROWS * 4L, 4);
        MemorySegment wide = arena.allocate(ROWS * n * 4L, 4);
        for (int i = 0; i <= ROWS * n; i++) {
          x.setAtIndex(JAVA_FLOAT, i, (float) random.nextGaussian());
        }
        x.setAtIndex(JAVA_FLOAT, 1 + 2 * n, Float.NaN);
        x.setAtIndex(JAVA_FLOAT, 3 * n, Float.NaN); // the last of its row
        for (Fold f : new Fold[] {Fold.SUM, Fold.MAX}) {
          ShortRowsF32.CURRENT.fold(f, x, 1, 0, ROWS, n, fast);
          new ShortRowsF32().fold(f, x, 1, 0, ROWS, n, plain);
          assertEquals(-1, fast.mismatch(plain), f + " of rows of " + n);
          for (int r = 0; r < ROWS; r++) {
            double want = f.identityF64();
            for (int i = 0; i < n; i++) {
              want = f.of(want, (double) x.getAtIndex(JAVA_FLOAT, 1 + r * n + i));
            }
            assertEquals(want, fast.getAtIndex(JAVA_FLOAT, r), 1e-5, f + " of row " + r);
          }
        }
        ShortRowsF32.CURRENT.repeat(x, 0, ROWS, n, wide);
        for (int i = 0; i < ROWS * n; i++) {
          assertEquals(x.getAtIndex(JAVA_FLOAT, i / n), wide.getAtIndex(JAVA_FLOAT, i));
        }
      }
    }
  }

  @Test
  void foldsAndRepetitionsOfFloat64() {
    Random random = new Random(4);
    try (Arena arena = Arena.ofConfined()) {
      for (int n = FoldLoopsF64.WIDTH; n < FoldLoopsF64.LANES; n++) {
        MemorySegment x = arena.allocate((1 + ROWS * n) * 8L, 8);
        MemorySegment fast = arena.allocate(ROWS * 8L, 8);
        MemorySegment plain = arena.allocate(ROWS * 8L, 8);
        MemorySegment wide = arena.allocate(ROWS * n * 8L, 8);
        for (int i = 0; i <= ROWS * n; i++) {
          x.setAtIndex(JAVA_DOUBLE, i, random.nextGaussian());
        }
        for (Fold f : new Fold[] {Fold.SUM, Fold.MAX}) {
          ShortRowsF64.CURRENT.fold(f, x, 1, 0, ROWS, n, fast);
          new ShortRowsF64().fold(f, x, 1, 0, ROWS, n, plain);
          assertEquals(-1, fast.mismatch(plain), f + " of rows of " + n);
          for (int r = 0; r < ROWS; r++) {
            double want = f.identityF64();
            for (int i = 0; i < n; i++) {
              want = f.of(want, x.getAtIndex(JAVA_DOUBLE, 1 + r * n + i));
            }
            assertEquals(want, fast.getAtIndex(JAVA_DOUBLE, r), 1e-13, f + " of row " + r);
          }
        }
        ShortRowsF64.CURRENT.repeat(x, 0, ROWS, n, wide);
        for (int i = 0; i < ROWS * n; i++) {
          assertEquals(x.getAtIndex(JAVA_DOUBLE, i / n), wide.getAtIndex(JAVA_DOUBLE, i));
        }
      }
    }
  }

  /// Rows of any length that is taken, at both distances: the bits of the plain loops, and nothing
  /// is written beyond the last row.
  @Test
  void shiftsAndQuotientsOfFloat32() {
    Random random = new Random(7);
    ShortRowsF32 loops = ShortRowsF32.CURRENT;
    for (int n = 2; loops.takesWhole(n); n++) {
      for (int stride : new int[] {n, loops.stride(n)}) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment x = arena.allocate((1 + ROWS * n) * 4L, 4);
          MemorySegment e = arena.allocate(ROWS * stride * 4L, 4);
          MemorySegment f = arena.allocate(ROWS * stride * 4L, 4);
          MemorySegment y = arena.allocate((2 + ROWS * n) * 4L, 4);
          MemorySegment z = arena.allocate((2 + ROWS * n) * 4L, 4);
          MemorySegment s = arena.allocate(ROWS * 4L, 4);
          MemorySegment t = arena.allocate(ROWS * 4L, 4);
          for (int i = 0; i <= ROWS * n; i++) {
            x.setAtIndex(JAVA_FLOAT, i, (float) random.nextGaussian());
          }
          loops.shift(x, 1, ROWS, n, e, 0, stride, s);
          new ShortRowsF32().shift(x, 1, ROWS, n, f, 0, stride, t);
          assertEquals(-1, s.mismatch(t), "maxima of rows of " + n);
          for (int i = 0; i < ROWS * stride; i++) {
            if (i % stride < n) {
              float v = e.getAtIndex(JAVA_FLOAT, i);
              assertEquals(f.getAtIndex(JAVA_FLOAT, i), v, "row of " + n);
              e.setAtIndex(JAVA_FLOAT, i, v * v);
            } else {
              e.setAtIndex(JAVA_FLOAT, i, Float.NaN); // is not added
            }
          }
          y.setAtIndex(JAVA_FLOAT, 1 + ROWS * n, 3);
          z.setAtIndex(JAVA_FLOAT, 1 + ROWS * n, 3);
          loops.divide(e, stride, ROWS, n, y, 1, s);
          new ShortRowsF32().divide(e, stride, ROWS, n, z, 1, t);
          assertEquals(-1, s.mismatch(t), "sums of rows of " + n);
          assertEquals(-1, y.mismatch(z), "quotients of rows of " + n);
          for (int r = 0; r < ROWS; r++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
              sum += y.getAtIndex(JAVA_FLOAT, 1 + r * n + i);
            }
            assertEquals(1, sum, 1e-5, "row of " + n);
          }
        }
      }
    }
  }

  /// Rows of any length that is taken, at both distances: the bits of the plain loops, and nothing
  /// is written beyond the last row.
  @Test
  void shiftsAndQuotientsOfFloat64() {
    Random random = new Random(7);
    ShortRowsF64 loops = ShortRowsF64.CURRENT;
    for (int n = 2; loops.takesWhole(n); n++) {
      for (int stride : new int[] {n, loops.stride(n)}) {
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment x = arena.allocate((1 + ROWS * n) * 8L, 8);
          MemorySegment e = arena.allocate(ROWS * stride * 8L, 8);
          MemorySegment f = arena.allocate(ROWS * stride * 8L, 8);
          MemorySegment y = arena.allocate((2 + ROWS * n) * 8L, 8);
          MemorySegment z = arena.allocate((2 + ROWS * n) * 8L, 8);
          MemorySegment s = arena.allocate(ROWS * 8L, 8);
          MemorySegment t = arena.allocate(ROWS * 8L, 8);
          for (int i = 0; i <= ROWS * n; i++) {
            x.setAtIndex(JAVA_DOUBLE, i, (double) random.nextGaussian());
          }
          loops.shift(x, 1, ROWS, n, e, 0, stride, s);
          new ShortRowsF64().shift(x, 1, ROWS, n, f, 0, stride, t);
          assertEquals(-1, s.mismatch(t), "maxima of rows of " + n);
          for (int i = 0; i < ROWS * stride; i++) {
            if (i % stride < n) {
              double v = e.getAtIndex(JAVA_DOUBLE, i);
              assertEquals(f.getAtIndex(JAVA_DOUBLE, i), v, "row of " + n);
              e.setAtIndex(JAVA_DOUBLE, i, v * v);
            } else {
              e.setAtIndex(JAVA_DOUBLE, i, Double.NaN); // is not added
            }
          }
          y.setAtIndex(JAVA_DOUBLE, 1 + ROWS * n, 3);
          z.setAtIndex(JAVA_DOUBLE, 1 + ROWS * n, 3);
          loops.divide(e, stride, ROWS, n, y, 1, s);
          new ShortRowsF64().divide(e, stride, ROWS, n, z, 1, t);
          assertEquals(-1, s.mismatch(t), "sums of rows of " + n);
          assertEquals(-1, y.mismatch(z), "quotients of rows of " + n);
          for (int r = 0; r < ROWS; r++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
              sum += y.getAtIndex(JAVA_DOUBLE, 1 + r * n + i);
            }
            assertEquals(1, sum, 1e-5, "row of " + n);
          }
        }
      }
    }
  }
}
