package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.memory.Memory;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Kernels of sparse tensors, which are given as indices, values and a shape.
public final class SparseCpu {
  /// Adds a row times a number to another row.
  private static final LoopTable ADD_TIMES =
      LoopTable.of(Expr.in(0).mul(Expr.in(1)).add(Expr.in(2)));

  private SparseCpu() {}

  /// Fills the output with the default, then puts the values to their places.
  public static void toDense(Call c) {
    Tensor indices = c.in(0);
    Tensor values = c.in(2);
    Tensor y = c.out(0);
    Numbers.repeat(c.in(3), 0, y);
    int[] d = y.shape().rawDims();
    int rank = indices.rank() == 2 ? indices.shape().dim(1) : 1;
    int n = indices.rank() == 0 ? 1 : indices.shape().dim(0);
    if (rank != d.length || values.rank() == 1 && values.size() != n) {
      throw c.fault("indices, values and shape do not fit each other")
          .expected("for each value as many indices as output_shape has sizes")
          .shapeError();
    }
    boolean strict = c.attrs.b("validate_indices");
    long[] steps = Mover.steps(d);
    long[] last = new long[rank];
    for (int i = 0; i < n; i++) {
      long[] at = new long[rank];
      long place = 0;
      for (int k = 0; k < rank; k++) {
        at[k] = Numbers.get(indices.segment(), indices.dtype(), (long) i * rank + k);
        place += at[k] * steps[k];
        if (at[k] < 0 || at[k] >= d[k]) {
          throw wrong(c, i, at, "out of bounds: need 0 <= index < " + y.shape().brackets());
        }
      }
      if (strict && i > 0) {
        int order = Arrays.compare(last, at);
        if (order >= 0) {
          throw wrong(
              c,
              i,
              at,
              order == 0 ? "repeated" : "out of order. Many sparse ops require sorted indices");
        }
      }
      last = at;
      Mover.copy(values, values.rank() == 0 ? 0 : i, y, place, 1);
    }
  }

  private static RuntimeException wrong(Call c, int i, long[] at, String what) {
    return c.fault("indices[" + i + "] = " + Arrays.toString(at) + " is " + what)
        .expected("places inside the shape; in ascending order unless validate_indices is false")
        .valueError();
  }

  /// Adds a row of b, times a value of a, to a row of the result, for each value. Sums of 16-bit
  /// floats are float32.
  public static void product(Call c) {
    Tensor y = c.out(0);
    FillCpu.number(y, 0);
    boolean turnA = c.attrs.b("adjoint_a");
    long columns = y.shape().dim(1);
    if (y.size() == 0 || c.in(1).size() == 0) {
      return;
    }
    DType d = y.dtype();
    DType wide = d == DType.F16 || d == DType.BF16 ? DType.F32 : d;
    try (Scope _ = Scope.open()) {
      MemorySegment a = segment(turnA ? conjugate(c.in(1)) : c.in(1), wide);
      MemorySegment b = segment(c.attrs.b("adjoint_b") ? adjoint(c.in(3)) : c.in(3), wide);
      MemorySegment sums = Staged.out(y, wide, false);
      sums.fill((byte) 0);
      Loop loop = ADD_TIMES.get(wide, 1);
      int w = wide.bytes();
      for (long i = 0; i < c.in(1).size(); i++) {
        long row = index(c, i, turnA ? 1 : 0, y.shape().dim(0), "m");
        long inner = index(c, i, turnA ? 0 : 1, inner(c), "k");
        long to = row * columns * w;
        loop.run(a, i * w, b, inner * columns * w, sums, to, sums, to, columns);
      }
      Staged.finish(sums, y, wide, false);
    }
  }

  private static int inner(Call c) {
    return c.shape(3).dim(c.attrs.b("adjoint_b") ? 1 : 0);
  }

  private static long index(Call c, long i, int column, int size, String name) {
    long v = Numbers.get(c.in(0).segment(), c.dtype(0), 2 * i + column);
    if (v < 0 || v >= size) {
      throw c.fault(
              name
                  + " ("
                  + v
                  + ") from index["
                  + i
                  + ","
                  + column
                  + "] out of bounds (>="
                  + size
                  + ")")
          .expected("indices inside a_shape")
          .valueError();
    }
    return v;
  }

  private static MemorySegment segment(Tensor x, DType wide) {
    return x.dtype() == wide ? x.segment() : Staged.in(x, wide);
  }

  private static Tensor conjugate(Tensor x) {
    if (!x.dtype().isComplex()) {
      return x;
    }
    Tensor y = Memory.empty(x.spec());
    Mover.copy(x, 0, y, 0, x.size());
    MoveCpu.conjugate(y);
    return y;
  }

  private static Tensor adjoint(Tensor x) {
    int[] d = {x.shape().dim(1), x.shape().dim(0)};
    Tensor y = Memory.empty(new Spec(x.dtype(), Shape.of(d)));
    Mover.copy(x, 0, new long[] {1, d[0]}, y, 0, Mover.steps(d), d);
    if (y.dtype().isComplex()) {
      MoveCpu.conjugate(y);
    }
    return y;
  }
}
