package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
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
    Tensor g = c.in(7);
    Tensor m = c.out(1);
    Tensor v = c.out(2);
    run(MEAN, m, c.in(1), g, c.in(4));
    run(MEAN_SQUARE, v, c.in(2), g, c.in(5));
    run(ADAM, c.out(0), c.in(0), m, v, c.in(3), c.in(6));
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
    Elementwise.run(mask -> Loops.of(e, types, t, mask), segments, dims, bytes, out.segment(), out.shape().rawDims());
  }
}
