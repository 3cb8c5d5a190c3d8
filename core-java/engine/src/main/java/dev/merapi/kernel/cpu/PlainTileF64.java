package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Loops over the columns of wide panels, which the JIT compiler turns into vector code.
///
/// Four steps of k and two rows at a time, so that a value of the tile is loaded and stored once for four
/// multiplications and a row of the panel is loaded once for two.
final class PlainTileF64 extends TileF64 {
  private static final int ROWS = 2;
  private static final int WIDTH = 128;

  PlainTileF64() {
    super(ROWS, WIDTH);
  }

  @Override
  public void rowMajor(
      int rows, int cols, int depth, double[] a, int ao, double[] b, int bo, double[] c) {
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
      int rows, int cols, int depth, double[] a, int ao, double[] b, int bo, double[] c) {
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
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
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

  private static void clear(int cols, double[] c) {
    java.util.Arrays.fill(c, 0, cols, 0);
    java.util.Arrays.fill(c, WIDTH, WIDTH + cols, 0);
  }

  /// Adds four steps of k, at the four positions of `a` and those `row` further, to both rows of the tile.
  private static void four(
      int cols, double[] a, int k0, int k1, int k2, int k3, int row, double[] b, int bo, double[] c) {
    double p0 = a[k0];
    double p1 = a[k1];
    double p2 = a[k2];
    double p3 = a[k3];
    double q0 = a[k0 + row];
    double q1 = a[k1 + row];
    double q2 = a[k2 + row];
    double q3 = a[k3 + row];
    for (int j = 0; j < cols; j++) {
      double b0 = b[bo + j];
      double b1 = b[bo + WIDTH + j];
      double b2 = b[bo + 2 * WIDTH + j];
      double b3 = b[bo + 3 * WIDTH + j];
      c[j] = Math.fma(p3, b3, Math.fma(p2, b2, Math.fma(p1, b1, Math.fma(p0, b0, c[j]))));
      c[WIDTH + j] =
          Math.fma(q3, b3, Math.fma(q2, b2, Math.fma(q1, b1, Math.fma(q0, b0, c[WIDTH + j]))));
    }
  }

  private static void one(int cols, double p, double q, double[] b, int bo, double[] c) {
    for (int j = 0; j < cols; j++) {
      double bj = b[bo + j];
      c[j] = Math.fma(p, bj, c[j]);
      c[WIDTH + j] = Math.fma(q, bj, c[WIDTH + j]);
    }
  }

  @Override
  public void store(double[] c, int co, int cols, MemorySegment to, long at, boolean add) {
    if (add) {
      for (int j = 0; j < cols; j++) {
        long p = (at + j) * Double.BYTES;
        to.set(JAVA_DOUBLE_UNALIGNED, p, to.get(JAVA_DOUBLE_UNALIGNED, p) + c[co + j]);
      }
    } else {
      MemorySegment.copy(c, co, to, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, cols);
    }
  }
}
