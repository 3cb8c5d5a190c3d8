// Derived from GemmI32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Multiplies matrices of int64: rows of B times one element of A, added up in a heap row of C.
final class GemmI64 {
  private static final long SERIAL_WORK = 1_000_000;
  private static final int COLS = 512;
  private static final int DEPTH = 64;
  private static final int ROWS = 32;

  /// Sums of one block, and a panel of B.
  private static final ThreadLocal<long[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new long[][] {new long[ROWS * COLS], new long[DEPTH * COLS]});

  private GemmI64() {}

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
          long[][] scratch = SCRATCH.get();
          long[] sums = scratch[0];
          long[] panel = scratch[1];
          Arrays.fill(sums, 0, rows * cols, 0);
          for (int k0 = 0; k0 < k; k0 += DEPTH) {
            int depth = Math.min(DEPTH, k - k0);
            for (int q = 0; q < depth; q++) {
              for (int j = 0; j < cols; j++) {
                long at =
                    transB
                        ? bOff + (long) (j0 + j) * ldb + k0 + q
                        : bOff + (long) (k0 + q) * ldb + j0 + j;
                panel[q * cols + j] = b.get(JAVA_LONG_UNALIGNED, at * Long.BYTES);
              }
            }
            for (int i = 0; i < rows; i++) {
              for (int q = 0; q < depth; q++) {
                long at =
                    transA
                        ? aOff + (long) (k0 + q) * lda + i0 + i
                        : aOff + (long) (i0 + i) * lda + k0 + q;
                long factor = a.get(JAVA_LONG_UNALIGNED, at * Long.BYTES);
                addTo(sums, i * cols, factor, panel, q * cols, cols);
              }
            }
          }
          for (int i = 0; i < rows; i++) {
            for (int j = 0; j < cols; j++) {
              long at = (cOff + (long) (i0 + i) * ldc + j0 + j) * Long.BYTES;
              long before = accumulate ? c.get(JAVA_LONG_UNALIGNED, at) : 0;
              c.set(JAVA_LONG_UNALIGNED, at, before + sums[i * cols + j]);
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

  private static void addTo(long[] sums, int so, long factor, long[] panel, int po, int count) {
    for (int j = 0; j < count; j++) {
      sums[so + j] += factor * panel[po + j];
    }
  }
}
