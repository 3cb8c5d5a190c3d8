package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Computes the steps of optimizers with loops compiled from their formulas.
public final class OptimizerCpu {
  private static final Expr A = Expr.in(0);
  private static final Expr B = Expr.in(1);
  private static final Expr C = Expr.in(2);
  private static final Expr D = Expr.in(3);
  private static final Expr E = Expr.in(4);
  private static final Expr ONE = Expr.c(1);

  /// var − alpha·grad, inputs: var, alpha, grad.
  private static final Expr DESCENT = A.sub(B.mul(C));

  /// accum·momentum + grad, inputs: accum, momentum, grad.
  private static final Expr ACCUMULATE = A.mul(B).add(C);

  /// var − (grad·lr + accum·momentum·lr), inputs: var, accum, lr, momentum, grad.
  private static final Expr NESTEROV = A.sub(E.mul(C).add(B.mul(D).mul(C)));

  /// m + (g − m)(1 − β), inputs: m, g, β.
  private static final Expr MEAN = A.add(B.sub(A).mul(ONE.sub(C)));

  /// v + (g² − v)(1 − β), inputs: v, g, β.
  private static final Expr MEAN_SQUARE = A.add(B.mul(B).sub(A).mul(ONE.sub(C)));

  /// var − lr·m / (√v + ε), inputs: var, m, v, lr, ε.
  private static final Expr ADAM = A.sub(D.mul(B).div(C.sqrt().add(E)));

  private OptimizerCpu() {}

  public static void gradientDescent(Call c) {
    run(DESCENT, c.out(0), c.in(0), c.in(1), c.in(2));
  }

  public static void momentum(Call c) {
    Tensor accum = c.out(1);
    run(ACCUMULATE, accum, c.in(1), c.in(3), c.in(4));
    if (c.attrs.b("use_nesterov")) {
      run(NESTEROV, c.out(0), c.in(0), accum, c.in(2), c.in(3), c.in(4));
    } else {
      run(DESCENT, c.out(0), c.in(0), c.in(2), accum);
    }
  }

  public static void adam(Call c) {
    AdamPass pass = new AdamPass(c);
    long n = c.in(0).size();
    long cost = pass.cost();
    if (!Elementwise.isWorthSharing(n, cost)) {
      pass.run(0, n);
      return;
    }
    long chunk = Elementwise.chunk(cost);
    Workers.run(
        (int) ((n + chunk - 1) / chunk), i -> pass.run(i * chunk, Math.min(n, (i + 1) * chunk)));
  }

  /// The three formulas of Adam, tile by tile, so that memory is gone through once: the formulas
  /// after the first find their operands in the cache.
  private static final class AdamPass {
    /// Elements of a tile; seven float32 tiles take 112 KiB.
    private static final int TILE = 4096;

    private static final LoopTable MEANS = LoopTable.of(MEAN);
    private static final LoopTable MEAN_SQUARES = LoopTable.of(MEAN_SQUARE);

    private final Loop mean;
    private final Loop meanSquare;
    private final Loop step;
    private final MemorySegment var;
    private final MemorySegment m;
    private final MemorySegment v;
    private final MemorySegment beta1;
    private final MemorySegment beta2;
    private final MemorySegment rate;
    private final MemorySegment epsilon;
    private final MemorySegment grad;
    private final MemorySegment newVar;
    private final MemorySegment newM;
    private final MemorySegment newV;

    AdamPass(Call c) {
      DType t = c.dtype(0);
      mean = MEANS.get(t, 0b100);
      meanSquare = MEAN_SQUARES.get(t, 0b100);
      step = Loops.of(ADAM, new DType[] {t, t, t, t, t}, t, 0b11000);
      var = c.in(0).segment();
      m = c.in(1).segment();
      v = c.in(2).segment();
      rate = c.in(3).segment();
      beta1 = c.in(4).segment();
      beta2 = c.in(5).segment();
      epsilon = c.in(6).segment();
      grad = c.in(7).segment();
      newVar = c.out(0).segment();
      newM = c.out(1).segment();
      newV = c.out(2).segment();
    }

    long cost() {
      return mean.cost() + meanSquare.cost() + step.cost();
    }

    void run(long from, long to) {
      MemorySegment[] in = {var, newM, newV, rate, epsilon};
      int bytes = step.outStride();
      for (long e = from; e < to; e += TILE) {
        long n = Math.min(TILE, to - e);
        long at = e * bytes;
        mean.run(m, at, grad, at, beta1, 0, newM, at, n);
        meanSquare.run(v, at, grad, at, beta2, 0, newV, at, n);
        step.run(in, new long[] {at, at, at, 0, 0}, newVar, at, n);
      }
    }
  }

  private static void run(Expr e, Tensor out, Tensor... in) {
    DType t = out.dtype();
    DType[] types = new DType[in.length];
    Arrays.fill(types, t);
    MemorySegment[] segments = new MemorySegment[in.length];
    int[][] dims = new int[in.length][];
    int[] bytes = new int[in.length];
    for (int i = 0; i < in.length; i++) {
      segments[i] = in[i].segment();
      dims[i] = in[i].shape().rawDims();
      bytes[i] = t.bytes();
    }
    Elementwise.run(
        mask -> Loops.of(e, types, t, mask),
        segments,
        dims,
        bytes,
        out.segment(),
        out.shape().rawDims());
  }
}
