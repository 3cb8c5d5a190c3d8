package dev.merapi.kernel.cpu.vector;

import dev.merapi.kernel.cpu.TileF32;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Tiles of 6 rows whose sums stay in registers.
///
/// A panel is four vectors wide where there are 32 vector registers (AVX-512, AArch64), two where there are 16:
/// 6 · 4 or 6 · 2 sums, the vectors of a row of the panel, and one value of A fill them.
public final class VectorTileF32 extends TileF32 {
  static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
  static final int L = S.length();

  private static final boolean MANY_REGISTERS =
      S.vectorBitSize() >= 512 || System.getProperty("os.arch").equals("aarch64");
  static final int WIDTH = (MANY_REGISTERS ? 4 : 2) * L;
  private static final int ROWS = 6;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();

  public VectorTileF32() {
    super(ROWS, WIDTH);
  }

  @Override
  public void rowMajor(
      int rows, int cols, int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    if (rows > 2) {
      if (cols > 2 * L) {
        VectorRowsF32.block6x4(depth, a, ao, b, bo, c);
      } else if (cols > L) {
        VectorRowsF32.block6x2(depth, a, ao, b, bo, c);
      } else {
        VectorRowsF32.block6x1(depth, a, ao, b, bo, c);
      }
    } else if (cols > 2 * L) {
      VectorRowsF32.block2x4(depth, a, ao, b, bo, c);
    } else if (cols > L) {
      VectorRowsF32.block2x2(depth, a, ao, b, bo, c);
    } else {
      VectorRowsF32.block2x1(depth, a, ao, b, bo, c);
    }
  }

  @Override
  public void columnMajor(
      int rows, int cols, int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    if (rows > 2) {
      if (cols > 2 * L) {
        VectorColumnsF32.block6x4(depth, a, ao, b, bo, c);
      } else if (cols > L) {
        VectorColumnsF32.block6x2(depth, a, ao, b, bo, c);
      } else {
        VectorColumnsF32.block6x1(depth, a, ao, b, bo, c);
      }
    } else if (cols > 2 * L) {
      VectorColumnsF32.block2x4(depth, a, ao, b, bo, c);
    } else if (cols > L) {
      VectorColumnsF32.block2x2(depth, a, ao, b, bo, c);
    } else {
      VectorColumnsF32.block2x1(depth, a, ao, b, bo, c);
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
    if (rows > 2) {
      if (cols > 2 * L) {
        VectorScatteredF32.block6x4(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
      } else if (cols > L) {
        VectorScatteredF32.block6x2(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
      } else {
        VectorScatteredF32.block6x1(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
      }
    } else if (cols > 2 * L) {
      VectorScatteredF32.block2x4(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
    } else if (cols > L) {
      VectorScatteredF32.block2x2(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
    } else {
      VectorScatteredF32.block2x1(depth, a, ao, rowAt, ro, depthAt, ko, b, bo, c);
    }
  }

  @Override
  public void store(float[] c, int co, int cols, MemorySegment to, long at, boolean add) {
    int j = 0;
    if (add) {
      for (; j + L <= cols; j += L) {
        long p = (at + j) * Float.BYTES;
        FloatVector.fromArray(S, c, co + j)
            .add(FloatVector.fromMemorySegment(S, to, p, ORDER))
            .intoMemorySegment(to, p, ORDER);
      }
    } else {
      for (; j + L <= cols; j += L) {
        long p = (at + j) * Float.BYTES;
        FloatVector.fromArray(S, c, co + j).intoMemorySegment(to, p, ORDER);
      }
    }
    for (; j < cols; j++) {
      long p = (at + j) * Float.BYTES;
      float before = add ? to.get(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, p) : 0;
      to.set(java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED, p, before + c[co + j]);
    }
  }

  @Override
  public void pack(
      MemorySegment from, long at, long ld, int rows, int cols, float[] panel, int po) {
    if (cols != WIDTH) {
      super.pack(from, at, ld, rows, cols, panel, po);
      return;
    }
    for (int r = 0; r < rows; r++) {
      long p = (at + r * ld) * Float.BYTES;
      int to = po + r * WIDTH;
      for (int v = 0; v < WIDTH; v += L) {
        FloatVector.fromMemorySegment(S, from, p + (long) v * Float.BYTES, ORDER)
            .intoArray(panel, to + v);
      }
    }
  }
}
