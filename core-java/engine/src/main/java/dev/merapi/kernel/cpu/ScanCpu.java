package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Running sums, products and log-sum-exps along one axis.
///
/// Floats run in float64 and are rounded when they are stored, so a long run loses nothing to its
/// length.
public final class ScanCpu {
  private enum Kind {
    SUM,
    PROD,
    LOG_SUM_EXP
  }

  private ScanCpu() {}

  public static void sum(Call c) {
    run(c, Kind.SUM);
  }

  public static void prod(Call c) {
    run(c, Kind.PROD);
  }

  public static void logSumExp(Call c) {
    run(c, Kind.LOG_SUM_EXP);
  }

  private static void run(Call c, Kind kind) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    int axis = x.shape().axis(c.op.name(), c.in(1).intValue());
    int[] dims = x.shape().rawDims();
    long outer = 1;
    long inner = 1;
    for (int i = 0; i < axis; i++) {
      outer *= dims[i];
    }
    for (int i = axis + 1; i < dims.length; i++) {
      inner *= dims[i];
    }
    int n = dims[axis];
    if (x.size() == 0) {
      return;
    }
    boolean exclusive = c.attrs.b("exclusive");
    boolean reverse = c.attrs.b("reverse");
    DType d = x.dtype();
    if (d.isComplex() && kind == Kind.PROD) {
      complexProd(x, y, outer, n, inner, exclusive, reverse);
      return;
    }
    if (d.isComplex()) {
      inner *= 2;
    }
    Scan s = new Scan(kind, d.real(), x.segment(), y.segment(), n, inner, exclusive, reverse);
    long tiles = (inner + Panel.SIZE - 1) / Panel.SIZE;
    long units = outer * tiles;
    long some = Math.max(1, 20_000 / (n * Math.min(inner, Panel.SIZE)));
    Workers.run(
        Math.toIntExact((units + some - 1) / some),
        chunk -> {
          for (long u = chunk * some; u < Math.min(units, (chunk + 1L) * some); u++) {
            s.unit(u / tiles, u % tiles * Panel.SIZE);
          }
        });
  }

  private record Scan(
      Kind kind,
      DType d,
      MemorySegment x,
      MemorySegment y,
      int n,
      long inner,
      boolean exclusive,
      boolean reverse) {

    void unit(long o, long c) {
      int width = (int) Math.min(Panel.SIZE, inner - c);
      if (d.isFloating()) {
        if (inner == 1) {
          line(o * n, new double[Panel.SIZE]);
        } else {
          lines(o * n * inner + c, width, new double[width], new double[width]);
        }
      } else if (inner == 1) {
        line(o * n, new long[Panel.SIZE]);
      } else {
        lines(o * n * inner + c, width, new long[width], new long[width]);
      }
    }

    private double start() {
      return switch (kind) {
        case SUM -> 0;
        case PROD -> 1;
        case LOG_SUM_EXP -> Double.NEGATIVE_INFINITY;
      };
    }

    private double step(double s, double v) {
      return switch (kind) {
        case SUM -> s + v;
        case PROD -> s * v;
        case LOG_SUM_EXP -> logAddExp(s, v);
      };
    }

    private void line(long at, double[] p) {
      double s = start();
      for (int b = 0; b < n; b += p.length) {
        int m = Math.min(p.length, n - b);
        long from = reverse ? at + n - b - m : at + b;
        Panel.load(x, d, from, p, m);
        for (int k = 0; k < m; k++) {
          int i = reverse ? m - 1 - k : k;
          double next = b + k == 0 && !exclusive ? p[i] : step(s, p[i]);
          p[i] = exclusive ? s : next;
          s = next;
        }
        Panel.store(p, y, d, from, m);
      }
    }

    private void lines(long at, int width, double[] p, double[] s) {
      Arrays.fill(s, start());
      for (int k = 0; k < n; k++) {
        long from = at + (reverse ? n - 1 - k : k) * inner;
        Panel.load(x, d, from, p, width);
        if (exclusive) {
          Panel.store(s, y, d, from, width);
        }
        if (k == 0 && !exclusive) {
          System.arraycopy(p, 0, s, 0, width);
        } else {
          for (int i = 0; i < width; i++) {
            s[i] = step(s[i], p[i]);
          }
        }
        if (!exclusive) {
          Panel.store(s, y, d, from, width);
        }
      }
    }

    private void line(long at, long[] p) {
      long s = kind == Kind.SUM ? 0 : 1;
      for (int b = 0; b < n; b += p.length) {
        int m = Math.min(p.length, n - b);
        long from = reverse ? at + n - b - m : at + b;
        Panel.load(x, d, from, p, m);
        for (int k = 0; k < m; k++) {
          int i = reverse ? m - 1 - k : k;
          long next = kind == Kind.SUM ? s + p[i] : s * p[i];
          p[i] = exclusive ? s : next;
          s = next;
        }
        Panel.store(p, y, d, from, m);
      }
    }

    private void lines(long at, int width, long[] p, long[] s) {
      Arrays.fill(s, kind == Kind.SUM ? 0 : 1);
      for (int k = 0; k < n; k++) {
        long from = at + (reverse ? n - 1 - k : k) * inner;
        Panel.load(x, d, from, p, width);
        if (exclusive) {
          Panel.store(s, y, d, from, width);
        }
        for (int i = 0; i < width; i++) {
          s[i] = kind == Kind.SUM ? s[i] + p[i] : s[i] * p[i];
        }
        if (!exclusive) {
          Panel.store(s, y, d, from, width);
        }
      }
    }
  }

  private static double logAddExp(double a, double b) {
    double m = Math.max(a, b);
    if (Double.isInfinite(m)) {
      return m;
    }
    return m + Math.log1p(Math.exp(Math.min(a, b) - m));
  }

  private static void complexProd(
      Tensor x, Tensor y, long outer, int n, long inner, boolean exclusive, boolean reverse) {
    DType d = x.dtype().real();
    for (long u = 0; u < outer * inner; u++) {
      double re = 1;
      double im = 0;
      for (int k = 0; k < n; k++) {
        long row = u / inner * n + (reverse ? n - 1 - k : k);
        long at = 2 * (row * inner + u % inner);
        double a = Wide.number(x.segment(), d, at);
        double b = Wide.number(x.segment(), d, at + 1);
        double nextRe = re * a - im * b;
        double nextIm = re * b + im * a;
        Values.put(y.segment(), d, at, exclusive ? re : nextRe);
        Values.put(y.segment(), d, at + 1, exclusive ? im : nextIm);
        re = nextRe;
        im = nextIm;
      }
    }
  }
}
