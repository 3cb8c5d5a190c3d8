package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;

/// Packs the operands of a matrix product and walks its tiles.
///
/// B is packed whole (or in passes of columns, if it is very large) by the caller into panels that all chunks
/// read; a chunk packs its own rows of A. Both are bulk copies, whichever way the operands lie, but for a B
/// that is transposed; then the product of the transposes is computed if that is cheaper.
final class GemmF64 {
  /// Floating-point operations that take about 50 µs; less is not worth a second thread.
  private static final long SERIAL_WORK = 8_000_000;

  /// Elements of the packed B, 8 MiB of float64.
  private static final int PACK_LIMIT = 1 << 21;

  private static final TileF64 TILE = TileF64.CURRENT;
  private static final int ROWS = TILE.rows();
  private static final int WIDTH = TILE.width();

  private GemmF64() {}

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
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      if (!accumulate) {
        for (int i = 0; i < m; i++) {
          c.asSlice((cOff + (long) i * ldc) * Double.BYTES, (long) n * Double.BYTES).fill((byte) 0);
        }
      }
      return;
    }
    if (exchangePays(transA, transB, m, n, k)) {
      new Product(!transB, !transA, n, m, k, b, bOff, ldb, a, aOff, lda, c, cOff, ldc, true, accumulate)
          .run();
    } else {
      new Product(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, false, accumulate)
          .run();
    }
  }

  /// Tells whether `Cᵀ = op(B)ᵀ·op(A)ᵀ` moves fewer single elements than C itself. Single elements are moved
  /// when a B is packed across its rows and when a C is written across its rows.
  private static boolean exchangePays(boolean transA, boolean transB, int m, int n, int k) {
    long asIs = transB ? (long) n * k : 0;
    long exchanged = (transA ? 0 : (long) m * k) + (long) m * n * TileF64.stretches(k);
    // A panel is filled up to its width, so a few columns cost as much as a whole panel.
    long wasted = (long) m * k * (panels(n) * WIDTH - n) / 16;
    long wastedExchanged = (long) n * k * (panels(m) * WIDTH - m) / 16;
    return exchanged + wastedExchanged < asIs + wasted;
  }

  private static int panels(int n) {
    return (n + WIDTH - 1) / WIDTH;
  }

  /// One product; with `acrossC` the result is written transposed.
  private record Product(
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
      boolean acrossC,
      boolean accumulate) {

    void run() {
      int allPanels = panels(n);
      int perPass = Math.max(1, Math.min(allPanels, PACK_LIMIT / (int) Math.min((long) k * WIDTH, PACK_LIMIT)));
      double[] packed = ScratchF64.get().shared(perPass * k * WIDTH);
      boolean serial = 2L * m * n * k < SERIAL_WORK;
      for (int p0 = 0; p0 < allPanels; p0 += perPass) {
        int first = p0;
        int count = Math.min(perPass, allPanels - p0);
        if (serial) {
          for (int p = 0; p < count; p++) {
            packPanel(first + p, packed, p * k * WIDTH);
          }
          block(0, m, first, 0, count, packed);
        } else {
          packParallel(first, count, packed);
          multiplyParallel(first, count, packed);
        }
      }
    }

    private void packParallel(int first, int count, double[] packed) {
      int step = Math.max(1, (1 << 16) / (k * WIDTH));
      Workers.run(
          (count + step - 1) / step,
          chunk -> {
            int end = Math.min(count, (chunk + 1) * step);
            for (int p = chunk * step; p < end; p++) {
              packPanel(first + p, packed, p * k * WIDTH);
            }
          });
    }

    private void packPanel(int panel, double[] packed, int at) {
      int j = panel * WIDTH;
      int cols = Math.min(WIDTH, n - j);
      if (transB) {
        TILE.packTransposed(b, bOff + (long) j * ldb, ldb, k, cols, packed, at);
      } else {
        TILE.pack(b, bOff + j, ldb, k, cols, packed, at);
      }
    }

    /// Cuts C into blocks of rows and, if these are few, of panels too. The bits do not depend on the cut.
    private void multiplyParallel(int first, int count, double[] packed) {
      int rowBlocks = Math.max((m + TileF64.BLOCK - 1) / TileF64.BLOCK, Math.min(8, m / (2 * ROWS)));
      rowBlocks = Math.max(1, rowBlocks);
      int rows = (m + rowBlocks - 1) / rowBlocks;
      int step = Math.min(TileF64.BLOCK, (rows + ROWS - 1) / ROWS * ROWS);
      int is = (m + step - 1) / step;
      int js = Math.min(count, Math.max(1, 8 / is));
      Workers.run(
          is * js,
          chunk -> {
            int i = chunk / js * step;
            int j = chunk % js;
            block(i, Math.min(m, i + step), first, j * count / js, (j + 1) * count / js, packed);
          });
    }

    /// Computes rows `i0` to `i1` of the panels `p0` to `p1` of this pass.
    private void block(int i0, int i1, int first, int p0, int p1, double[] packed) {
      ScratchF64 scratch = ScratchF64.get();
      double[] tile = scratch.tile(ROWS * WIDTH);
      double[] rowsOfA =
          scratch.a(
              Math.max(TileF64.BLOCK * TileF64.ROW_STRIDE, TileF64.DEPTH * TileF64.COLUMN_STRIDE));
      int stretches = TileF64.stretches(k);
      for (int ib = i0; ib < i1; ib += TileF64.BLOCK) {
        int ie = Math.min(i1, ib + TileF64.BLOCK);
        for (int s = 0; s < stretches; s++) {
          int k0 = TileF64.stretchBegin(s, k);
          int depth = TileF64.stretchBegin(s + 1, k) - k0;
          packRows(ib, ie, k0, depth, rowsOfA);
          boolean add = accumulate || s > 0;
          for (int p = p0; p < p1; p++) {
            int j = (first + p) * WIDTH;
            int cols = Math.min(WIDTH, n - j);
            int bo = (p * k + k0) * WIDTH;
            for (int i = ib; i < ie; i += ROWS) {
              int rows = Math.min(ROWS, ie - i);
              if (transA) {
                TILE.columnMajor(rows, cols, depth, rowsOfA, i - ib, packed, bo, tile);
              } else {
                int ao = (i - ib) * TileF64.ROW_STRIDE;
                TILE.rowMajor(rows, cols, depth, rowsOfA, ao, packed, bo, tile);
              }
              if (acrossC) {
                storeAcross(tile, i, rows, j, cols, add);
              } else {
                for (int r = 0; r < rows; r++) {
                  TILE.store(tile, r * WIDTH, cols, c, cOff + (long) (i + r) * ldc + j, add);
                }
              }
            }
          }
        }
      }
    }

    private void packRows(int i0, int i1, int k0, int depth, double[] to) {
      if (transA) {
        for (int q = 0; q < depth; q++) {
          long at = aOff + (long) (k0 + q) * lda + i0;
          MemorySegment.copy(
              a, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, to, q * TileF64.COLUMN_STRIDE, i1 - i0);
        }
      } else {
        for (int i = i0; i < i1; i++) {
          long at = aOff + (long) i * lda + k0;
          MemorySegment.copy(
              a, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, to, (i - i0) * TileF64.ROW_STRIDE, depth);
        }
      }
    }

    private void storeAcross(double[] tile, int i, int rows, int j, int cols, boolean add) {
      for (int q = 0; q < cols; q++) {
        long at = (cOff + (long) (j + q) * ldc + i) * Double.BYTES;
        for (int r = 0; r < rows; r++) {
          double v = tile[r * WIDTH + q];
          long p = at + (long) r * Double.BYTES;
          c.set(JAVA_DOUBLE_UNALIGNED, p, add ? c.get(JAVA_DOUBLE_UNALIGNED, p) + v : v);
        }
      }
    }
  }
}
