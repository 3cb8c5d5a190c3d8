package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.concurrent.atomic.AtomicBoolean;

/// Decompositions of stacks of matrices, each computed in float64 and rounded once.
public final class SolveCpu {
  private SolveCpu() {}

  private interface One {
    void run(int index);
  }

  private static int stack(Shape s) {
    int n = 1;
    for (int i = 0; i < s.rank() - 2; i++) {
      n = Math.multiplyExact(n, s.dim(i));
    }
    return n;
  }

  private static void each(int count, One one) {
    Workers.run(count, one::run);
  }

  public static void inverse(Call c) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    int n = x.shape().dim(-1);
    boolean adjoint = c.attrs.b("adjoint");
    AtomicBoolean failed = new AtomicBoolean();
    each(
        stack(x.shape()),
        i -> {
          Dense a = Dense.load(x.segment(), x.dtype(), i, n, n);
          Lu lu = new Lu(adjoint ? a.adjoint() : a);
          if (lu.isSingular()) {
            failed.set(true);
          } else {
            lu.solve(Dense.identity(n, a.complex)).store(y.segment(), y.dtype(), i);
          }
        });
    if (failed.get()) {
      throw c.fault("Input is not invertible.")
          .expected("matrices whose determinant is not zero")
          .fix("add a small multiple of the unit matrix, or use tf.linalg.pinv")
          .valueError();
    }
  }

  public static void solve(Call c) {
    Tensor a = c.in(0);
    Tensor b = c.in(1);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    int n = a.shape().dim(-1);
    int k = b.shape().dim(-1);
    boolean adjoint = c.attrs.b("adjoint");
    AtomicBoolean failed = new AtomicBoolean();
    each(
        stack(a.shape()),
        i -> {
          Dense m = Dense.load(a.segment(), a.dtype(), i, n, n);
          Lu lu = new Lu(adjoint ? m.adjoint() : m);
          if (lu.isSingular()) {
            failed.set(true);
          } else {
            lu.solve(Dense.load(b.segment(), b.dtype(), i, n, k)).store(y.segment(), y.dtype(), i);
          }
        });
    if (failed.get()) {
      throw notInvertible(c);
    }
  }

  private static RuntimeException notInvertible(Call c) {
    return c.fault("Input matrix is not invertible.")
        .expected("matrices whose determinant is not zero")
        .valueError();
  }

  /// Triangular equations; stacks broadcast.
  public static void triangular(Call c) {
    Tensor a = c.in(0);
    Tensor b = c.in(1);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    int n = a.shape().dim(-1);
    int k = b.shape().dim(-1);
    boolean lower = c.attrs.b("lower");
    boolean adjoint = c.attrs.b("adjoint");
    AtomicBoolean failed = new AtomicBoolean();
    each(
        stack(y.shape()),
        i -> {
          Dense m = Dense.load(a.segment(), a.dtype(), position(a.shape(), y.shape(), i), n, n);
          Dense x = Dense.load(b.segment(), b.dtype(), position(b.shape(), y.shape(), i), n, k);
          for (int d = 0; d < n; d++) {
            if (m.abs(d, d) == 0) {
              failed.set(true);
              return;
            }
          }
          Dense t = adjoint ? m.adjoint() : m;
          (lower != adjoint ? Triangular.forward(t, x) : Triangular.back(t, x))
              .store(y.segment(), y.dtype(), i);
        });
    if (failed.get()) {
      throw notInvertible(c);
    }
  }

  /// Returns which of an operand's matrices belongs to matrix `i` of the result.
  private static int position(Shape x, Shape y, int i) {
    int p = 0;
    int scale = 1;
    int rest = i;
    for (int axis = -3; axis >= -y.rank(); axis--) {
      int at = rest % y.dim(axis);
      rest /= y.dim(axis);
      if (-axis <= x.rank()) {
        p += x.dim(axis) == 1 ? 0 : at * scale;
        scale *= x.dim(axis);
      }
    }
    return p;
  }

  public static void cholesky(Call c) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    int n = x.shape().dim(-1);
    AtomicBoolean failed = new AtomicBoolean();
    each(
        stack(x.shape()),
        i -> {
          Dense l = Triangular.cholesky(Dense.load(x.segment(), x.dtype(), i, n, n));
          if (l == null) {
            failed.set(true);
          } else {
            l.store(y.segment(), y.dtype(), i);
          }
        });
    if (failed.get()) {
      throw c.fault("Cholesky decomposition was not successful. The input might not be valid.")
          .expected("symmetric (Hermitian) matrices with positive eigenvalues")
          .fix("add a small multiple of the unit matrix")
          .valueError();
    }
  }

  public static void determinant(Call c) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    int n = x.shape().dim(-1);
    each(
        (int) y.size(),
        i -> put(y, i, new Lu(Dense.load(x.segment(), x.dtype(), i, n, n)).product()));
  }

  public static void logDeterminant(Call c) {
    Tensor x = c.in(0);
    Tensor sign = c.out(0);
    Tensor log = c.out(1);
    int n = x.shape().dim(-1);
    each(
        (int) sign.size(),
        i -> {
          double[] d = new Lu(Dense.load(x.segment(), x.dtype(), i, n, n)).determinant();
          put(sign, i, d);
          put(log, i, new double[] {d[2], 0});
        });
  }

  private static void put(Tensor y, int i, double[] v) {
    DType d = y.dtype();
    if (d.isComplex()) {
      Values.put(y.segment(), d.real(), 2L * i, v[0]);
      Values.put(y.segment(), d.real(), 2L * i + 1, v[1]);
    } else {
      Values.put(y.segment(), d, i, v[0]);
    }
  }
}
