package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.kernel.Philox;
import dev.merapi.kernel.Special;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Draws gamma and Poisson numbers, several for each parameter, by proposing numbers and rejecting
/// some.
///
/// Every output reads a stretch of the sequence of its own, so values do not depend on the number
/// of threads.
public final class RejectionCpu {
  private static final int CHUNK = 2048;

  /// Below this rate Poisson numbers are counted off one by one.
  private static final double FEW = 10;

  private RejectionCpu() {}

  /// Makes one number from a parameter.
  private interface Draw {
    double next(double parameter, Source source);
  }

  /// Uniform and normal numbers of one output; pairs are used from the second to the first, as
  /// TensorFlow does.
  private static final class Source {
    private Philox at;
    private final int[] bits = new int[4];
    private double uniform;
    private boolean uniformLeft;
    private double normal;
    private boolean normalLeft;

    Source(Philox start) {
      at = start;
    }

    private void draw() {
      at.fill(bits, 1);
      at = at.skip(1);
    }

    double uniform() {
      uniformLeft = !uniformLeft;
      if (!uniformLeft) {
        return uniform;
      }
      draw();
      uniform = Philox.unit(bits[0], bits[1]);
      return Philox.unit(bits[2], bits[3]);
    }

    double normal() {
      normalLeft = !normalLeft;
      if (!normalLeft) {
        return normal;
      }
      draw();
      double[] y = new double[2];
      Normals.pair(bits[0], bits[1], bits[2], bits[3], y, 0);
      normal = y[0];
      return y[1];
    }
  }

  /// Gamma numbers; the parameter is the shape, the scale is 1.
  public static Kernel gamma(RandomCpu.Start start, int parameter) {
    return c -> run(c, start, parameter, RejectionCpu::gamma);
  }

  /// Poisson numbers; the parameter is the rate.
  public static Kernel poisson(RandomCpu.Start start, int parameter) {
    return c -> run(c, start, parameter, RejectionCpu::poisson);
  }

  private static void run(Call c, RandomCpu.Start start, int parameter, Draw draw) {
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    double[] parameters = c.in(parameter).toDoubleArray();
    MemorySegment out = y.segment();
    DType d = y.dtype();
    Philox first = start.of(c);
    long samples = y.size() / parameters.length;
    Workers.run(
        Math.toIntExact((y.size() + CHUNK - 1) / CHUNK),
        chunk -> {
          long end = Math.min(y.size(), (chunk + 1L) * CHUNK);
          for (long i = (long) chunk * CHUNK; i < end; i++) {
            int p = (int) (i / samples);
            double x = draw.next(parameters[p], new Source(first.skip(i * RandomCpu.RESERVED)));
            Values.put(out, d, i % samples * parameters.length + p, x);
          }
        });
  }

  /// Source: Marsaglia, Tsang, "A simple method for generating gamma variables", ACM TOMS 26
  /// (2000).
  private static double gamma(double alpha, Source s) {
    if (!(alpha >= 0)) {
      return Double.NaN;
    }
    if (alpha == 1) {
      return -Math.log1p(-s.uniform());
    }
    boolean small = alpha < 1;
    double d = alpha + (small ? 2.0 / 3 : -1.0 / 3);
    double c = 1.0 / 3 / Math.sqrt(d);
    while (true) {
      double x = s.normal();
      double v = 1 + c * x;
      if (v <= 0) {
        continue;
      }
      v = v * v * v;
      double u = s.uniform();
      // The first test is cheap and true nine times out of ten.
      if (u < 1 - 0.0331 * (x * x) * (x * x)
          || Math.log(u) < 0.5 * x * x + d * (1 - v + Math.log(v))) {
        return small ? d * v * Math.pow(s.uniform(), 1 / alpha) : d * v;
      }
    }
  }

  /// Source: Knuth, "The art of computer programming" 2, 3.4.1; for large rates Hörmann, "The
  /// transformed rejection method for generating Poisson random variables", Insurance: Mathematics
  /// and Economics 12 (1993).
  private static double poisson(double rate, Source s) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      return Double.NaN;
    }
    if (rate < FEW) {
      double limit = Math.exp(-rate);
      double product = 1;
      for (double n = 0; ; n++) {
        product *= s.uniform();
        if (product <= limit) {
          return n;
        }
      }
    }
    double logRate = Math.log(rate);
    double b = 0.931 + 2.53 * Math.sqrt(rate);
    double a = -0.059 + 0.02483 * b;
    double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
    while (true) {
      double u = s.uniform() - 0.5;
      double v = s.uniform();
      double us = 0.5 - Math.abs(u);
      double k = Math.floor((2 * a / us + b) * u + rate + 0.43);
      if (us >= 0.07 && v <= 0.9277 - 3.6224 / (b - 2)) {
        return k;
      }
      if (k < 0 || us < 0.013 && v > us) {
        continue;
      }
      if (Math.log(v * inverseAlpha / (a / (us * us) + b))
          <= -rate + k * logRate - Special.lgamma(k + 1)) {
        return k;
      }
    }
  }
}
