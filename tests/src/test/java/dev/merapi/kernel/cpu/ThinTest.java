package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Products of few columns: every element is one chain of fused multiply-adds, then the bias, then
/// the relu; and nothing is written beyond the last row.
class ThinTest {
  private static final int[] ROWS = {8, 9, 15, 16, 23, 37};
  private static final int[] DEPTHS = {1, 2, 17, 256};

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void float32HasTheBitsOfOneChain(boolean finished) {
    TileF32 tile = TileF32.CURRENT;
    assumeTrue(tile.isThin(8, 1), "no thin products on this processor");
    Random random = new Random(5);
    for (int n = 1; tile.isThin(8, n); n++) {
      for (int m : ROWS) {
        for (int k : DEPTHS) {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment a = floats(arena, 1 + m * (k + 2), random);
            MemorySegment b = floats(arena, 1 + k * n, random);
            MemorySegment bias = floats(arena, n, random);
            MemorySegment c = floats(arena, 2 + m * n, random);
            float after = c.getAtIndex(JAVA_FLOAT, 1 + m * n);
            float[] packed = new float[tile.thinRoom(n, k)];
            tile.packThin(n, k, b, 1, n, finished ? bias : null, 0, packed);
            tile.thin(m, n, k, a, 1, k + 2, packed, c, 1, finished);
            for (int i = 0; i < m; i++) {
              for (int j = 0; j < n; j++) {
                float sum = 0;
                for (int q = 0; q < k; q++) {
                  float x = a.getAtIndex(JAVA_FLOAT, 1 + i * (k + 2) + q);
                  sum = Math.fma(x, b.getAtIndex(JAVA_FLOAT, 1 + q * n + j), sum);
                }
                float want = finished ? Math.max(sum + bias.getAtIndex(JAVA_FLOAT, j), 0) : sum;
                assertEquals(want, c.getAtIndex(JAVA_FLOAT, 1 + i * n + j), m + " " + k + " " + n);
              }
            }
            assertEquals(after, c.getAtIndex(JAVA_FLOAT, 1 + m * n), "after " + m + " x " + n);
          }
        }
      }
    }
  }

  @Test
  void float64HasTheBitsOfOneChain() {
    TileF64 tile = TileF64.CURRENT;
    assumeTrue(tile.isThin(8, 1), "no thin products on this processor");
    Random random = new Random(6);
    for (int n = 1; tile.isThin(8, n); n++) {
      for (int m : ROWS) {
        int k = 17;
        try (Arena arena = Arena.ofConfined()) {
          MemorySegment a = doubles(arena, m * k, random);
          MemorySegment b = doubles(arena, k * n, random);
          MemorySegment bias = doubles(arena, n, random);
          MemorySegment c = doubles(arena, 1 + m * n, random);
          double after = c.getAtIndex(JAVA_DOUBLE, m * n);
          double[] packed = new double[tile.thinRoom(n, k)];
          tile.packThin(n, k, b, 0, n, bias, 0, packed);
          tile.thin(m, n, k, a, 0, k, packed, c, 0, true);
          for (int i = 0; i < m * n; i++) {
            double sum = 0;
            for (int q = 0; q < k; q++) {
              double x = a.getAtIndex(JAVA_DOUBLE, i / n * k + q);
              sum = Math.fma(x, b.getAtIndex(JAVA_DOUBLE, q * n + i % n), sum);
            }
            double want = Math.max(sum + bias.getAtIndex(JAVA_DOUBLE, i % n), 0);
            assertEquals(want, c.getAtIndex(JAVA_DOUBLE, i));
          }
          assertEquals(after, c.getAtIndex(JAVA_DOUBLE, m * n), "after " + m + " x " + n);
        }
      }
    }
  }

  private static MemorySegment floats(Arena arena, int n, Random random) {
    MemorySegment s = arena.allocate(n * 4L, 4);
    for (int i = 0; i < n; i++) {
      s.setAtIndex(JAVA_FLOAT, i, (float) random.nextGaussian());
    }
    return s;
  }

  private static MemorySegment doubles(Arena arena, int n, Random random) {
    MemorySegment s = arena.allocate(n * 8L, 8);
    for (int i = 0; i < n; i++) {
      s.setAtIndex(JAVA_DOUBLE, i, random.nextGaussian());
    }
    return s;
  }
}
