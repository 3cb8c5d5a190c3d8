// Derived from VectorTileF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu.vector;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.kernel.cpu.TileF64;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Tiles of 6 rows whose sums stay in registers.
///
/// A panel is four vectors wide where there are 32 vector registers (AVX-512, AArch64), two where
/// there are 16: 6 · 4 or 6 · 2 sums, the vectors of a row of the panel, and one value of A fill
/// them.
///
/// With 16 registers the blocks for listed positions serve all layouts of A: their range checks
/// keep the compiler from loading all six values of A at once, which spills (55 against 110
/// GFLOP/s, Zen 5 with AVX2, JDK 25).
public final class VectorTileF64 extends TileF64 {
  static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  static final int L = S.length();

  private static final boolean MANY_REGISTERS =
      S.vectorBitSize() >= 512 || System.getProperty("os.arch").equals("aarch64");
  static final int WIDTH = (MANY_REGISTERS ? 4 : 2) * L;
  private static final int ROWS = 6;
  static final long BYTES = (long) L * Double.BYTES;
  static final ByteOrder ORDER = ByteOrder.nativeOrder();

  private static final ThreadLocal<double[]> REPEATED =
      ThreadLocal.withInitial(() -> new double[8 * L * L]);

  public VectorTileF64() {
    super(ROWS, WIDTH);
  }

  /// Twice the rows where columns are few, or the sums would fill half of the registers.
  @Override
  public int rows(int cols) {
    return MANY_REGISTERS && cols > L && cols <= 2 * L ? 2 * ROWS : ROWS;
  }

  @Override
  public void rowMajor(
      int rows, int cols, int depth, double[] a, int ao, double[] b, int bo, double[] c) {
    if (!MANY_REGISTERS) {
      super.rowMajor(rows, cols, depth, a, ao, b, bo, c);
      return;
    }
    if (rows > 2) {
      if (cols > 2 * L) {
        VectorRowsF64.block6x4(depth, a, ao, b, bo, c);
      } else if (cols > L) {
        VectorRowsF64.block6x2(depth, a, ao, b, bo, c);
      } else {
        VectorRowsF64.block6x1(depth, a, ao, b, bo, c);
      }
    } else if (cols > 2 * L) {
      VectorRowsF64.block2x4(depth, a, ao, b, bo, c);
    } else if (cols > L) {
      VectorRowsF64.block2x2(depth, a, ao, b, bo, c);
    } else {
      VectorRowsF64.block2x1(depth, a, ao, b, bo, c);
    }
  }

