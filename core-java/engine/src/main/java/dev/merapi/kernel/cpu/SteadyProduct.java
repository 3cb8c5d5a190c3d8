package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;

/// Multiplies by one matrix again and again: the steps of a recurrent layer.
///
/// For float32 the matrix is packed once. Packing takes a third of the time of a step of 50 rows
/// and 256 units, and there are as many steps as the sequence is long. Bits are those of [Gemm].
/// Several threads may multiply at once.
abstract class SteadyProduct {
  /// Takes the matrix op(b) of `k` rows and `n` columns; rows in memory are `ldb` elements apart.
  ///
  /// @param place 0, 1 or 2: the product is good until the thread asks for the next in this place
  static SteadyProduct of(
      DType type, int place, boolean turn, int k, int n, MemorySegment b, long bOff, int ldb) {
    return type == DType.F32
        ? new Packed(place, turn, k, n, b, bOff, ldb)
        : new InPlace(turn, k, n, b, bOff, ldb);
  }

  /// `c (m, n) = a (m, k) · op(b)`, or that is added. Distances of rows are in elements.
  abstract void multiply(
      int m,
      MemorySegment a,
      long aOff,
      int lda,
      MemorySegment c,
      long cOff,
      int ldc,
      boolean accumulate);

  private static final class Packed extends SteadyProduct {
    private static final TileF32 TILE = TileF32.CURRENT;
    private static final int ROWS = TILE.rows();
    private static final int WIDTH = TILE.width();

    /// Elements that are packed in less than the 100 µs from which a second thread pays.
    private static final int SERIAL_PACK = 1 << 17;

    private final int k;
    private final int n;
    private final float[] packed;

    Packed(int place, boolean turn, int k, int n, MemorySegment b, long bOff, int ldb) {
      this.k = k;
      this.n = n;
      int panels = (n + WIDTH - 1) / WIDTH;
      packed = ScratchF32.get().steady(place, Math.multiplyExact(panels * WIDTH, k));
      if ((long) n * k < SERIAL_PACK) {
        for (int p = 0; p < panels; p++) {
          pack(p, turn, b, bOff, ldb);
        }
      } else {
        Workers.run(panels, p -> pack(p, turn, b, bOff, ldb));
      }
    }

    private void pack(int p, boolean turn, MemorySegment b, long bOff, int ldb) {
      int j = p * WIDTH;
      int cols = Math.min(WIDTH, n - j);
      if (turn) {
        TILE.packTransposed(b, bOff + (long) j * ldb, ldb, k, cols, packed, p * k * WIDTH);
      } else {
        TILE.pack(b, bOff + j, ldb, k, cols, packed, p * k * WIDTH);
      }
    }

    @Override
    void multiply(
        int m,
        MemorySegment a,
        long aOff,
        int lda,
        MemorySegment c,
        long cOff,
        int ldc,
        boolean accumulate) {
      ScratchF32 scratch = ScratchF32.get();
      float[] tile = scratch.tile(ROWS * WIDTH);
      float[] rowsOfA =
          scratch.a(
              Math.max(TileF32.BLOCK * TileF32.ROW_STRIDE, TileF32.DEPTH * TileF32.COLUMN_STRIDE));
      int stretches = TileF32.stretches(k);
      for (int ib = 0; ib < m; ib += TileF32.BLOCK) {
        int ie = Math.min(m, ib + TileF32.BLOCK);
        for (int s = 0; s < stretches; s++) {
          int k0 = TileF32.stretchBegin(s, k);
          int depth = TileF32.stretchBegin(s + 1, k) - k0;
          long at = aOff + (long) ib * lda + k0;
          TILE.copyRows(a, at, lda, ie - ib, depth, rowsOfA, TileF32.ROW_STRIDE);
          for (int j = 0; j < n; j += WIDTH) {
            int cols = Math.min(WIDTH, n - j);
            int bo = j * k + k0 * WIDTH;
            for (int i = ib; i < ie; i += ROWS) {
              int rows = Math.min(ROWS, ie - i);
              int ao = (i - ib) * TileF32.ROW_STRIDE;
              TILE.rowMajor(rows, cols, depth, rowsOfA, ao, packed, bo, tile);
              long to = cOff + (long) i * ldc + j;
              TILE.store(tile, 0, rows, cols, c, to, ldc, accumulate || s > 0);
            }
          }
        }
      }
    }
  }

  private static final class InPlace extends SteadyProduct {
    private final boolean turn;
    private final int k;
    private final int n;
    private final MemorySegment b;
    private final long bOff;
    private final int ldb;

    InPlace(boolean turn, int k, int n, MemorySegment b, long bOff, int ldb) {
      this.turn = turn;
      this.k = k;
      this.n = n;
      this.b = b;
      this.bOff = bOff;
      this.ldb = ldb;
    }

    @Override
    void multiply(
        int m,
        MemorySegment a,
        long aOff,
        int lda,
        MemorySegment c,
        long cOff,
        int ldc,
        boolean accumulate) {
      Gemm.f64(false, turn, m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate);
    }
  }
}
