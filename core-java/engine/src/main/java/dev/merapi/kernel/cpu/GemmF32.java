package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import dev.merapi.device.Workers;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Packs the operands of a matrix product and walks its tiles.
///
/// B is packed whole (or in passes of columns, if it is very large) by the caller into panels that
/// all chunks read; a chunk packs its own rows of A. Both are bulk copies, whichever way the
/// operands lie, but for a B that is transposed; then the product of the transposes is computed if
/// that is cheaper.
final class GemmF32 {
  /// Floating-point operations that take about 50 µs; less is not worth a second thread.
  private static final long SERIAL_WORK = 8_000_000;

  /// The longest k that is packed at once; a longer one is summed in passes, or a single panel
  /// could outgrow the heap.
  private static final int LONGEST = 1 << 16;

  /// Elements of a matrix whose dot products with a vector are one chunk.
  private static final int DOT_WORK = 1 << 18;

  /// Elements of the packed B, 8 MiB of float32.
  private static final int PACK_LIMIT = 1 << 21;

  /// Rows of a chunk that is multiplied without packing: their part of A fits the first-level
  /// cache.
  private static final int DIRECT_ROWS = 96;

  /// Rows of a chunk of a product of a few columns.
  private static final int THIN_ROWS = 256;

  /// Columns of a chunk of a product of a few rows that is multiplied without packing.
  private static final int DIRECT_COLUMNS = 128;

  /// Panels of a result that is written transposed, kept on the heap at a time.
  private static final int ACROSS_PANELS = 4;

  private static final TileF32 TILE = TileF32.CURRENT;
  private static final int ROWS = TILE.rows();
  private static final int WIDTH = TILE.width();