  @Override
  public void columnMajor(
      int rows, int cols, int depth, double[] a, int ao, double[] b, int bo, double[] c) {
    if (!MANY_REGISTERS) {
      super.columnMajor(rows, cols, depth, a, ao, b, bo, c);
      return;
    }
    if (rows > 2) {
      if (cols > 2 * L) {
        VectorColumnsF64.block6x4(depth, a, ao, b, bo, c);
      } else if (cols > L) {
        VectorColumnsF64.block6x2(depth, a, ao, b, bo, c);
      } else {
        VectorColumnsF64.block6x1(depth, a, ao, b, bo, c);
      }
    } else if (cols > 2 * L) {
      VectorColumnsF64.block2x4(depth, a, ao, b, bo, c);
    } else if (cols > L) {
      VectorColumnsF64.block2x2(depth, a, ao, b, bo, c);
    } else {
      VectorColumnsF64.block2x1(depth, a, ao, b, bo, c);
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
    if (rows > ROWS) {
      VectorScatteredF64.block12x2(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
    } else if (rows > 2) {
      if (cols > 2 * L) {
        VectorScatteredF64.block6x4(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
      } else if (cols > L) {
        VectorScatteredF64.block6x2(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
      } else {
        VectorScatteredF64.block6x1(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
      }
    } else if (cols > 2 * L) {
      VectorScatteredF64.block2x4(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
    } else if (cols > L) {
      VectorScatteredF64.block2x2(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
    } else {
      VectorScatteredF64.block2x1(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
    }
  }

  @Override
  public boolean isDirect(int rows, int cols) {
    return MANY_REGISTERS && rows >= ROWS && cols >= L;
  }

  @Override
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
    long row = aRow * Double.BYTES;
    long step = aStep * Double.BYTES;
    long lb = ldb * Double.BYTES;
    long lc = ldc * Double.BYTES;
    for (int j = 0; j < cols; ) {
      int v = Math.min(4, Math.min((cols - j + L - 1) / L, cols / L));
      int begin = Math.min(j, cols - v * L); // computes some columns twice rather than too many
      long bp = (bo + begin) * Double.BYTES;
      for (int i = 0; i < rows; i += ROWS) {
        boolean four = v == 4 && rows - i <= 4;
        int from = Math.min(i, rows - (four ? 4 : ROWS));
        long ap = ao * Double.BYTES + from * row;
        long cp = (co + begin) * Double.BYTES + from * lc;
        if (four) {
          VectorDirectF64.block4x4(depth, a, ap, row, step, b, bp, lb, c, cp, lc);
        } else {
          switch (v) {
            case 4 -> VectorDirectF64.block6x4(depth, a, ap, row, step, b, bp, lb, c, cp, lc);
            case 3 -> VectorDirectF64.block6x3(depth, a, ap, row, step, b, bp, lb, c, cp, lc);
            case 2 -> VectorDirectF64.block6x2(depth, a, ap, row, step, b, bp, lb, c, cp, lc);
            default -> VectorDirectF64.block6x1(depth, a, ap, row, step, b, bp, lb, c, cp, lc);
          }
        }
      }
      j = begin + v * L;
    }
  }

  @Override
  public boolean isThin(int rows, int cols) {
    return MANY_REGISTERS && rows >= VectorThinF64.ROWS && cols <= 2 * L;
  }

  @Override
  public int thinRoom(int cols, int depth) {
    return (depth + 1) * (cols > L ? 2 * L : L);
  }

  /// Of two vectors, the second holds the last columns, some of which the first may hold too.
  @Override
  public void packThin(
      int cols,
      int depth,
      MemorySegment b,
      long bo,
      long ldb,
      @Nullable MemorySegment bias,
      long biasAt,
      double[] packed) {
    int width = cols > L ? 2 * L : L;
    for (int k = 0; k < depth; k++) {
      packThin(b, (bo + k * ldb) * Double.BYTES, cols, packed, k * width);
    }
    if (bias == null) {
      Arrays.fill(packed, depth * width, (depth + 1) * width, -0f);
    } else {
      packThin(bias, biasAt * Double.BYTES, cols, packed, depth * width);
    }
  }

  private static void packThin(MemorySegment from, long at, int cols, double[] packed, int to) {
    if (cols < L && at + BYTES > from.byteSize()) {
      MemorySegment.copy(from, JAVA_DOUBLE_UNALIGNED, at, packed, to, cols);
      return;
    }
    DoubleVector.fromMemorySegment(S, from, at, ORDER).intoArray(packed, to);
    if (cols > L) {
      DoubleVector.fromMemorySegment(S, from, at + (long) (cols - L) * Double.BYTES, ORDER)
          .intoArray(packed, to + L);
    }
  }

  @Override
  public void thin(
      int rows,
      int cols,
      int depth,
      MemorySegment a,
      long ao,
      long lda,
      double[] packed,
      MemorySegment c,
      long co,
      boolean relu) {
    double floor = relu ? 0 : Double.NEGATIVE_INFINITY;
    long row = lda * Double.BYTES;
    long ldc = (long) cols * Double.BYTES;
    long second = ldc - BYTES;
    for (int i = 0; i < rows; i += VectorThinF64.ROWS) {
      int from = Math.min(i, rows - VectorThinF64.ROWS); // computes some rows twice
      long ap = ao * Double.BYTES + from * row;
      long cp = co * Double.BYTES + from * ldc;
      if (cols > L) {
        VectorThinF64.block8x2(depth, a, ap, row, packed, floor, c, cp, ldc, second);
      } else if ((long) (rows - from - VectorThinF64.ROWS + 1) * cols >= L) {
        // What a row's vector writes too much the next row writes over.
        VectorThinF64.block8x1(depth, a, ap, row, packed, floor, c, cp, ldc);
      } else {
        MemorySegment end = room(VectorThinF64.ROWS * L);
        VectorThinF64.block8x1(depth, a, ap, row, packed, floor, end, 0, BYTES);
        for (int r = 0; r < VectorThinF64.ROWS; r++) {
          MemorySegment.copy(end, r * BYTES, c, cp + r * ldc, ldc);
        }
      }
    }
  }

  @Override
  public void addDirect(
      MemorySegment from, int rows, int cols, MemorySegment to, long at, long ld) {
    int whole = cols - cols % L;
    for (int r = 0; r < rows; r++) {
      long f = (long) r * cols * Double.BYTES;
      long t = (at + r * ld) * Double.BYTES;
      for (int j = 0; j < whole; j += L) {
        long p = (long) j * Double.BYTES;
        DoubleVector.fromMemorySegment(S, to, t + p, ORDER)
            .add(DoubleVector.fromMemorySegment(S, from, f + p, ORDER))
            .intoMemorySegment(to, t + p, ORDER);
      }
      for (int j = whole; j < cols; j++) {
        long p = (long) j * Double.BYTES;
        double sum = to.get(JAVA_DOUBLE_UNALIGNED, t + p) + from.get(JAVA_DOUBLE_UNALIGNED, f + p);
        to.set(JAVA_DOUBLE_UNALIGNED, t + p, sum);
      }
    }
  }

  @Override
  public void finish(
      MemorySegment c,
      long at,
      int rows,
      int cols,
      long ld,
      MemorySegment bias,
      long biasAt,
      boolean relu) {
    int whole = cols - cols % L;
    if (ld == cols && whole < cols && cols < 8 * L && rows >= 4 * L) {
      finishFlat(c, at, rows, cols, bias, biasAt, relu);
      return;
    }
    if (whole < cols) {
      super.finish(c, at + whole, rows, cols - whole, ld, bias, biasAt + whole, relu);
    }
    DoubleVector zero = DoubleVector.zero(S);
    for (int r = 0; r < rows; r++) {
      long t = (at + r * ld) * Double.BYTES;
      for (int j = 0; j < whole; j += L) {
        long p = (long) j * Double.BYTES;
        DoubleVector sum =
            DoubleVector.fromMemorySegment(S, c, t + p, ORDER)
                .add(DoubleVector.fromMemorySegment(S, bias, biasAt * Double.BYTES + p, ORDER));
        if (relu) {
          sum.max(zero).intoMemorySegment(c, t + p, ORDER);
        } else {
          sum.intoMemorySegment(c, t + p, ORDER);
        }
      }
    }
  }

  /// As [#finish] for short rows without gaps, which are one long row: the bias is written down so
  /// often that it begins a vector again.
  private void finishFlat(
      MemorySegment c, long at, int rows, int cols, MemorySegment bias, long biasAt, boolean relu) {
    double[] repeated = REPEATED.get();
    for (int i = 0; i < cols * L; i += cols) {
      MemorySegment.copy(bias, JAVA_DOUBLE_UNALIGNED, biasAt * Double.BYTES, repeated, i, cols);
    }
    int whole = rows - rows % L;
    DoubleVector zero = DoubleVector.zero(S);
    for (int r = 0; r < whole; r += L) {
      long t = (at + (long) r * cols) * Double.BYTES;
      for (int j = 0; j < cols * L; j += L) {
        long p = t + (long) j * Double.BYTES;
        DoubleVector sum =
            DoubleVector.fromMemorySegment(S, c, p, ORDER)
                .add(DoubleVector.fromArray(S, repeated, j));
        if (relu) {
          sum.max(zero).intoMemorySegment(c, p, ORDER);
        } else {
          sum.intoMemorySegment(c, p, ORDER);
        }
      }
    }
    super.finish(c, at + (long) whole * cols, rows - whole, cols, cols, bias, biasAt, relu);
  }

  @Override
  public void store(
      double[] c, int co, int rows, int cols, MemorySegment to, long at, long ld, boolean add) {
    if (add) {
      addTo(c, co, rows, cols, to, at, ld);
    } else if (cols == WIDTH && ld == WIDTH) {
      MemorySegment.copy(c, co, to, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, rows * WIDTH);
    } else {
      write(c, co, rows, cols, to, at, ld);
    }
  }

  private static void write(
      double[] c, int co, int rows, int cols, MemorySegment to, long at, long ld) {
    int whole = cols - cols % L;
    for (int r = 0; r < rows; r++) {
      int from = co + r * WIDTH;
      long p = (at + r * ld) * Double.BYTES;
      for (int j = 0; j < whole; j += L) {
        DoubleVector.fromArray(S, c, from + j)
            .intoMemorySegment(to, p + (long) j * Double.BYTES, ORDER);
      }
    }
    if (whole < cols) {
      for (int r = 0; r < rows; r++) {
        long p = (at + r * ld + whole) * Double.BYTES;
        MemorySegment.copy(c, co + r * WIDTH + whole, to, JAVA_DOUBLE_UNALIGNED, p, cols - whole);
      }
    }
  }

  private static void addTo(
      double[] c, int co, int rows, int cols, MemorySegment to, long at, long ld) {
    int whole = cols - cols % L;
    for (int r = 0; r < rows; r++) {
      int from = co + r * WIDTH;
      long row = (at + r * ld) * Double.BYTES;
      for (int j = 0; j < whole; j += L) {
        long p = row + (long) j * Double.BYTES;
        DoubleVector.fromArray(S, c, from + j)
            .add(DoubleVector.fromMemorySegment(S, to, p, ORDER))
            .intoMemorySegment(to, p, ORDER);
      }
    }
    // Not under a mask: masks that outlive one use become objects (JDK 25).
    for (int r = 0; r < rows; r++) {
      for (int j = whole; j < cols; j++) {
        long p = (at + r * ld + j) * Double.BYTES;
        to.set(JAVA_DOUBLE_UNALIGNED, p, to.get(JAVA_DOUBLE_UNALIGNED, p) + c[co + r * WIDTH + j]);
      }
    }
  }

  @Override
  public double dot(MemorySegment row, long at, double[] v, int k, double[] partial) {
    int whole = k - k % PARTIAL_SUMS;
    for (int i = 0; i < PARTIAL_SUMS; i += 4 * L) {
      DoubleVector s0 = DoubleVector.zero(S);
      DoubleVector s1 = DoubleVector.zero(S);
      DoubleVector s2 = DoubleVector.zero(S);
      DoubleVector s3 = DoubleVector.zero(S);
      for (int q = i; q < whole; q += PARTIAL_SUMS) {
        long p = (at + q) * Double.BYTES;
        s0 =
            DoubleVector.fromMemorySegment(S, row, p, ORDER).fma(DoubleVector.fromArray(S, v, q), s0);
        s1 =
            DoubleVector.fromMemorySegment(S, row, p + BYTES, ORDER)
                .fma(DoubleVector.fromArray(S, v, q + L), s1);
        s2 =
            DoubleVector.fromMemorySegment(S, row, p + 2 * BYTES, ORDER)
                .fma(DoubleVector.fromArray(S, v, q + 2 * L), s2);
        s3 =
            DoubleVector.fromMemorySegment(S, row, p + 3 * BYTES, ORDER)
                .fma(DoubleVector.fromArray(S, v, q + 3 * L), s3);
      }
      s0.intoArray(partial, i);
      s1.intoArray(partial, i + L);
      s2.intoArray(partial, i + 2 * L);
      s3.intoArray(partial, i + 3 * L);
    }
    return finishDot(row, at, v, whole, k, partial);
  }

  @Override
  public void add(double[] from, int fo, int count, double[] sums, int so) {
    int j = 0;
    for (; j + L <= count; j += L) {
      DoubleVector.fromArray(S, sums, so + j)
          .add(DoubleVector.fromArray(S, from, fo + j))
          .intoArray(sums, so + j);
    }
    for (; j < count; j++) {
      sums[so + j] += from[fo + j];
    }
  }

  @Override
  public void copyRows(
      MemorySegment from, long at, long ld, int rows, int count, double[] to, int stride) {
    if (count % L != 0) {
      super.copyRows(from, at, ld, rows, count, to, stride);
      return;
    }
    for (int r = 0; r < rows; r++) {
      long p = (at + r * ld) * Double.BYTES;
      int o = r * stride;
      for (int j = 0; j < count; j += L) {
        DoubleVector.fromMemorySegment(S, from, p + (long) j * Double.BYTES, ORDER)
            .intoArray(to, o + j);
      }
    }
  }

  @Override
  public void pack(
      MemorySegment from, long at, long ld, int rows, int cols, double[] panel, int po) {
    if (cols == WIDTH && ld == WIDTH) {
      MemorySegment.copy(from, JAVA_DOUBLE_UNALIGNED, at * Double.BYTES, panel, po, rows * WIDTH);
      return;
    }
    // Whole vectors, which may read on into the next row: what lands beyond `cols` is never stored.
    int vectors = (cols + L - 1) / L * L;
    long last = from.byteSize() / Double.BYTES - vectors - at;
    int safe = last < 0 ? 0 : (int) Math.min(rows, last / Math.max(1, ld) + 1);
    for (int r = 0; r < safe; r++) {
      long p = (at + r * ld) * Double.BYTES;
      int to = po + r * WIDTH;
      for (int j = 0; j < vectors; j += L) {
        DoubleVector.fromMemorySegment(S, from, p + (long) j * Double.BYTES, ORDER)
            .intoArray(panel, to + j);
      }
    }
    super.pack(from, at + safe * ld, ld, rows - safe, cols, panel, po + safe * WIDTH);
  }
}
