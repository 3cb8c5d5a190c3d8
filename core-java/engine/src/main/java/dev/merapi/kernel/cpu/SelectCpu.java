package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Takes one of two tensors by a condition for all, for each row or for each element.
public final class SelectCpu {
  private static final LoopTable TABLE =
      LoopTable.select(Expr.in(0).select(Expr.in(1), Expr.in(2)));

  private SelectCpu() {}

  public static void run(Call c) {
    Tensor condition = c.in(0);
    Tensor x = c.in(1);
    Tensor y = c.in(2);
    int[] dims = x.shape().rawDims();
    int[] rows = condition.shape().rawDims();
    if (rows.length == 1 && dims.length > 1) {
      int n = rows[0];
      rows = new int[dims.length];
      Arrays.fill(rows, 1);
      rows[0] = n;
    }
    if (x.dtype() == DType.STRING) {
      choose(condition.segment(), condition.size(), x.strings(), y.strings(), c.out(0).strings());
      return;
    }
    MemorySegment out = c.out(0).segment();
    Elementwise.run(
        TABLE,
        x.dtype(),
        condition.segment(),
        rows,
        x.segment(),
        dims,
        y.segment(),
        dims,
        out,
        dims);
  }

  private static void choose(
      MemorySegment condition, long conditions, byte[][] x, byte[][] y, byte[][] z) {
    long row = z.length / Math.max(conditions, 1);
    for (int i = 0; i < z.length; i++) {
      z[i] = condition.get(ValueLayout.JAVA_BYTE, i / row) != 0 ? x[i] : y[i];
    }
  }
}