  private GemmF32() {}

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
    run(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate, null);
  }

  /// Does the same and finishes the result while it is in the cache.
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
      boolean accumulate,
      @Nullable TailF32 tail) {
    if (m == 0 || n == 0) {
      return;
    }
    if (k == 0) {
      if (!accumulate) {
        for (int i = 0; i < m; i++) {
          c.asSlice((cOff + (long) i * ldc) * Float.BYTES, (long) n * Float.BYTES).fill((byte) 0);
        }
      }
      finish(tail, c, cOff, m, n, ldc);
      return;
    }
    if (k > LONGEST) {
      for (int k0 = 0; k0 < k; k0 += LONGEST) {
        long aAt = transA ? aOff + (long) k0 * lda : aOff + k0;
        long bAt = transB ? bOff + k0 : bOff + (long) k0 * ldb;
        int length = Math.min(LONGEST, k - k0);
        boolean add = accumulate || k0 > 0;
        boolean last = k - k0 <= LONGEST;
        TailF32 end = last ? tail : null;
        run(transA, transB, m, n, length, a, aAt, lda, b, bAt, ldb, c, cOff, ldc, add, end);
        if (last) {
          return; // k0 + LONGEST could overflow
        }
      }
    }
    if (n == 1 && !transA) {
      dots(m, k, a, aOff, lda, b, bOff, transB ? 1 : ldb, c, cOff, ldc, accumulate);
      finish(tail, c, cOff, m, n, ldc);
      return;
    }
    if (m == 1 && transB) {
      dots(n, k, b, bOff, ldb, a, aOff, transA ? lda : 1, c, cOff, 1, accumulate);
      finish(tail, c, cOff, m, n, ldc);
      return;
    }
    boolean once = k <= TileF32.DEPTH && !accumulate;
    if (once && !transA && !transB && ldc == n && TILE.isThin(m, n)) {
      thin(m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, tail);
      return;
    }
    if (!transB && TILE.isDirect(m, n)) {
      long aRow = transA ? 1 : lda;
      long aStep = transA ? lda : 1;
      if (once && (m > TileF32.BLOCK || 2L * m * n * k < SERIAL_WORK)) {
        direct(m, n, k, a, aOff, aRow, aStep, b, bOff, ldb, c, cOff, ldc, tail);
        return;
      }
      if (m <= TileF32.BLOCK) {
        directStretches(
            m, n, k, a, aOff, aRow, aStep, b, bOff, ldb, c, cOff, ldc, accumulate, tail);
        return;
      }
    }
    if (exchangePays(transA, transB, m, n, k)) {
      new Product(
              !transB,
              !transA,
              n,
              m,
              k,
              b,
              bOff,
              ldb,
              a,
              aOff,
              lda,
              c,
              cOff,
              ldc,
              true,
              accumulate,
              tail)
          .run();
    } else {
      new Product(
              transA,
              transB,
              m,
              n,
              k,
              a,
              aOff,
              lda,
              b,
              bOff,
              ldb,
              c,
              cOff,
              ldc,
              false,
              accumulate,
              tail)
          .run();
    }
  }

  private static void finish(
      @Nullable TailF32 tail, MemorySegment c, long at, int m, int n, long ldc) {
    if (tail != null) {
      tail.apply(c, at, m, n, ldc, 0);
    }
  }

  /// Tells whether `Cᵀ = op(B)ᵀ·op(A)ᵀ` moves fewer single elements than C itself. Single elements
  /// are moved when a B is packed across its rows and when a C is written across its rows.
  private static boolean exchangePays(boolean transA, boolean transB, int m, int n, int k) {
    if (n == 1) {
      return transA; // one row times a matrix that lies right
    }
    long asIs = transB ? (long) n * k : 0;
    long exchanged = (transA ? 0 : (long) m * k) + (long) m * n;
    return exchanged < asIs;
  }

  /// Computes `count` dot products of rows of a matrix, `ld` apart, with one vector.
  private static void dots(
      int count,
      int k,
      MemorySegment rows,
      long at,
      long ld,
      MemorySegment vector,
      long vectorAt,
      long vectorStep,
      MemorySegment c,
      long cAt,
      long cStep,
      boolean accumulate) {
    float[] v = ScratchF32.get().shared(k);
    if (vectorStep == 1) {
      MemorySegment.copy(vector, JAVA_FLOAT_UNALIGNED, vectorAt * Float.BYTES, v, 0, k);
    } else {
      for (int q = 0; q < k; q++) {
        v[q] = vector.get(JAVA_FLOAT_UNALIGNED, (vectorAt + q * vectorStep) * Float.BYTES);
      }
    }
    int step = Math.max(1, Math.min(count, DOT_WORK / k));
    Workers.Task task =
        chunk -> {
          float[] partial = ScratchF32.get().tile(TileF32.PARTIAL_SUMS);
          int end = Math.min(count, (chunk + 1) * step);
          for (int r = chunk * step; r < end; r++) {
            float sum = TILE.dot(rows, at + r * ld, v, k, partial);
            long p = (cAt + r * cStep) * Float.BYTES;
            c.set(JAVA_FLOAT_UNALIGNED, p, accumulate ? c.get(JAVA_FLOAT_UNALIGNED, p) + sum : sum);
          }
        };
    int chunks = (count + step - 1) / step;
    if (chunks < 4) {
      for (int i = 0; i < chunks; i++) {
        task.run(i);
      }
    } else {
      Workers.run(chunks, task);
    }
  }

  /// Multiplies by a B of few columns; the bits are those of the other ways.
  private static void thin(
      int m,
      int n,
      int k,
      MemorySegment a,
      long ao,
      long lda,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      @Nullable TailF32 tail) {
    float[] packed = ScratchF32.get().shared(TILE.thinRoom(n, k));
    boolean relu = tail != null && tail.relu();
    if (tail == null) {
      TILE.packThin(n, k, b, bo, ldb, null, 0, packed);
    } else {
      TILE.packThin(n, k, b, bo, ldb, tail.bias(), tail.at(), packed);
    }
    if (2L * m * n * k < SERIAL_WORK) {
      TILE.thin(m, n, k, a, ao, lda, packed, c, co, relu);
      return;
    }
    int count = Math.max(1, m / THIN_ROWS);
    Workers.run(
        count,
        chunk -> {
          long i = (long) chunk * THIN_ROWS;
          int some = chunk == count - 1 ? (int) (m - i) : THIN_ROWS;
          TILE.thin(some, n, k, a, ao + i * lda, lda, packed, c, co + i * n, relu);
        });
  }

  /// Multiplies in place; the bits are those of the packed way.
  private static void direct(
      int m,
      int n,
      int k,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc,
      @Nullable TailF32 tail) {
    if (2L * m * n * k < SERIAL_WORK) {
      TILE.direct(m, n, k, a, ao, aRow, aStep, b, bo, ldb, c, co, ldc);
      finish(tail, c, co, m, n, ldc);
      return;
    }
    int blocks = Math.max((m + DIRECT_ROWS - 1) / DIRECT_ROWS, Math.min(8, m / (2 * ROWS)));
    int step = (m + blocks - 1) / blocks;
    int rows = (step + ROWS - 1) / ROWS * ROWS;
    int count = Math.max(1, m / rows);
    Workers.run(
        count,
        chunk -> {
          long i = (long) chunk * rows;
          int some = chunk == count - 1 ? (int) (m - i) : rows;
          TILE.direct(some, n, k, a, ao + i * aRow, aRow, aStep, b, bo, ldb, c, co + i * ldc, ldc);
          finish(tail, c, co + i * ldc, some, n, ldc);
        });
  }

  /// As [#direct] for a few rows and any k: panels of B are not used often enough to pack them.
  private static void directStretches(
      int m,
      int n,
      int k,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc,
      boolean accumulate,
      @Nullable TailF32 tail) {
    int count = Math.max(1, n / DIRECT_COLUMNS);
    int stretches = TileF32.stretches(k);
    Workers.Task task =
        chunk -> {
          int j = chunk * DIRECT_COLUMNS;
          int cols = chunk == count - 1 ? n - j : DIRECT_COLUMNS;
          MemorySegment sums = ScratchF32.get().outside(m * cols);
          for (int s = 0; s < stretches; s++) {
            long k0 = TileF32.stretchBegin(s, k);
            int depth = (int) (TileF32.stretchBegin(s + 1, k) - k0);
            long ap = ao + k0 * aStep;
            long bp = bo + k0 * ldb + j;
            if (s == 0 && !accumulate) {
              TILE.direct(m, cols, depth, a, ap, aRow, aStep, b, bp, ldb, c, co + j, ldc);
            } else {
              TILE.direct(m, cols, depth, a, ap, aRow, aStep, b, bp, ldb, sums, 0, cols);
              TILE.addDirect(sums, m, cols, c, co + j, ldc);
            }
          }
          if (tail != null) {
            tail.apply(c, co + j, m, cols, ldc, j);
          }
        };
    if (2L * m * n * k < SERIAL_WORK) {
      for (int i = 0; i < count; i++) {
        task.run(i);
      }
    } else {
      Workers.run(count, task);
    }
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
      boolean accumulate,
      @Nullable TailF32 tail) {

    void run() {
      int allPanels = panels(n);
      int perPass =
          Math.max(
              1, Math.min(allPanels, PACK_LIMIT / (int) Math.min((long) k * WIDTH, PACK_LIMIT)));
      float[] packed = ScratchF32.get().shared(perPass * k * WIDTH);
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

    private void packParallel(int first, int count, float[] packed) {
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

    private void packPanel(int panel, float[] packed, int at) {
      int j = panel * WIDTH;
      int cols = Math.min(WIDTH, n - j);
      if (transB) {
        TILE.packTransposed(b, bOff + (long) j * ldb, ldb, k, cols, packed, at);
      } else {
        TILE.pack(b, bOff + j, ldb, k, cols, packed, at);
      }
    }

    /// Cuts C into blocks of rows and, if these are few, of panels too. The bits do not depend on
    /// the cut.
    private void multiplyParallel(int first, int count, float[] packed) {
      int rowBlocks =
          Math.max((m + TileF32.BLOCK - 1) / TileF32.BLOCK, Math.min(8, m / (2 * ROWS)));
      rowBlocks = Math.max(1, rowBlocks);
      int rows = (m + rowBlocks - 1) / rowBlocks;
      int step = Math.min(TileF32.BLOCK, (rows + ROWS - 1) / ROWS * ROWS);
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
    private void block(int i0, int i1, int first, int p0, int p1, float[] packed) {
      ScratchF32 scratch = ScratchF32.get();
      float[] tile = scratch.tile(ROWS * WIDTH);
      float[] rowsOfA =
          scratch.a(
              Math.max(TileF32.BLOCK * TileF32.ROW_STRIDE, TileF32.DEPTH * TileF32.COLUMN_STRIDE));
      for (int ib = i0; ib < i1; ib += TileF32.BLOCK) {
        int ie = Math.min(i1, ib + TileF32.BLOCK);
        if (acrossC) {
          for (int p = p0; p < p1; p += ACROSS_PANELS) {
            int pe = Math.min(p1, p + ACROSS_PANELS);
            float[] result = scratch.b(TileF32.BLOCK * ACROSS_PANELS * WIDTH);
            loadAcross(ib, ie, first + p, pe - p, result);
            multiply(ib, ie, first, p, pe, packed, rowsOfA, tile, result);
            storeAcross(ib, ie, first + p, pe - p, result);
            finish((first + p) * WIDTH, Math.min(n, (first + pe) * WIDTH), ib, ie);
          }
        } else {
          multiply(ib, ie, first, p0, p1, packed, rowsOfA, tile, tile);
          finish(ib, ie, (first + p0) * WIDTH, Math.min(n, (first + p1) * WIDTH));
        }
      }
    }

    /// Finishes a block of C, rows and columns counted as they lie in memory.
    private void finish(int i0, int i1, int j0, int j1) {
      if (tail != null) {
        tail.apply(c, cOff + (long) i0 * ldc + j0, i1 - i0, j1 - j0, ldc, j0);
      }
    }

    /// Adds the products of at most [TileF32#BLOCK] rows to C or, with `acrossC`, to `result`.
    private void multiply(
        int ib,
        int ie,
        int first,
        int p0,
        int p1,
        float[] packed,
        float[] rowsOfA,
        float[] tile,
        float[] result) {
      int stretches = TileF32.stretches(k);
      for (int s = 0; s < stretches; s++) {
        int k0 = TileF32.stretchBegin(s, k);
        int depth = TileF32.stretchBegin(s + 1, k) - k0;
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
              int ao = (i - ib) * TileF32.ROW_STRIDE;
              TILE.rowMajor(rows, cols, depth, rowsOfA, ao, packed, bo, tile);
            }
            if (acrossC) {
              int to = ((p - p0) * TileF32.BLOCK + i - ib) * WIDTH;
              TILE.add(tile, 0, rows * WIDTH, result, to);
            } else {
              TILE.store(tile, 0, rows, cols, c, cOff + (long) i * ldc + j, ldc, add);
            }
          }
        }
      }
    }

    private void packRows(int i0, int i1, int k0, int depth, float[] to) {
      if (transA) {
        long at = aOff + (long) k0 * lda + i0;
        TILE.copyRows(a, at, lda, depth, i1 - i0, to, TileF32.COLUMN_STRIDE);
      } else {
        long at = aOff + (long) i0 * lda + k0;
        TILE.copyRows(a, at, lda, i1 - i0, depth, to, TileF32.ROW_STRIDE);
      }
    }

    /// Fetches what the products are added to, into panels of [TileF32#BLOCK] rows.
    private void loadAcross(int i0, int i1, int panel, int count, float[] result) {
      Arrays.fill(result, 0, count * TileF32.BLOCK * WIDTH, 0);
      if (!accumulate) {
        return;
      }
      float[] line = ScratchF32.get().line(TileF32.BLOCK);
      for (int j = panel * WIDTH; j < Math.min(n, (panel + count) * WIDTH); j++) {
        long at = (cOff + (long) j * ldc + i0) * Float.BYTES;
        MemorySegment.copy(c, JAVA_FLOAT_UNALIGNED, at, line, 0, i1 - i0);
        int to = (j / WIDTH - panel) * TileF32.BLOCK * WIDTH + j % WIDTH;
        for (int i = 0; i < i1 - i0; i++) {
          result[to + i * WIDTH] = line[i];
        }
      }
    }

    private void storeAcross(int i0, int i1, int panel, int count, float[] result) {
      float[] line = ScratchF32.get().line(TileF32.BLOCK);
      for (int j = panel * WIDTH; j < Math.min(n, (panel + count) * WIDTH); j++) {
        int from = (j / WIDTH - panel) * TileF32.BLOCK * WIDTH + j % WIDTH;
        for (int i = 0; i < i1 - i0; i++) {
          line[i] = result[from + i * WIDTH];
        }
        long at = (cOff + (long) j * ldc + i0) * Float.BYTES;
        MemorySegment.copy(line, 0, c, JAVA_FLOAT_UNALIGNED, at, i1 - i0);
      }
    }
  }
}
