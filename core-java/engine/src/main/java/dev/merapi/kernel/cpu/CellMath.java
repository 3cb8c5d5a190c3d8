package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Arithmetic of recurrent cells: products with blocks of columns of a matrix, and functions of
/// rows, all in one wide type.
final class CellMath {
  final DType type;
  private final int bytes;

  CellMath(DType type) {
    this.type = Staged.wide(type);
    bytes = this.type.bytes();
  }

  MemorySegment in(Tensor x) {
    return part(Staged.in(x, type), 0, x.size());
  }

  MemorySegment out(Tensor y) {
    return part(Staged.out(y, type, false), 0, y.size());
  }

  void finish(MemorySegment computed, Tensor y) {
    if (y.size() > 0) {
      Staged.finish(computed, y, type, false);
    }
  }

  MemorySegment room(long n) {
    return part(Staged.temporary(type, n), 0, n);
  }

  /// Returns `n` elements from the `from`-th on.
  MemorySegment part(MemorySegment s, long from, long n) {
    return s.asSlice(from * bytes, n * bytes);
  }

  /// Computes a function of matrices of the output's size and of rows of `columns` elements, which
  /// stand for all rows. The output may be one of the inputs.
  void apply(Expr e, int columns, MemorySegment out, MemorySegment... in) {
    if (out.byteSize() == 0) {
      return;
    }
    int[] full = {Math.toIntExact(out.byteSize() / bytes / columns), columns};
    int[] row = {columns};
    int[][] dims = new int[in.length][];
    DType[] types = new DType[in.length];
    int[] sizes = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      dims[i] = in[i].byteSize() == out.byteSize() ? full : row;
    }
    Arrays.fill(types, type);
    Arrays.fill(sizes, bytes);
    Elementwise.run(mask -> Loops.of(e, types, type, mask), in, dims, sizes, out, full);
  }

  /// Multiplies matrices: c `(m, n)` becomes op(a)·op(b), or that is added. Offsets and widths, the
  /// lengths of rows in memory, are in elements.
  void product(
      boolean turnA,
      boolean turnB,
      int m,
      int n,
      int k,
      Block a,
      Block b,
      Block c,
      boolean accumulate) {
    if (m == 0 || n == 0 || k == 0 && accumulate) {
      return;
    }
    if (type == DType.F32) {
      Gemm.f32(
          turnA,
          turnB,
          m,
          n,
          k,
          a.s,
          a.from,
          a.width,
          b.s,
          b.from,
          b.width,
          c.s,
          c.from,
          c.width,
          accumulate);
    } else {
      Gemm.f64(
          turnA,
          turnB,
          m,
          n,
          k,
          a.s,
          a.from,
          a.width,
          b.s,
          b.from,
          b.width,
          c.s,
          c.from,
          c.width,
          accumulate);
    }
  }

  /// Adds up the rows of a matrix of `columns` columns.
  void total(MemorySegment x, int columns, MemorySegment sums, long at, MemorySegment ones) {
    int rows = columns == 0 ? 0 : Math.toIntExact(x.byteSize() / bytes / columns);
    product(
        false,
        false,
        1,
        columns,
        rows,
        new Block(ones, 0, Math.max(1, rows)),
        new Block(x, 0, columns),
        new Block(sums, at, columns),
        false);
  }

  /// Returns `n` ones: sums are products with them.
  MemorySegment ones(int n) {
    MemorySegment s = room(n);
    apply(Expr.in(0).mul(Expr.c(0)).add(Expr.c(1)), 1, s, zeros(n));
    return s;
  }

  MemorySegment zeros(long n) {
    MemorySegment s = room(n);
    s.fill((byte) 0);
    return s;
  }

  /// A matrix inside a larger one.
  ///
  /// @param from position of its first element
  /// @param width elements from one row to the next
  record Block(MemorySegment s, long from, int width) {}
}
