package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Rules;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Reductions over any set of axes.
///
/// Neighbouring axes are taken together; each run of folded axes, from the innermost outwards, is
/// one pass over a block `(outer, n, inner)`. Every pass but the first sees only what the one
/// before left.
public final class ReduceCpu {
  /// What happens to the folded numbers at the end.
  private enum Last {
    NOTHING,
    DIVIDE,
    ROOT,
    HALVE
  }

  private ReduceCpu() {}

  public static void sum(Call c) {
    run(c, Fold.SUM, Last.NOTHING);
  }

  /// Adds up along axes that no input names.
  static void sum(Call c, int[] axes) {
    run(c, axes, Fold.SUM, Last.NOTHING);
  }

  public static void mean(Call c) {
    run(c, Fold.SUM, Last.DIVIDE);
  }

  public static void prod(Call c) {
    if (c.dtype(0).isComplex()) {
      complexProd(c);
    } else {
      run(c, Fold.PROD, Last.NOTHING);
    }
  }

  /// The greatest number; of truth values, whether any is true.
  public static void max(Call c) {
    run(c, Fold.MAX, Last.NOTHING);
  }

  /// The least number; of truth values, whether all are true.
  public static void min(Call c) {
    run(c, Fold.MIN, Last.NOTHING);
  }

  public static void norm(Call c) {
    run(c, Fold.SQUARES, Last.ROOT);
  }

  /// Half the sum of all squares.
  public static void l2Loss(Call c) {
    Tensor x = c.in(0);
    int[] axes = new int[x.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    run(c, axes, Fold.SQUARES, Last.HALVE);
  }

  private static void run(Call c, Fold f, Last last) {
    run(c, Rules.axes(c, "reduction_indices", c.shape(0)), f, last);
  }

  private static void run(Call c, int[] axes, Fold f, Last last) {
    Tensor x = c.in(0);
    DType d = x.dtype();
    Tensor out = c.out(0);
    if (out.size() == 0 || atOnce(x, axes, f, last, out)) {
      return;
    }
    int[] dims = x.shape().dims();
    boolean pairs = d.isComplex();
    if (pairs) {
      // A complex number is a row of two reals; the norm folds that row as well.
      dims = java.util.Arrays.copyOf(dims, dims.length + 1);
      dims[dims.length - 1] = 2;
      if (f == Fold.SQUARES) {
        axes = java.util.Arrays.copyOf(axes, axes.length + 1);
        axes[axes.length - 1] = dims.length - 1;
      }
    }
    Nest nest = new Nest(dims, axes);
    boolean real = pairs && f == Fold.SQUARES;
    long results = pairs && !real ? 2 * out.size() : out.size();
    long folded = 1;
    for (int a : axes) {
      folded *= dims[a];
    }
    DType w = Wide.of(d);
    try (Scope _ = Scope.open()) {
      boolean direct = (d.real() == w || d == DType.U64) && !real;
      MemorySegment y = direct ? out.segment() : Scratch.bytes(results * w.bytes());
      boolean flip = d == DType.U64 && (f == Fold.MAX || f == Fold.MIN);
      // Integers are widened while they are read, 16-bit floats before.
      MemorySegment from = w == DType.I64 ? x.segment() : Wide.widen(x.segment(), d, x.size());
      passes(nest, f, w == DType.I64 ? d : w, flip, from, y, w);
      if (flip) {
        for (long i = 0; i < results; i++) {
          y.setAtIndex(
              JAVA_LONG_UNALIGNED, i, y.getAtIndex(JAVA_LONG_UNALIGNED, i) ^ Long.MIN_VALUE);
        }
      }
      if (w == DType.I64 && folded == 0 && (f == Fold.MAX || f == Fold.MIN)) {
        fill(y, results, extreme(d, f));
      }
      if (!(pairs && folded == 0)) {
        // TensorFlow's mean of no complex number is zero, that of no real one nan.
        finish(last, d, w, y, results, folded);
      }
      if (real) {
        withZeros(y, w, out.segment(), results);
      } else if (!direct) {
        Wide.narrow(y, d, out.segment(), results);
      }
    }
  }

  /// Folds neighbouring axes of a few real numbers, which takes no memory but that of the result;
  /// returns false for what is to be done otherwise. One pass, as ever with such axes.
  private static boolean atOnce(Tensor x, int[] axes, Fold f, Last last, Tensor out) {
    DType d = x.dtype();
    long size = x.size();
    int count = axes.length;
    boolean fits =
        (d == DType.F32 || d == DType.F64)
            && size <= FoldBlockF32.PIECE
            && count > 0
            && axes[count - 1] - axes[0] == count - 1;
    if (!fits) {
      return false;
    }
    int[] dims = x.shape().rawDims();
    long outer = 1;
    for (int i = 0; i < axes[0]; i++) {
      outer *= dims[i];
    }
    long n = size / out.size();
    long inner = out.size() / outer;
    if (n < 2 || n * inner * outer != size) {
      return false;
    }
    MemorySegment y = out.segment();
    pass(f, d, false, x.segment(), outer, n, inner, y, d);
    finish(last, d, d, y, out.size(), n);
    return true;
  }

  private static void passes(
      Nest nest, Fold f, DType d, boolean flip, MemorySegment x, MemorySegment y, DType w) {
    int left = 0;
    long size = 1;
    for (int i = 0; i < nest.runs; i++) {
      left += nest.marked[i] ? 1 : 0;
      size *= nest.sizes[i];
    }
    if (left == 0) {
      pass(f, d, flip, x, size, 1, 1, y, w);
      return;
    }
    long inner = 1;
    long outer = size;
    for (int i = nest.runs - 1; i >= 0; i--) {
      long n = nest.sizes[i];
      if (!nest.marked[i]) {
        inner *= n;
        continue;
      }
      outer = 1;
      for (int k = 0; k < i; k++) {
        outer *= nest.sizes[k];
      }
      MemorySegment to = --left == 0 ? y : Scratch.bytes(outer * inner * w.bytes());
      pass(f, d, flip, x, outer, n, inner, to, w);
      x = to;
      f = f.further();
      d = w;
      flip = false;
    }
  }

  private static void pass(
      Fold f,
      DType d,
      boolean flip,
      MemorySegment x,
      long outer,
      long n,
      long inner,
      MemorySegment y,
      DType w) {
    switch (w) {
      case F32 -> FoldBlockF32.run(f, x, outer, n, inner, y);
      case F64 -> FoldBlockF64.run(f, x, outer, n, inner, y);
      default -> FoldWhole.run(f, d, flip, x, outer, n, inner, y);
    }
  }

  /// Returns the least or greatest number of an integer type: what the greatest or least of nothing
  /// is.
  static long extreme(DType d, Fold f) {
    boolean greatest = f == Fold.MIN;
    if (d == DType.BOOL) {
      return greatest ? 1 : 0;
    }
    int bits = 8 * d.bytes();
    if (d.kind() == DType.Kind.UINT) {
      return greatest ? -1L >>> 64 - bits : 0;
    }
    return greatest ? Long.MAX_VALUE >> 64 - bits : Long.MIN_VALUE >> 64 - bits;
  }

  private static void fill(MemorySegment y, long n, long v) {
    for (long i = 0; i < n; i++) {
      y.setAtIndex(JAVA_LONG_UNALIGNED, i, v);
    }
  }

  private static void finish(Last last, DType d, DType w, MemorySegment y, long n, long folded) {
    if (last == Last.NOTHING) {
      return;
    }
    switch (w) {
      case F32 -> {
        for (long i = 0; i < n; i++) {
          float v = y.getAtIndex(JAVA_FLOAT_UNALIGNED, i);
          float r =
              last == Last.DIVIDE
                  ? v / folded
                  : last == Last.ROOT ? (float) Math.sqrt(v) : v * 0.5f;
          y.setAtIndex(JAVA_FLOAT_UNALIGNED, i, r);
        }
      }
      case F64 -> {
        for (long i = 0; i < n; i++) {
          double v = y.getAtIndex(JAVA_DOUBLE_UNALIGNED, i);
          double r = last == Last.DIVIDE ? v / folded : last == Last.ROOT ? Math.sqrt(v) : v * 0.5;
          y.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, r);
        }
      }
      default -> {
        for (long i = 0; i < n; i++) {
          long v = y.getAtIndex(JAVA_LONG_UNALIGNED, i);
          long r;
          if (last == Last.ROOT) {
            r = (long) Math.sqrt(v);
          } else if (folded == 0) {
            r = 0;
          } else {
            r = d == DType.U64 ? Long.divideUnsigned(v, folded) : v / folded;
          }
          y.setAtIndex(JAVA_LONG_UNALIGNED, i, r);
        }
      }
    }
  }

