package dev.merapi.kernel;

import com.sun.management.ThreadMXBean;
import dev.merapi.kernel.cpu.LoopTable;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;

/// Runs element-wise loops until they make no objects; ends with status 1 when one never gets
/// there.
public final class WarmLoops {
  private static final int ROUNDS = 5000;
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);

  private WarmLoops() {}

  public static void main(String[] args) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (Expr e : List.of(X.add(Y), X.tanh().mul(Y), X.lt(Y).select(X, Y).sigmoid())) {
      LoopTable table = LoopTable.of(e);
      MemorySegment a = Cases.segment(DType.F32, 4101);
      MemorySegment out = Cases.segment(DType.F32, 4101);
      long allocated = 1;
      for (int round = 0; round < ROUNDS && allocated != 0; round++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 200; i++) {
          table.get(DType.F32, 0).run(a, 0, a, 0, a, 0, out, 0, 4101);
        }
        allocated = threads.getCurrentThreadAllocatedBytes() - before;
        Thread.sleep(1);
      }
      System.out.println(allocated + " bytes: " + e);
      if (allocated != 0) {
        System.exit(1);
      }
    }
  }
}
