package dev.merapi.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The plain loops and the loops of the current tier give the same bits.
class TierTest {
  private static TileF32 vectorTile() {
    assumeTrue(Tier.current() == Tier.VECTOR, "needs --add-modules jdk.incubator.vector");
    return TileF32.CURRENT;
  }

  private static float[] random(int size, Random random) {
    float[] v = new float[size];
    for (int i = 0; i < size; i++) {
      v[i] = (float) random.nextGaussian();
    }
    return v;
  }

  /// Returns the panel `b`, which has `cols` columns a row, with the row length of `tile`.
  private static float[] panel(TileF32 tile, float[] b, int depth, int cols) {
    float[] p = new float[(depth + 1) * tile.width()];
    for (int k = 0; k < depth; k++) {
      System.arraycopy(b, k * cols, p, k * tile.width(), cols);
    }
    return p;
  }

  @Test
  void tilesAgree() {
    TileF32 vector = vectorTile();
    TileF32 plain = new PlainTileF32();
    Random random = new Random(4);
    float[] a = random(TileF32.DEPTH * TileF32.ROW_STRIDE, random);
    int[] rowAt = random.ints(24, 0, 1000).toArray();
    int[] depthAt = random.ints(TileF32.DEPTH, 0, 1000).toArray();
    for (int i = 0; i < 300; i++) {
      int rows = 1 + random.nextInt(Math.min(plain.rows(), vector.rows()));
      int cols = 1 + random.nextInt(Math.min(plain.width(), vector.width()));
      int depth = 1 + random.nextInt(TileF32.DEPTH);
      float[] b = random(depth * cols, random);
      float[][] c = new float[2][];
      for (int t = 0; t < 2; t++) {
        TileF32 tile = t == 0 ? plain : vector;
        c[t] = new float[tile.rows() * tile.width()];
        float[] p = panel(tile, b, depth, cols);
        switch (i % 3) {
          case 0 -> tile.rowMajor(rows, cols, depth, a, 7, p, 0, c[t]);
          case 1 -> tile.columnMajor(rows, cols, depth, a, 7, p, 0, c[t]);
          default -> tile.scattered(rows, cols, depth, a, 7, rowAt, 0, depthAt, 0, p, 0, c[t]);
        }
      }
      for (int r = 0; r < rows; r++) {
        for (int j = 0; j < cols; j++) {
          assertEquals(c[0][r * plain.width() + j], c[1][r * vector.width() + j]);
        }
      }
    }
  }

  @Test
  void dotProductsAgree() {
    TileF32 vector = vectorTile();
    TileF32 plain = new PlainTileF32();
    Random random = new Random(4);
    float[] partial = new float[TileF32.PARTIAL_SUMS];
    try (Arena arena = Arena.ofShared()) {
      for (int k = 1; k < 300; k++) {
        Native row = Native.random(arena, false, k, random);
        float[] v = random(k, random);
        assertEquals(
            plain.dot(row.segment, row.off(), v, k, partial),
            vector.dot(row.segment, row.off(), v, k, partial));
      }
    }
  }

  @Test
  void channelLoopsAgree() {
    vectorTile();
    LoopsF32 vector = LoopsF32.CURRENT;
    LoopsF32 plain = new PlainLoopsF32();
    Random random = new Random(4);
    int[] at = {0, 200, 400, 1000, 1300};
    for (int n = 1; n < 80; n++) {
      float[] x = random(2000, random);
      float[] w = random(2000, random);
      float[][] y = {new float[2000], new float[2000]};
      for (int t = 0; t < 2; t++) {
        LoopsF32 loops = t == 0 ? plain : vector;
        loops.multiplyWindow(x, 3, at, 0, 5, w, n, y[t], 0);
        loops.maxWindow(x, 3, at, 1, 5, n, y[t], 100);
        loops.meanWindow(x, 3, at, 1, 4, n, 3, y[t], 200);
        loops.addToMax(x, y[t], 0, at, 0, 5, n, w, 0);
        loops.addToAll(y[t], 5, at, 0, 5, n, 5, w, 0);
        loops.addOuter(x, 9, at, 0, 5, w, 4, n, y[t]);
      }
      for (int i = 0; i < 2000; i++) {
        assertEquals(y[0][i], y[1][i], "channels " + n + " element " + i);
      }
    }
  }
}
