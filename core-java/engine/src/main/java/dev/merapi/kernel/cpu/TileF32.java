package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Multiplies a few rows by a panel of columns: the innermost piece of matrix products and
/// convolutions.
///
/// Every element of the tile is one chain of fused multiply-adds over k, in order, from zero. So
/// tiers, tile sizes and vector widths all give the same bits; only the cut of k into stretches
/// ([#stretches]) shows.
///
/// Packed panels are heap arrays: of the kernels on memory segments, those with more than 6 · 4
/// sums outgrow the compiler's inlining budget and are then many times slower. [#direct] reads and
/// writes native memory, so its blocks stay below that.
///
/// `b` holds a panel as rows of [#width] columns. The tile is written to `c` as rows of [#width]
/// columns; rows and columns beyond `rows` and `cols` may hold anything.
public abstract class TileF32 {
  /// The longest stretch of k that one tile sums before it is added to the result.
  public static final int DEPTH = 256;

  /// Distance of rows in `a` of [#rowMajor]: not a power of two, or rows would share cache sets.
  public static final int ROW_STRIDE = DEPTH + 16;

  /// The most rows in `a` of [#columnMajor].
  public static final int BLOCK = 120;

  /// Distance of columns in `a` of [#columnMajor].
  public static final int COLUMN_STRIDE = BLOCK + 16;

  /// Partial sums of [#dot]: enough independent chains for any processor.
  public static final int PARTIAL_SUMS = 64;

  /// Elements of a row that are read at once when a matrix is packed across its rows.
  private static final int LINE = 64;

  private static final int[] ROW_AT = multiples(BLOCK, ROW_STRIDE);
  private static final int[] EVERY = multiples(Math.max(BLOCK, DEPTH), 1);
  private static final int[] COLUMN_AT = multiples(DEPTH, COLUMN_STRIDE);

  static final TileF32 CURRENT =
      Tier.current() == Tier.VECTOR
          ? Tier.load(TileF32.class, "VectorTileF32")
          : new PlainTileF32();

  private final int rows;
  private final int width;

  protected TileF32(int rows, int width) {
    this.rows = rows;
    this.width = width;
  }

  private static int[] multiples(int count, int step) {
    int[] m = new int[count];
    for (int i = 0; i < count; i++) {
      m[i] = i * step;
    }
    return m;
  }

  /// Returns the most rows of a tile; divides [#BLOCK].
  public final int rows() {
    return rows;
  }

  /// Returns the most rows that [#scattered] takes for so many columns: [#rows] or twice that.
  public int rows(int cols) {
    return rows;
  }

  /// Returns the columns of a panel.
  public final int width() {
    return width;
  }

  /// Returns into how many stretches, equal but for one, a sum of `k` products is cut.
  static int stretches(int k) {
    return (k + DEPTH - 1) / DEPTH;
  }

  /// Returns where stretch `s` of `k` begins.
  static int stretchBegin(int s, int k) {
    return (int) ((long) s * k / stretches(k));
  }

  /// `c[r, j] = Σ a[ao + r·ROW_STRIDE + k] · b[bo + k·width + j]`.
  public void rowMajor(
      int rows, int cols, int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    scattered(rows, cols, depth, a, ao, ROW_AT, 0, EVERY, 0, b, bo, c);
  }

  /// `c[r, j] = Σ a[ao + k·COLUMN_STRIDE + r] · b[bo + k·width + j]`.
  public void columnMajor(
      int rows, int cols, int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    scattered(rows, cols, depth, a, ao, EVERY, 0, COLUMN_AT, 0, b, bo, c);
  }

  /// `c[r, j] = Σ a[ao + rowAt[ro + r] + depthAt[ko + k]] · b[bo + k·width + j]`.
  ///
  /// Takes up to [#rows(int)] rows. Entries of `rowAt` up to the next multiple of that are read and
  /// must be valid positions.
  public abstract void scattered(
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
      float[] c);

  /// Tells whether [#direct] takes this many rows and columns.
  public boolean isDirect(int rows, int cols) {
    return false;
  }

  /// `c[co + r·ldc + j] = Σ a[ao + r·aRow + k·aStep] · b[bo + k·ldb + j]`, all in native memory,
  /// for any number of rows and columns that [#isDirect] accepts.
  ///
  /// Saves the copies, which take a quarter of the time where matrices are small.
  public void direct(
      int rows,
      int cols,
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc) {
    throw new UnsupportedOperationException("not a direct tile");
  }

  /// Tells whether [#thin] takes products of this many rows and columns.
  public boolean isThin(int rows, int cols) {
    return false;
  }

  /// Returns how many elements of room [#packThin] needs.
  public int thinRoom(int cols, int depth) {
    throw new UnsupportedOperationException("not a thin tile");
  }

  /// Packs B, whose rows of `cols` elements lie `ldb` apart, and the bias, if there is one, for
  /// [#thin].
  public void packThin(
      int cols,
      int depth,
      MemorySegment b,
      long bo,
      long ldb,
      @Nullable MemorySegment bias,
      long biasAt,
      float[] packed) {
    throw new UnsupportedOperationException("not a thin tile");
  }

