package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.op.Call;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Adds up a list of tensors, one after the other.
public final class AddNCpu {
  private static final LoopTable ADD = LoopTable.of(Expr.in(0).add(Expr.in(1)));

  private AddNCpu() {}

  public static void run(Call c) {
    Tensor y = c.out(0);
    MemorySegment sum = c.in(0).segment();
    int[] dims = y.shape().rawDims();
    if (c.ins() == 1) {
      MemorySegment.copy(sum, 0, y.segment(), 0, y.spec().bytes());
    }
    for (int i = 1; i < c.ins(); i++) {
      Elementwise.run(ADD, y.dtype(), sum, dims, c.in(i).segment(), dims, y.segment(), dims);
      sum = y.segment();
    }
  }
}
