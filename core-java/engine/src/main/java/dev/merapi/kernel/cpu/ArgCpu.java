package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Positions of the greatest or least element along an axis; of equals the first.
///
/// A NaN is passed over, as TensorFlow does: it is neither greater nor less than anything.
public final class ArgCpu {
  private ArgCpu() {}

  public static void max(Call c) {
    run(c, true);
  }

  public static void min(Call c) {
    run(c, false);
  }

  private static void run(Call c, boolean greatest) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    int axis = x.shape().axis(c.op.name(), c.in(1).intValue());
    int[] dims = x.shape().rawDims();
    long before = 1;
    long after = 1;
    for (int i = 0; i < axis; i++) {
      before *= dims[i];
    }
    for (int i = axis + 1; i < dims.length; i++) {
      after *= dims[i];
    }
    if (y.size() == 0) {
      return;
    }
    int n = dims[axis];
    long inner = after;
    long tiles = (inner + Panel.SIZE - 1) / Panel.SIZE;
    long units = before * tiles;
    long some = Math.max(1, 40_000 / (n * Math.min(inner, Panel.SIZE)));
    MemorySegment from = x.segment();
    MemorySegment to = y.segment();
    Workers.run(
        Math.toIntExact((units + some - 1) / some),
        chunk -> {
          int width = (int) Math.min(Panel.SIZE, inner);
          Best best = new Best(x.dtype(), greatest, inner == 1 ? Panel.SIZE : width);
          for (long u = chunk * some; u < Math.min(units, (chunk + 1L) * some); u++) {
            long o = u / tiles;
            long col = u % tiles * Panel.SIZE;
            if (inner == 1) {
              best.line(from, o * n, n);
              Panel.store(best.index, to, y.dtype(), o, 1);
            } else {
              int w = (int) Math.min(Panel.SIZE, inner - col);
              best.lines(from, o * n * inner + col, n, inner, w);
              Panel.store(best.index, to, y.dtype(), o * inner + col, w);
            }
          }
        });
  }

  private static final class Best {
    private final DType d;
    private final boolean floats;
    private final boolean greatest;
    private final double[] p;
    private final double[] best;
    private final long[] lp;
    private final long[] lbest;
    final long[] index;

    Best(DType d, boolean greatest, int width) {
      this.d = d;
      this.greatest = greatest;
      floats = d.isFloating();
      p = new double[floats ? width : 0];
      best = new double[floats ? width : 0];
      lp = new long[floats ? 0 : width];
      lbest = new long[floats ? 0 : width];
      index = new long[width];
    }

    /// Reads a run so that the greatest is looked for: negated for the least, unsigned made
    /// comparable.
    private void read(MemorySegment x, long at, int n) {
      if (floats) {
        Panel.load(x, d, at, p, n);
        if (!greatest) {
          for (int i = 0; i < n; i++) {
            p[i] = -p[i];
          }
        }
        return;
      }
      Panel.load(x, d, at, lp, n);
      if (d == DType.U64) {
        for (int i = 0; i < n; i++) {
          lp[i] ^= Long.MIN_VALUE;
        }
      }
      if (!greatest) {
        // ~v = -v - 1 turns the order round without overflow.
        for (int i = 0; i < n; i++) {
          lp[i] = ~lp[i];
        }
      }
    }

    void line(MemorySegment x, long at, int n) {
      double b = Double.NEGATIVE_INFINITY;
      long lb = Long.MIN_VALUE;
      int found = 0;
      for (int k = 0; k < n; k += index.length) {
        int m = Math.min(index.length, n - k);
        read(x, at + k, m);
        if (floats) {
          for (int i = 0; i < m; i++) {
            if (p[i] > b) {
              b = p[i];
              found = k + i;
            }
          }
        } else {
          for (int i = 0; i < m; i++) {
            if (lp[i] > lb) {
              lb = lp[i];
              found = k + i;
            }
          }
        }
      }
      index[0] = found;
    }

    void lines(MemorySegment x, long at, int n, long stride, int w) {
      Arrays.fill(index, 0, w, 0);
      Arrays.fill(best, Double.NEGATIVE_INFINITY);
      Arrays.fill(lbest, Long.MIN_VALUE);
      for (int k = 0; k < n; k++) {
        read(x, at + k * stride, w);
        if (floats) {
          for (int i = 0; i < w; i++) {
            if (p[i] > best[i]) {
              best[i] = p[i];
              index[i] = k;
            }
          }
        } else {
          for (int i = 0; i < w; i++) {
            if (lp[i] > lbest[i]) {
              lbest[i] = lp[i];
              index[i] = k;
            }
          }
        }
      }
    }
  }
}