  private static void withZeros(MemorySegment x, DType w, MemorySegment y, long n) {
    for (long i = 0; i < n; i++) {
      if (w == DType.F32) {
        y.setAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i, x.getAtIndex(JAVA_FLOAT_UNALIGNED, i));
        y.setAtIndex(JAVA_FLOAT_UNALIGNED, 2 * i + 1, 0);
      } else {
        y.setAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i, x.getAtIndex(JAVA_DOUBLE_UNALIGNED, i));
        y.setAtIndex(JAVA_DOUBLE_UNALIGNED, 2 * i + 1, 0);
      }
    }
  }

  /// Products of complex numbers, in float64, run by run.
  private static void complexProd(Call c) {
    Tensor x = c.in(0);
    DType d = x.dtype().real();
    MemorySegment to = c.out(0).segment();
    Nest nest = new Nest(x.shape().dims(), Rules.axes(c, "reduction_indices", x.shape()));
    double[] v = new double[Math.toIntExact(2 * x.size())];
    for (int i = 0; i < v.length; i++) {
      v[i] = Wide.number(x.segment(), d, i);
    }
    int inner = 1;
    for (int i = nest.runs - 1; i >= 0; i--) {
      int n = (int) nest.sizes[i];
      if (!nest.marked[i]) {
        inner *= n;
        continue;
      }
      int outer = 1;
      for (int k = 0; k < i; k++) {
        outer *= (int) nest.sizes[k];
      }
      v = productOfMiddle(v, outer, n, inner);
    }
    for (int i = 0; i < v.length; i++) {
      dev.merapi.op.Values.put(to, d, i, v[i]);
    }
  }

  private static double[] productOfMiddle(double[] v, int outer, int n, int inner) {
    double[] p = new double[2 * outer * inner];
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        double re = 1;
        double im = 0;
        for (int k = 0; k < n; k++) {
          int at = 2 * ((o * n + k) * inner + i);
          double t = re * v[at] - im * v[at + 1];
          im = re * v[at + 1] + im * v[at];
          re = t;
        }
        p[2 * (o * inner + i)] = re;
        p[2 * (o * inner + i) + 1] = im;
      }
    }
    return p;
  }
}
