package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.merapi.kernel.Expr;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// Batch normalisation over rows of channels, and its gradient.
///
/// The variance is that of the differences from the mean, in a second pass: the shorter formula,
/// mean of squares less square of the mean, loses all digits where the mean is large.
public final class NormCpu {
  private static final Expr X = Expr.in(0);
  private static final Expr Y = Expr.in(1);
  private static final Expr Z = Expr.in(2);

  private static final LoopTable CENTER = LoopTable.of(X.sub(Y));
  private static final LoopTable STRETCH = LoopTable.of(X.mul(Y).add(Z));
  private static final LoopTable SCALE = LoopTable.of(X.mul(Y));
  private static final LoopTable CO_MOMENT = LoopTable.of(X.mul(Y.sub(Z)));
  private static final Expr NORMALIZE = X.sub(Y).mul(Z).add(Expr.in(3));

  /// `a·dy + c·(x − mean) + d`, inputs `(dy, x, mean, a, c, d)`.
  private static final Expr PULL = X.mul(Expr.in(3)).add(Y.sub(Z).mul(Expr.in(4))).add(Expr.in(5));

  private NormCpu() {}

  private static boolean channelsFirst(Call c) {
    return c.attrs.s("data_format").startsWith("NC");
  }

  private static void apply(
      Expr e, DType t, MemorySegment[] in, int[][] dims, MemorySegment out, int[] outDims) {
    DType[] types = new DType[in.length];
    Arrays.fill(types, t);
    int[] bytes = new int[in.length];
    Arrays.fill(bytes, t.bytes());
    Elementwise.run(mask -> Loops.of(e, types, t, mask), in, dims, bytes, out, outDims);
  }

  private static void sum(
      DType t, Fold f, MemorySegment x, long rows, int channels, MemorySegment y) {
    if (t == DType.F32) {
      FoldBlockF32.run(f, x, 1, rows, channels, y);
    } else {
      FoldBlockF64.run(f, x, 1, rows, channels, y);
    }
  }

  private static double[] numbers(MemorySegment s, DType t, int n) {
    double[] d = new double[n];
    for (int i = 0; i < n; i++) {
      d[i] = t == DType.F32 ? s.getAtIndex(JAVA_FLOAT, i) : s.getAtIndex(JAVA_DOUBLE, i);
    }
    return d;
  }

  private static double[] numbers(Tensor x) {
    return x.toDoubleArray();
  }

  private static MemorySegment segment(double[] v, DType t) {
    MemorySegment s = Staged.temporary(t, v.length);
    store(v, t, s);
    return s;
  }

  private static void store(double[] v, DType t, MemorySegment s) {
    for (int i = 0; i < v.length; i++) {
      if (t == DType.F32) {
        s.setAtIndex(JAVA_FLOAT, i, (float) v[i]);
      } else {
        s.setAtIndex(JAVA_DOUBLE, i, v[i]);
      }
    }
  }

  private static void give(double[] v, Tensor y) {
    for (int i = 0; i < v.length; i++) {
      Values.put(y.segment(), y.dtype(), i, v[i]);
    }
  }

  private static double[] filled(int n, double v) {
    double[] d = new double[n];
    Arrays.fill(d, v);
    return d;
  }

