package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Orthogonal decompositions of stacks of matrices, each computed in float64 and rounded once.
public final class SpectralCpu {
  private SpectralCpu() {}

  private static int stack(Shape s) {
    int n = 1;
    for (int i = 0; i < s.rank() - 2; i++) {
      n = Math.multiplyExact(n, s.dim(i));
    }
    return n;
  }

  private static Dense load(Tensor x, int i) {
    return Dense.load(x.segment(), x.dtype(), i, x.shape().dim(-2), x.shape().dim(-1));
  }

  private static void values(Tensor y, int index, double[] v) {
    DType d = y.dtype();
    for (int i = 0; i < v.length; i++) {
      long at = (long) index * v.length + i;
      if (d.isComplex()) {
        Values.put(y.segment(), d.real(), 2 * at, v[i]);
        Values.put(y.segment(), d.real(), 2 * at + 1, 0);
      } else {
        Values.put(y.segment(), d, at, v[i]);
      }
    }
  }

  public static void qr(Call c) {
    Tensor x = c.in(0);
    Tensor q = c.out(0);
    Tensor r = c.out(1);
    boolean full = c.attrs.b("full_matrices");
    Workers.run(
        stack(x.shape()),
        i -> {
          Householder h = new Householder(load(x, i), full);
          h.q.store(q.segment(), q.dtype(), i);
          h.r.store(r.segment(), r.dtype(), i);
        });
  }

  public static void eigen(Call c) {
    Tensor x = c.in(0);
    Tensor e = c.out(0);
    Tensor v = c.out(1);
    boolean vectors = c.attrs.b("compute_v");
    if (!vectors) {
      v.segment().fill((byte) 0);
    }
    Workers.run(
        stack(x.shape()),
        i -> {
          Jacobi.Result r = Jacobi.eigen(load(x, i));
          values(e, i, r.values());
          if (vectors) {
            r.v().store(v.segment(), v.dtype(), i);
          }
        });
  }

  public static void svd(Call c) {
    Tensor x = c.in(0);
    Tensor s = c.out(0);
    Tensor u = c.out(1);
    Tensor v = c.out(2);
    boolean vectors = c.attrs.b("compute_uv");
    boolean full = c.attrs.b("full_matrices");
    if (!vectors) {
      u.segment().fill((byte) 0);
      v.segment().fill((byte) 0);
    }
    Workers.run(
        stack(x.shape()),
        i -> {
          Jacobi.Result r = Jacobi.singular(load(x, i), full && vectors);
          values(s, i, r.values());
          if (vectors) {
            r.u().store(u.segment(), u.dtype(), i);
            r.v().store(v.segment(), v.dtype(), i);
          }
        });
  }
}
