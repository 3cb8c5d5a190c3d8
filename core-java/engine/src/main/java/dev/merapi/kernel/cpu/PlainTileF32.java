package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Loops over the columns of wide panels, which the JIT compiler turns into vector code.
///
/// Four steps of k and two rows at a time, so that a value of the tile is loaded and stored once for four
/// multiplications and a row of the panel is loaded once for two.
final class PlainTileF32 extends TileF32 {
  private static final int ROWS = 2;
  private static final int WIDTH = 128;

  PlainTileF32() {
    super(ROWS, WIDTH);
  }

  @Override
  public void rowMajor(
      int rows, int cols, int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    int a1 = rows > 1 ? ao + ROW_STRIDE : ao;
    clear(cols, c);
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      four(cols, a, ao + k, ao + k + 1, ao + k + 2, ao + k + 3, a1 - ao, b, bo + k * WIDTH, c);
    }
    for (; k < depth; k++) {
      one(cols, a[ao + k], a[a1 + k], b, bo + k * WIDTH, c);
    }
  }

  @Override
  public void columnMajor(
      int rows, int cols, int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    clear(cols, c);
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      int at = ao + k * COLUMN_STRIDE;
      int s = COLUMN_STRIDE;
      four(cols, a, at, at + s, at + 2 * s, at + 3 * s, 1, b, bo + k * WIDTH, c);
    }
    for (; k < depth; k++) {
      int at = ao + k * COLUMN_STRIDE;
      one(cols, a[at], a[at + 1], b, bo + k * WIDTH, c);
    }
  }

  @Override
  public void scattered(
      int rows,
      int cols,
      int depth,
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
    int a0 = ao + rowAt[ro];
    int step = rows > 1 ? rowAt[ro + 1] - rowAt[ro] : 0;
    clear(cols, c);
    int k = 0;
    for (; k + 4 <= depth; k += 4) {
      four(
          cols,
          a,
          a0 + depthAt[ko + k],
          a0 + depthAt[ko + k + 1],
          a0 + depthAt[ko + k + 2],
          a0 + depthAt[ko + k + 3],
          step,
          b,
          bo + k * WIDTH,
          c);
    }
    for (; k < depth; k++) {
      int at = a0 + depthAt[ko + k];
      one(cols, a[at], a[at + step], b, bo + k * WIDTH, c);
    }
  }

  private static void clear(int cols, float[] c) {
    java.util.Arrays.fill(c, 0, cols, 0);
    java.util.Arrays.fill(c, WIDTH, WIDTH + cols, 0);
  }

  /// Adds four steps of k, at the four positions of `a` and those `row` further, to both rows of the tile.
  private static void four(
      int cols, float[] a, int k0, int k1, int k2, int k3, int row, float[] b, int bo, float[] c) {
    float p0 = a[k0];
    float p1 = a[k1];
    float p2 = a[k2];
    float p3 = a[k3];
    float q0 = a[k0 + row];
    float q1 = a[k1 + row];
    float q2 = a[k2 + row];
    float q3 = a[k3 + row];
    for (int j = 0; j < cols; j++) {
      float b0 = b[bo + j];
      float b1 = b[bo + WIDTH + j];
      float b2 = b[bo + 2 * WIDTH + j];
      float b3 = b[bo + 3 * WIDTH + j];
      c[j] = Math.fma(p3, b3, Math.fma(p2, b2, Math.fma(p1, b1, Math.fma(p0, b0, c[j]))));
      c[WIDTH + j] =
          Math.fma(q3, b3, Math.fma(q2, b2, Math.fma(q1, b1, Math.fma(q0, b0, c[WIDTH + j]))));
    }
  }

  private static void one(int cols, float p, float q, float[] b, int bo, float[] c) {
    for (int j = 0; j < cols; j++) {
      float bj = b[bo + j];
      c[j] = Math.fma(p, bj, c[j]);
      c[WIDTH + j] = Math.fma(q, bj, c[WIDTH + j]);
    }
  }

  @Override
  public void store(float[] c, int co, int cols, MemorySegment to, long at, boolean add) {
    if (add) {
      for (int j = 0; j < cols; j++) {
        long p = (at + j) * Float.BYTES;
        to.set(JAVA_FLOAT_UNALIGNED, p, to.get(JAVA_FLOAT_UNALIGNED, p) + c[co + j]);
      }
    } else {
      MemorySegment.copy(c, co, to, JAVA_FLOAT_UNALIGNED, at * Float.BYTES, cols);
    }
  }
}
