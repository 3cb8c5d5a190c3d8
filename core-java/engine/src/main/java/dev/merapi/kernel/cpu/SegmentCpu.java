package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import dev.merapi.device.Workers;
import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Folds groups of rows: row `i` goes into the group that its id names.
///
/// Rows are taken in their order, so results do not depend on threads, which share the columns out.
public final class SegmentCpu {
  private static final int TILE = 256;

  private SegmentCpu() {}

  /// Groups given by ids in ascending order; there are as many as the last id says.
  public static void sorted(Call c, Fold f, boolean mean) {
    long[] ids = ids(c.in(1));
    long groups = ids.length == 0 ? 0 : ids[ids.length - 1] + 1;
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] < 0 || i > 0 && ids[i] < ids[i - 1]) {
        throw c.fault("segment ids are not increasing")
            .expected("ids of 0 or more in ascending order; id " + i + " is " + ids[i])
            .fix("sort them, or use tf.math.unsorted_segment_sum and its kin")
            .valueError();
      }
    }
    Tensor y;
    if (c.ins() == 3) {
      y = c.out(0);
      if (groups > y.shape().dim(0)) {
        throw c.fault(
                "segment id " + (groups - 1) + " is out of range [0, " + y.shape().dim(0) + ")")
            .expected("ids below num_segments")
            .valueError();
      }
    } else {
      y = c.out(0, c.in(0).shape().with(0, Math.toIntExact(groups)));
    }
    run(c.in(0), ids, y, f, mean, false);
  }

  /// Groups given by ids in any order; rows with negative ids are left out.
  public static void unsorted(Call c, Fold f) {
    long[] ids = ids(c.in(1));
    Tensor y = c.out(0);
    long groups = y.shape().dim(0);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] >= groups) {
        throw c.fault(
                "segment_ids"
                    + at(c.shape(1), i)
                    + " = "
                    + ids[i]
                    + " is out of range [0, "
                    + groups
                    + ")")
            .expected("ids below num_segments; negative ids drop their row")
            .valueError();
      }
    }
    run(c.in(0), ids, y, f, false, true);
  }

  private static String at(Shape s, int flat) {
    int[] at = new int[s.rank()];
    int rest = flat;
    for (int i = at.length - 1; i >= 0; i--) {
      at[i] = rest % s.dim(i);
      rest /= s.dim(i);
    }
    return java.util.Arrays.toString(at).replace(" ", "");
  }

  private static long[] ids(Tensor t) {
    long[] ids = new long[Math.toIntExact(t.size())];
    Wide.load(t.segment(), t.dtype(), 0, ids, ids.length);
    return ids;
  }

  private static void run(Tensor x, long[] ids, Tensor y, Fold f, boolean mean, boolean unsorted) {
    if (y.size() == 0) {
      return;
    }
    DType d = x.dtype();
    int groups = y.shape().dim(0);
    long inner = y.size() / groups;
    if (d.isComplex() && f == Fold.PROD) {
      complexProd(x, ids, y, inner);
      return;
    }
    long width = d.isComplex() ? 2 * inner : inner;
    DType w = Wide.of(d);
    long[] counts = new long[groups];
    for (long id : ids) {
      if (id >= 0) {
        counts[(int) id]++;
      }
    }
    try (Scope _ = Scope.open()) {
      MemorySegment from = Wide.widen(x.segment(), d, x.size());
      boolean direct = d.real() == w;
      MemorySegment to = direct ? y.segment() : Scratch.bytes(groups * width * w.bytes());
      Groups g = new Groups(w, f, ids, counts, width, d == DType.U64, from, to);
      g.empty = empty(d, f, unsorted);
      g.start = unsorted ? g.empty : w == DType.I64 ? 0 : f.identityF64();
      g.wholeStart = start(d, f);
      g.wholeEmpty = unsorted || f == Fold.PROD || f == Fold.SUM ? g.wholeStart : 0;
      g.mean = mean;
      int tiles = Math.toIntExact((width + TILE - 1) / TILE);
      boolean small = ids.length * width < 1 << 16;
      int chunks = small ? 1 : tiles;
      Workers.run(
          chunks,
          chunk ->
              g.columns(
                  small ? 0 : (long) chunk * TILE,
                  small ? width : Math.min(width, (chunk + 1L) * TILE)));
      if (!direct) {
        Wide.narrow(to, d, y.segment(), groups * width);
      }
    }
  }

  /// Returns what a group of no rows holds: as TensorFlow, a finite number where ids come in any
  /// order, else 0 or 1.
  private static double empty(DType d, Fold f, boolean unsorted) {
    return switch (f) {
      case PROD -> 1;
      case MAX -> unsorted && d.isFloating() ? -Panel.greatest(d) : 0;
      case MIN -> unsorted && d.isFloating() ? Panel.greatest(d) : 0;
      default -> 0;
    };
  }

  private static long start(DType d, Fold f) {
    if (f == Fold.PROD) {
      return 1;
    }
    if (f == Fold.SUM || !d.isInteger()) {
      return 0;
    }
    int bits = 8 * d.bytes();
    boolean greatest = f == Fold.MIN;
    if (d.kind() == DType.Kind.UINT) {
      return greatest ? -1L >>> 64 - bits : 0;
    }
    return greatest ? Long.MAX_VALUE >> 64 - bits : Long.MIN_VALUE >> 64 - bits;
  }

  /// One call: what threads share.
  private static final class Groups {
    private final DType w;
    private final Fold f;
    private final long[] ids;
    private final long[] counts;
    private final long width;
    private final boolean unsigned;
    private final MemorySegment x;
    private final MemorySegment y;
    double start;
    double empty;
    long wholeStart;
    long wholeEmpty;
    boolean mean;

    Groups(
        DType w,
        Fold f,
        long[] ids,
        long[] counts,
        long width,
        boolean unsigned,
        MemorySegment x,
        MemorySegment y) {
      this.w = w;
      this.f = f;
      this.ids = ids;
      this.counts = counts;
      this.width = width;
      this.unsigned = unsigned;
      this.x = x;
      this.y = y;
    }

    void columns(long first, long last) {
      for (int g = 0; g < counts.length; g++) {
        set(g * width + first, g * width + last, counts[g] == 0);
      }
      for (int i = 0; i < ids.length; i++) {
        if (ids[i] >= 0) {
          row(i * width + first, ids[i] * width + first, last - first);
        }
      }
      if (mean) {
        for (int g = 0; g < counts.length; g++) {
          divide(g * width + first, g * width + last, Math.max(1, counts[g]));
        }
      }
    }

    private void set(long from, long to, boolean none) {
      for (long i = from; i < to; i++) {
        switch (w) {
          case F32 -> y.setAtIndex(JAVA_FLOAT_UNALIGNED, i, (float) (none ? empty : start));
          case F64 -> y.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, none ? empty : start);
          default -> y.setAtIndex(JAVA_LONG_UNALIGNED, i, none ? wholeEmpty : wholeStart);
        }
      }
    }

    private void row(long from, long to, long n) {
      switch (w) {
        case F32 -> {
          if (f == Fold.SUM) {
            for (long i = 0; i < n; i++) {
              y.setAtIndex(
                  JAVA_FLOAT_UNALIGNED,
                  to + i,
                  y.getAtIndex(JAVA_FLOAT_UNALIGNED, to + i)
                      + x.getAtIndex(JAVA_FLOAT_UNALIGNED, from + i));
            }
          } else {
            for (long i = 0; i < n; i++) {
              y.setAtIndex(
                  JAVA_FLOAT_UNALIGNED,
                  to + i,
                  f.of(
                      y.getAtIndex(JAVA_FLOAT_UNALIGNED, to + i),
                      x.getAtIndex(JAVA_FLOAT_UNALIGNED, from + i)));
            }
          }
        }
        case F64 -> {
          for (long i = 0; i < n; i++) {
            y.setAtIndex(
                JAVA_DOUBLE_UNALIGNED,
                to + i,
                f.of(
                    y.getAtIndex(JAVA_DOUBLE_UNALIGNED, to + i),
                    x.getAtIndex(JAVA_DOUBLE_UNALIGNED, from + i)));
          }
        }
        default -> {
          for (long i = 0; i < n; i++) {
            long a = y.getAtIndex(JAVA_LONG_UNALIGNED, to + i);
            long b = x.getAtIndex(JAVA_LONG_UNALIGNED, from + i);
            y.setAtIndex(JAVA_LONG_UNALIGNED, to + i, two(a, b));
          }
        }
      }
    }

    private long two(long a, long b) {
      return switch (f) {
        case SUM, SQUARES -> a + b;
        case PROD -> a * b;
        case MAX -> (unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b)) >= 0 ? a : b;
        case MIN -> (unsigned ? Long.compareUnsigned(a, b) : Long.compare(a, b)) <= 0 ? a : b;
      };
    }

    private void divide(long from, long to, long n) {
      for (long i = from; i < to; i++) {
        switch (w) {
          case F32 ->
              y.setAtIndex(JAVA_FLOAT_UNALIGNED, i, y.getAtIndex(JAVA_FLOAT_UNALIGNED, i) / n);
          case F64 ->
              y.setAtIndex(JAVA_DOUBLE_UNALIGNED, i, y.getAtIndex(JAVA_DOUBLE_UNALIGNED, i) / n);
          default -> {
            long v = y.getAtIndex(JAVA_LONG_UNALIGNED, i);
            y.setAtIndex(JAVA_LONG_UNALIGNED, i, unsigned ? Long.divideUnsigned(v, n) : v / n);
          }
        }
      }
    }
  }

  private static void complexProd(Tensor x, long[] ids, Tensor y, long inner) {
    DType d = x.dtype().real();
    double[] p = new double[Math.toIntExact(2 * y.size())];
    for (int i = 0; i < p.length; i += 2) {
      p[i] = 1;
    }
    for (int r = 0; r < ids.length; r++) {
      for (long i = 0; ids[r] >= 0 && i < inner; i++) {
        int to = (int) (2 * (ids[r] * inner + i));
        double a = Wide.number(x.segment(), d, 2 * (r * inner + i));
        double b = Wide.number(x.segment(), d, 2 * (r * inner + i) + 1);
        double re = p[to] * a - p[to + 1] * b;
        p[to + 1] = p[to] * b + p[to + 1] * a;
        p[to] = re;
      }
    }
    for (int i = 0; i < p.length; i++) {
      Values.put(y.segment(), d, i, p[i]);
    }
  }
}
