// Derived from PlainTileF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Loops over the columns of wide panels, which the JIT compiler turns into vector code.
///
/// It does so (JDK 25) only where all arrays are indexed alike: two positions that differ by an
/// unknown offset might overlap. So rows of the panel and of the tile are arrays of their own: four
/// rows of the panel are copied, then used for all rows of the tile. Four steps of k and two rows
/// at a time, so that a value of the tile is loaded and stored once for four multiplications and
/// one of the panel is loaded once for two.
final class PlainTileF64 extends TileF64 {
  private static final int ROWS = 24;
  private static final int WIDTH = 128;
  private static final int STEPS = 4;

  private static final ThreadLocal<double[][]> LINES =
      ThreadLocal.withInitial(() -> new double[ROWS + STEPS][WIDTH]);

  PlainTileF64() {
    super(ROWS, WIDTH);
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
    double[][] lines = LINES.get();
    for (int r = 0; r < rows + (rows & 1); r++) {
      Arrays.fill(lines[r], 0, cols, 0);
    }
    int k = 0;
    for (; k + STEPS <= depth; k += STEPS) {
      for (int s = 0; s < STEPS; s++) {
        System.arraycopy(b, bo + (k + s) * WIDTH, lines[ROWS + s], 0, cols);
      }
      int k0 = ao + depthAt[ko + k];
      int k1 = ao + depthAt[ko + k + 1];
      int k2 = ao + depthAt[ko + k + 2];
      int k3 = ao + depthAt[ko + k + 3];
      for (int r = 0; r < rows; r += 2) {
        int p = rowAt[ro + r];
        int q = rowAt[ro + r + 1];
        four(
            cols,
            a[p + k0],
            a[p + k1],
            a[p + k2],
            a[p + k3],
            a[q + k0],
            a[q + k1],
            a[q + k2],
            a[q + k3],
            lines[ROWS],
            lines[ROWS + 1],
            lines[ROWS + 2],
            lines[ROWS + 3],
            lines[r],
            lines[r + 1]);
      }
    }
    for (; k < depth; k++) {
      System.arraycopy(b, bo + k * WIDTH, lines[ROWS], 0, cols);
      int k0 = ao + depthAt[ko + k];
      for (int r = 0; r < rows; r++) {
        one(cols, a[k0 + rowAt[ro + r]], lines[ROWS], lines[r]);
      }
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(lines[r], 0, c, r * WIDTH, cols);
    }
  }

  private static void four(
      int cols,
      double p0,
      double p1,
      double p2,
      double p3,
      double q0,
      double q1,
      double q2,
      double q3,
      double[] b0,
      double[] b1,
      double[] b2,
      double[] b3,
      double[] c,
      double[] d) {
    for (int j = 0; j < cols; j++) {
      double x0 = b0[j];
      double x1 = b1[j];
      double x2 = b2[j];
      double x3 = b3[j];
      double cj = c[j];
      double dj = d[j];
      c[j] = Math.fma(p3, x3, Math.fma(p2, x2, Math.fma(p1, x1, Math.fma(p0, x0, cj))));
      d[j] = Math.fma(q3, x3, Math.fma(q2, x2, Math.fma(q1, x1, Math.fma(q0, x0, dj))));
    }
  }

  private static void one(int cols, double p, double[] b, double[] c) {
    for (int j = 0; j < cols; j++) {
      c[j] = Math.fma(p, b[j], c[j]);
    }
  }

  @Override
  public void store(
      double[] c, int co, int rows, int cols, MemorySegment to, long at, long ld, boolean add) {
    for (int r = 0; r < rows; r++) {
      int from = co + r * WIDTH;
      long row = at + r * ld;
      if (add) {
        for (int j = 0; j < cols; j++) {
          long p = (row + j) * Double.BYTES;
          to.set(JAVA_DOUBLE_UNALIGNED, p, to.get(JAVA_DOUBLE_UNALIGNED, p) + c[from + j]);
        }
      } else {
        MemorySegment.copy(c, from, to, JAVA_DOUBLE_UNALIGNED, row * Double.BYTES, cols);
      }
    }
  }
}
