package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Multiplies matrices of int32: rows of B times one element of A, added up in a heap row of C.
final class GemmI32 {
  private static final long SERIAL_WORK = 1_000_000;
  private static final int COLS = 512;
  private static final int DEPTH = 64;
  private static final int ROWS = 32;

  /// Sums of one block, and a panel of B.
  private static final ThreadLocal<int[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new int[][] {new int[ROWS * COLS], new int[DEPTH * COLS]});

  private GemmI32() {}

  static void run(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOff,
      int lda,
      MemorySegment b,
      long bOff,
      int ldb,
      MemorySegment c,
      long cOff,
      int ldc,
      boolean accumulate) {
    int iBlocks = (m + ROWS - 1) / ROWS;
    int jBlocks = (n + COLS - 1) / COLS;
    Workers.Task task =
        chunk -> {
          int i0 = chunk / jBlocks * ROWS;
          int j0 = chunk % jBlocks * COLS;
          int rows = Math.min(ROWS, m - i0);
          int cols = Math.min(COLS, n - j0);
          int[][] scratch = SCRATCH.get();
          int[] sums = scratch[0];
          int[] panel = scratch[1];
          Arrays.fill(sums, 0, rows * cols, 0);
          for (int k0 = 0; k0 < k; k0 += DEPTH) {
            int depth = Math.min(DEPTH, k - k0);
            for (int q = 0; q < depth; q++) {
              for (int j = 0; j < cols; j++) {
                long at =
                    transB
                        ? bOff + (long) (j0 + j) * ldb + k0 + q
                        : bOff + (long) (k0 + q) * ldb + j0 + j;
                panel[q * cols + j] = b.get(JAVA_INT_UNALIGNED, at * Integer.BYTES);
              }
            }
            for (int i = 0; i < rows; i++) {
              for (int q = 0; q < depth; q++) {
                long at =
                    transA
                        ? aOff + (long) (k0 + q) * lda + i0 + i
                        : aOff + (long) (i0 + i) * lda + k0 + q;
                int factor = a.get(JAVA_INT_UNALIGNED, at * Integer.BYTES);
                addTo(sums, i * cols, factor, panel, q * cols, cols);
              }
            }
          }
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
              long at = (cOff + (long) (i0 + i) * ldc + j0 + j) * Integer.BYTES;
              int before = accumulate ? c.get(JAVA_INT_UNALIGNED, at) : 0;
              c.set(JAVA_INT_UNALIGNED, at, before + sums[i * cols + j]);
            }
          }
        };
    if (2L * m * n * k < SERIAL_WORK) {
      for (int i = 0; i < iBlocks * jBlocks; i++) {
        task.run(i);
      }
    } else {
      Workers.run(iBlocks * jBlocks, task);
    }
  }

  private static void addTo(int[] sums, int so, int factor, int[] panel, int po, int count) {
    for (int j = 0; j < count; j++) {
      sums[so + j] += factor * panel[po + j];
    }
  }
}
