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
}
