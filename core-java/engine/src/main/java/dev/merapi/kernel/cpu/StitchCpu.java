package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Kernels that deal rows out and lay them together.
public final class StitchCpu {
  private StitchCpu() {}

  /// Lays the rows of all data tensors to the places that their indices name; places nobody names
  /// hold zeros.
  public static void stitch(Call c) {
    int n = c.listLength();
    int rows = 0;
    long named = 0;
    for (int i = 0; i < n; i++) {
      for (int k : c.in(i).toIntArray()) {
        rows = Math.max(rows, k + 1);
        named++;
      }
    }
    int[] d = c.shape(n).dims();
    int[] shape = new int[d.length - c.shape(0).rank() + 1];
    System.arraycopy(d, c.shape(0).rank(), shape, 1, shape.length - 1);
    shape[0] = rows;
    Tensor y = c.out(0, Shape.of(shape));
    long inner = rows == 0 ? 0 : y.size() / rows;
    if (named < rows || y.dtype() == DType.STRING) {
      FillCpu.number(y, 0);
    }
    for (int i = 0; i < n; i++) {
      int[] index = c.in(i).toIntArray();
      for (int k = 0; k < index.length; k++) {
        Mover.copy(c.in(n + i), k * inner, y, index[k] * inner, inner);
      }
    }
  }

  /// Deals rows out by number; runs of rows with one number are copied together.
  public static void partition(Call c) {
    Tensor x = c.in(0);
    int[] numbers = c.in(1).toIntArray();
    int n = c.outs();
    int[] count = new int[n];
    for (int i = 0; i < numbers.length; i++) {
      int p = numbers[i];
      if (p < 0 || p >= n) {
        int[] d = c.shape(1).rawDims();
        throw c.fault(
                GatherCpu.place("partitions", d, d.length, i)
                    + " = "
                    + p
                    + " is not in [0, "
                    + n
                    + ")")
            .expected("numbers from 0 to " + (n - 1))
            .valueError();
      }
      count[p]++;
    }
    int[] d = x.shape().rawDims();
    int lead = c.shape(1).rank();
    int[] shape = new int[d.length - lead + 1];
    System.arraycopy(d, lead, shape, 1, shape.length - 1);
    long inner = 1;
    for (int i = lead; i < d.length; i++) {
      inner *= d[i];
    }
    for (int p = 0; p < n; p++) {
      shape[0] = count[p];
      c.out(p, Shape.of(shape));
    }
    long[] at = new long[n];
    for (int i = 0; i < numbers.length; ) {
      int p = numbers[i];
      int first = i;
      while (i < numbers.length && numbers[i] == p) {
        i++;
      }
      long run = (i - first) * inner;
      Mover.copy(x, first * inner, c.out(p), at[p], run);
      at[p] += run;
    }
  }
}
