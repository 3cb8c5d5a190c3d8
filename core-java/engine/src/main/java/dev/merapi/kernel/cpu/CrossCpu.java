package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Cross products of vectors of three.
public final class CrossCpu {
  private static final int VECTORS = 1 << 12;

  private CrossCpu() {}

  public static void run(Call c) {
    Tensor y = c.out(0);
    DType d = y.dtype();
    MemorySegment a = c.in(0).segment();
    MemorySegment b = c.in(1).segment();
    long n = y.size() / 3;
    Workers.run(
        Math.toIntExact((n + VECTORS - 1) / VECTORS),
        chunk -> {
          double[] p = new double[3];
          double[] q = new double[3];
          double[] r = new double[3];
          long[] lp = new long[3];
          long[] lq = new long[3];
          long[] lr = new long[3];
          for (long i = (long) chunk * VECTORS; i < Math.min(n, (chunk + 1L) * VECTORS); i++) {
            if (d.isFloating()) {
              Panel.load(a, d, 3 * i, p, 3);
              Panel.load(b, d, 3 * i, q, 3);
              r[0] = p[1] * q[2] - p[2] * q[1];
              r[1] = p[2] * q[0] - p[0] * q[2];
              r[2] = p[0] * q[1] - p[1] * q[0];
              Panel.store(r, y.segment(), d, 3 * i, 3);
            } else {
              Panel.load(a, d, 3 * i, lp, 3);
              Panel.load(b, d, 3 * i, lq, 3);
              lr[0] = lp[1] * lq[2] - lp[2] * lq[1];
              lr[1] = lp[2] * lq[0] - lp[0] * lq[2];
              lr[2] = lp[0] * lq[1] - lp[1] * lq[0];
              Panel.store(lr, y.segment(), d, 3 * i, 3);
            }
          }
        });
  }
}