  /// `c[co + r·cols + j] = Σ a[ao + r·lda + k] · b[k, j] + bias[j]`, and zero instead of what is
  /// below it with `relu`: products of so few columns that one block holds whole rows.
  ///
  /// The bits are those of [#direct] and [#finish] one after the other.
  public void thin(
      int rows,
      int cols,
      int depth,
      MemorySegment a,
      long ao,
      long lda,
      float[] packed,
      MemorySegment c,
      long co,
      boolean relu) {
    throw new UnsupportedOperationException("not a thin tile");
  }

  /// Returns native memory of this thread for the last rows of [#thin].
  protected static MemorySegment room(int size) {
    return ScratchF32.get().outside(size);
  }

  /// Adds `bias` to rows of `cols` elements, `ld` apart; with `relu` keeps the greater of that and
  /// zero.
  public void finish(
      MemorySegment c,
      long at,
      int rows,
      int cols,
      long ld,
      MemorySegment bias,
      long biasAt,
      boolean relu) {
    for (int r = 0; r < rows; r++) {
      long t = (at + r * ld) * Float.BYTES;
      for (int j = 0; j < cols; j++) {
        long p = (long) j * Float.BYTES;
        float sum =
            c.get(JAVA_FLOAT_UNALIGNED, t + p)
                + bias.get(JAVA_FLOAT_UNALIGNED, biasAt * Float.BYTES + p);
        c.set(JAVA_FLOAT_UNALIGNED, t + p, relu ? Math.max(sum, 0) : sum);
      }
    }
  }

  /// Adds rows of `cols` elements that [#direct] has written without gaps to rows `ld` apart.
  public void addDirect(
      MemorySegment from, int rows, int cols, MemorySegment to, long at, long ld) {
    throw new UnsupportedOperationException("not a direct tile");
  }

  /// Writes rows of a tile to native memory, `ld` apart, or adds them to what is there.
  public abstract void store(
      float[] c, int co, int rows, int cols, MemorySegment to, long at, long ld, boolean add);

  /// Returns the dot product of `k` elements of a native row with a vector.
  ///
  /// Element i is added to partial sum i mod [#PARTIAL_SUMS] by a fused multiply-add; the partial
  /// sums are added pairwise, half on half. So all tiers give the same bits here too.
  public float dot(MemorySegment row, long at, float[] v, int k, float[] partial) {
    Arrays.fill(partial, 0, PARTIAL_SUMS, 0);
    int q = 0;
    for (; q + PARTIAL_SUMS <= k; q += PARTIAL_SUMS) {
      for (int i = 0; i < PARTIAL_SUMS; i++) {
        float x = row.get(JAVA_FLOAT_UNALIGNED, (at + q + i) * Float.BYTES);
        partial[i] = Math.fma(x, v[q + i], partial[i]);
      }
    }
    return finishDot(row, at, v, q, k, partial);
  }

  /// Adds elements `q` to `k`, fewer than [#PARTIAL_SUMS], and sums up.
  protected static float finishDot(
      MemorySegment row, long at, float[] v, int q, int k, float[] partial) {
    for (int i = 0; q + i < k; i++) {
      float x = row.get(JAVA_FLOAT_UNALIGNED, (at + q + i) * Float.BYTES);
      partial[i] = Math.fma(x, v[q + i], partial[i]);
    }
    for (int half = PARTIAL_SUMS / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        partial[i] += partial[half + i];
      }
    }
    return partial[0];
  }

  /// Adds `count` elements of `from` to `sums`.
  public void add(float[] from, int fo, int count, float[] sums, int so) {
    for (int j = 0; j < count; j++) {
      sums[so + j] += from[fo + j];
    }
  }

  /// Copies rows of `count` elements, `ld` apart from element `at` on, to rows `stride` apart.
  public void copyRows(
      MemorySegment from, long at, long ld, int rows, int count, float[] to, int stride) {
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(
          from, JAVA_FLOAT_UNALIGNED, (at + r * ld) * Float.BYTES, to, r * stride, count);
    }
  }

  /// Copies rows of `cols` elements, `ld` apart from element `at` on, to rows of [#width] of a
  /// panel.
  public void pack(
      MemorySegment from, long at, long ld, int rows, int cols, float[] panel, int po) {
    for (int r = 0; r < rows; r++) {
      MemorySegment.copy(
          from, JAVA_FLOAT_UNALIGNED, (at + r * ld) * Float.BYTES, panel, po + r * width, cols);
    }
  }

  /// As [#pack] for the transposed matrix: panel row r, column j comes from `at + j·ld + r`.
  public void packTransposed(
      MemorySegment from, long at, long ld, int rows, int cols, float[] panel, int po) {
    float[] line = ScratchF32.get().line(LINE);
    for (int r0 = 0; r0 < rows; r0 += LINE) {
      int count = Math.min(LINE, rows - r0);
      for (int j = 0; j < cols; j++) {
        MemorySegment.copy(
            from, JAVA_FLOAT_UNALIGNED, (at + j * ld + r0) * Float.BYTES, line, 0, count);
        int to = po + r0 * width + j;
        for (int r = 0; r < count; r++) {
          panel[to + r * width] = line[r];
        }
      }
    }
  }
}