  /// Normalises: inputs `(x, scale, offset, mean, variance)`.
  public static void forward(Call c) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    Tensor[] stats = {c.out(1), c.out(2), c.out(3), c.out(4)};
    if (c.outs() > 5) {
      c.out(5).segment().fill((byte) 0);
    }
    int channels = (int) c.in(1).size();
    boolean training = c.attrs.b("is_training");
    double epsilon = c.attrs.f("epsilon");
    if (x.size() == 0) {
      for (Tensor s : stats) {
        give(filled(channels, Double.NaN), s);
      }
      return;
    }
    long rows = x.size() / channels;
    boolean first = channelsFirst(c);
    DType t = Staged.wide(x.dtype());
    int[] dims = {Math.toIntExact(rows), channels};
    int[] one = {channels};
    double[] scale = numbers(c.in(1));
    try (Scope _ = Scope.open()) {
      MemorySegment xs = Staged.in(x, t, first);
      MemorySegment to = Staged.out(y, t, first);
      MemorySegment offset = segment(numbers(c.in(2)), t);
      if (!training) {
        double[] variance = numbers(c.in(4));
        MemorySegment mean = segment(numbers(c.in(3)), t);
        MemorySegment k = segment(factors(scale, variance, epsilon), t);
        apply(
            NORMALIZE,
            t,
            new MemorySegment[] {xs, mean, k, offset},
            new int[][] {dims, one, one, one},
            to,
            dims);
        for (int i = 0; i < 4; i++) {
          give(numbers(c.in(3 + i % 2)), stats[i]);
        }
      } else {
        MemorySegment mean = Staged.temporary(t, channels);
        sum(t, Fold.SUM, xs, rows, channels, mean);
        double[] m = numbers(mean, t, channels);
        for (int i = 0; i < channels; i++) {
          m[i] /= rows;
        }
        store(m, t, mean);
        Elementwise.run(CENTER, t, xs, dims, mean, one, to, dims);
        MemorySegment squares = Staged.temporary(t, channels);
        sum(t, Fold.SQUARES, to, rows, channels, squares);
        double[] v = numbers(squares, t, channels);
        for (int i = 0; i < channels; i++) {
          v[i] /= rows;
        }
        MemorySegment k = segment(factors(scale, v, epsilon), t);
        Elementwise.run(STRETCH, t, to, dims, k, one, offset, one, to, dims);
        // What goes into the running variance is the unbiased estimate.
        double adjust = rows > 1 ? (double) rows / (rows - 1) : 1;
        double f = c.attrs.f("exponential_avg_factor");
        double[] unbiased = new double[channels];
        for (int i = 0; i < channels; i++) {
          unbiased[i] = v[i] * adjust;
        }
        give(f == 1 ? m : blended(numbers(c.in(3)), m, f), stats[0]);
        give(f == 1 ? unbiased : blended(numbers(c.in(4)), unbiased, f), stats[1]);
        give(m, stats[2]);
        give(v, stats[3]);
      }
      Staged.finish(to, y, t, first);
    }
  }

  private static double[] factors(double[] scale, double[] variance, double epsilon) {
    double[] k = new double[scale.length];
    for (int i = 0; i < k.length; i++) {
      k[i] = scale[i] / Math.sqrt(variance[i] + epsilon);
    }
    return k;
  }

  private static double[] blended(double[] old, double[] now, double factor) {
    double[] b = new double[now.length];
    for (int i = 0; i < b.length; i++) {
      b[i] = (1 - factor) * old[i] + factor * now[i];
    }
    return b;
  }

  /// Computes gradients of x, scale and offset: inputs `(dy, x, scale, mean, variance)`.
  public static void grad(Call c) {
    Tensor dy = c.in(0);
    Tensor x = c.in(1);
    Tensor dx = c.out(0);
    int channels = (int) c.in(2).size();
    c.out(1);
    c.out(2);
    if (x.size() == 0) {
      c.out(1).segment().fill((byte) 0);
      c.out(2).segment().fill((byte) 0);
      return;
    }
    long rows = x.size() / channels;
    boolean first = channelsFirst(c);
    DType t = Staged.wide(x.dtype());
    int[] dims = {Math.toIntExact(rows), channels};
    int[] one = {channels};
    double[] inverse = factors(filled(channels, 1), numbers(c.in(4)), c.attrs.f("epsilon"));
    double[] scale = numbers(c.in(2));
    try (Scope _ = Scope.open()) {
      MemorySegment dys = Staged.in(dy, t, first);
      MemorySegment xs = Staged.in(x, t, first);
      MemorySegment to = Staged.out(dx, t, first);
      MemorySegment mean = segment(numbers(c.in(3)), t);
      MemorySegment sums = Staged.temporary(t, channels);
      Elementwise.run(CO_MOMENT, t, dys, dims, xs, dims, mean, one, to, dims);
      sum(t, Fold.SUM, to, rows, channels, sums);
      double[] moment = numbers(sums, t, channels);
      sum(t, Fold.SUM, dys, rows, channels, sums);
      double[] total = numbers(sums, t, channels);
      double[] dScale = new double[channels];
      double[] a = new double[channels];
      double[] b = new double[channels];
      double[] d = new double[channels];
      for (int i = 0; i < channels; i++) {
        dScale[i] = moment[i] * inverse[i];
        a[i] = scale[i] * inverse[i];
        b[i] = -a[i] * inverse[i] * inverse[i] * moment[i] / rows;
        d[i] = -a[i] * total[i] / rows;
      }
      give(dScale, c.out(1));
      give(total, c.out(2));
      MemorySegment as = segment(a, t);
      if (c.attrs.b("is_training")) {
        apply(
            PULL,
            t,
            new MemorySegment[] {dys, xs, mean, as, segment(b, t), segment(d, t)},
            new int[][] {dims, dims, one, one, one, one},
            to,
            dims);
      } else {
        Elementwise.run(SCALE, t, dys, dims, as, one, to, dims);
      }
      Staged.finish(to, dx, t, first);
    }
  }
}
