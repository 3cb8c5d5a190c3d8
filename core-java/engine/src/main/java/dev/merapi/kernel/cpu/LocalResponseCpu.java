package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// Normalises rows of channels by the squares around each of them, in float64.
public final class LocalResponseCpu {
  /// Elements computed in about 100 µs.
  private static final int PIECE = 1 << 13;

  private final int channels;
  private final int radius;
  private final double bias;
  private final double alpha;
  private final double beta;

  private LocalResponseCpu(Call c) {
    channels = c.outSpec(0).shape().dim(-1);
    radius = (int) Math.min(c.attrs.l("depth_radius"), channels);
    bias = c.attrs.f("bias");
    alpha = c.attrs.f("alpha");
    beta = c.attrs.f("beta");
  }

  /// Computes one row; each array holds a row.
  private interface Row {
    void compute(double[][] in, double[] sums, double[] out);
  }

  public static void forward(Call c) {
    LocalResponseCpu k = new LocalResponseCpu(c);
    rows(
        c,
        (in, n, y) -> {
          k.norms(in[0], n, y);
          for (int i = 0; i < y.length; i++) {
            y[i] = in[0][i] * k.power(n[i]);
          }
        });
  }

  /// Inputs are the gradient that arrives, the input and the output of [#forward].
  public static void backward(Call c) {
    LocalResponseCpu k = new LocalResponseCpu(c);
    rows(
        c,
        (in, n, dx) -> {
          double[] dy = in[0];
          double[] x = in[1];
          k.norms(x, n, dx);
          double[] pulls = in[2];
          for (int i = 0; i < dx.length; i++) {
            pulls[i] *= dy[i] / n[i];
            dy[i] *= k.power(n[i]);
          }
          double factor = -2 * k.alpha * k.beta;
          k.around(pulls, n);
          for (int i = 0; i < dx.length; i++) {
            dx[i] = dy[i] + factor * x[i] * n[i];
          }
        });
  }

  private static void rows(Call c, Row row) {
    Shape s = c.out(0).shape();
    if (s.size() == 0) {
      return;
    }
    int channels = s.dim(-1);
    int rows = Math.toIntExact(s.size() / channels);
    int some = Math.max(1, PIECE / channels);
    int chunks = (rows + some - 1) / some;
    DType d = c.dtype(0);
    MemorySegment to = c.out(0).segment();
    MemorySegment[] from = new MemorySegment[c.ins()];
    for (int i = 0; i < from.length; i++) {
      from[i] = c.in(i).segment();
    }
    Planes.share(
        chunks == 1,
        chunks,
        chunk -> {
          double[][] in = new double[from.length][channels];
          double[] sums = new double[channels];
          double[] out = new double[channels];
          int end = Math.min(rows, (chunk + 1) * some);
          for (int r = chunk * some; r < end; r++) {
            for (int i = 0; i < from.length; i++) {
              Panel.load(from[i], d, (long) r * channels, in[i], channels);
            }
            row.compute(in, sums, out);
            Panel.store(out, to, d, (long) r * channels, channels);
          }
        });
  }

  /// Computes bias + alpha · Σ x².
  private void norms(double[] x, double[] n, double[] squares) {
    for (int i = 0; i < channels; i++) {
      squares[i] = x[i] * x[i];
    }
    around(squares, n);
    for (int i = 0; i < channels; i++) {
      n[i] = bias + alpha * n[i];
    }
  }

  /// Adds up each number and those around it. Each sum is made anew: running sums would lose digits
  /// after a large number.
  private void around(double[] x, double[] sums) {
    for (int i = 0; i < channels; i++) {
      int end = Math.min(channels, i + radius + 1);
      double s = 0;
      for (int j = Math.max(0, i - radius); j < end; j++) {
        s += x[j];
      }
      sums[i] = s;
    }
  }

  /// Returns n^−beta; the usual exponents need roots only.
  private double power(double n) {
    if (beta == 0.5) {
      return 1 / Math.sqrt(n);
    }
    if (beta == 0.75) {
      double root = Math.sqrt(n);
      return 1 / (root * Math.sqrt(root));
    }
    return beta == 1 ? 1 / n : Math.pow(n, -beta);
  }
}
