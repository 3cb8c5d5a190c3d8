package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.Arrays;

/// Kernels that make values from a few numbers.
public final class FillCpu {
  private static final byte[] NO_TEXT = {};

  private FillCpu() {}

  /// Fills a tensor with 0 or 1; strings become empty.
  public static void number(Tensor t, double x) {
    if (t.dtype() == DType.STRING) {
      Arrays.fill(t.strings(), NO_TEXT);
    } else if (x == 0) {
      t.segment().fill((byte) 0);
    } else if (t.size() > 0) {
      Values.put(t.segment(), t.dtype(), 0, x);
      spread(t.segment(), t.dtype().bytes());
    }
  }

  /// Repeats the first `one` bytes over the whole segment by doubling.
  private static void spread(MemorySegment s, long one) {
    long all = s.byteSize();
    for (long done = one; done < all; done *= 2) {
      MemorySegment.copy(s, 0, s, done, Math.min(done, all - done));
    }
  }

  /// Returns how many values a Range counts.
  public static int rangeLength(Call c) {
    DType t = c.dtype(0);
    double n;
    if (t.isFloating()) {
      double start = c.in(0).item();
      double limit = c.in(1).item();
      double delta = c.in(2).item();
      direction(c, delta, start > limit, start < limit, text(start) + "/" + text(limit));
      n = Math.ceil(Math.abs((limit - start) / delta));
    } else {
      boolean unsigned = t == DType.U64;
      BigInteger start = whole(c.in(0), unsigned);
      BigInteger limit = whole(c.in(1), unsigned);
      BigInteger delta = whole(c.in(2), unsigned);
      int order = start.compareTo(limit);
      direction(c, delta.signum(), order > 0, order < 0, start + "/" + limit);
      BigInteger size = delta.abs();
      n = limit.subtract(start).abs().add(size).subtract(BigInteger.ONE).divide(size).doubleValue();
    }
    if (!(n <= Integer.MAX_VALUE)) {
      throw c.fault("Requires ((limit - start) / delta) <= " + Integer.MAX_VALUE)
          .expected("fewer values")
          .valueError();
    }
    return (int) n;
  }

  private static BigInteger whole(Tensor t, boolean unsigned) {
    long v = t.longValue();
    return unsigned ? new BigInteger(Long.toUnsignedString(v)) : BigInteger.valueOf(v);
  }

  private static void direction(Call c, double delta, boolean above, boolean below, String ends) {
    if (delta == 0) {
      throw c.fault("Requires delta != 0: 0").expected("a step other than 0").valueError();
    }
    if (delta > 0 && above) {
      throw c.fault("Requires start <= limit when delta > 0: " + ends)
          .expected("start up to limit")
          .fix("count down with a negative delta")
          .valueError();
    }
    if (delta < 0 && below) {
      throw c.fault("Requires start >= limit when delta < 0: " + ends)
          .expected("start down to limit")
          .fix("count up with a positive delta")
          .valueError();
    }
  }

  private static String text(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }

  /// Counts as TensorFlow does: value i is start + i·delta in the output's own type.
  public static void range(Call c) {
    // Lengths that depend on values of a trace are known only here.
    Tensor y = c.outSpec(0).shape().isKnown() ? c.out(0) : c.out(0, Shape.of(rangeLength(c)));
    int n = (int) y.size();
    MemorySegment s = y.segment();
    switch (y.dtype()) {
      case F32 -> {
        float start = c.in(0).floatValue();
        float delta = c.in(2).floatValue();
        for (int i = 0; i < n; i++) {
          s.setAtIndex(ValueLayout.JAVA_FLOAT, i, start + i * delta);
        }
      }
      case F64 -> {
        double start = c.in(0).item();
        double delta = c.in(2).item();
        for (int i = 0; i < n; i++) {
          s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, start + i * delta);
        }
      }
      case F16, BF16 -> {
        boolean half = y.dtype() == DType.F16;
        float start = c.in(0).floatValue();
        float delta = c.in(2).floatValue();
        for (int i = 0; i < n; i++) {
          // Each step is rounded to 16 bits, as arithmetic in the type itself would be.
          float index = half ? Half.fromF16(Half.toF16(i)) : Half.fromBf16(Half.toBf16(i));
          float step = index * delta;
          step = half ? Half.fromF16(Half.toF16(step)) : Half.fromBf16(Half.toBf16(step));
          float v = start + step;
          s.setAtIndex(ValueLayout.JAVA_SHORT, i, half ? Half.toF16(v) : Half.toBf16(v));
        }
      }
      default -> {
        long start = c.in(0).longValue();
        long delta = c.in(2).longValue();
        for (int i = 0; i < n; i++) {
          Numbers.put(s, y.dtype(), i, start + i * delta);
        }
      }
    }
  }

  /// Spaces values evenly; the last is exactly stop.
  public static void linSpace(Call c) {
    Tensor y = c.outSpec(0).shape().isKnown() ? c.out(0) : c.out(0, Shape.of(c.in(2).intValue()));
    int n = (int) y.size();
    MemorySegment s = y.segment();
    double start = c.in(0).item();
    double stop = c.in(1).item();
    if (y.dtype() == DType.F64) {
      double step = n > 1 ? (stop - start) / (n - 1) : 0;
      for (int i = 0; i < n; i++) {
        s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, start + step * i);
      }
    } else {
      // Steps of float32 and smaller types are exact enough in float64, and rounded once.
      double step = n > 1 ? (stop - start) / (n - 1) : 0;
      for (int i = 0; i < n; i++) {
        Values.put(s, y.dtype(), i, start + step * i);
      }
    }
    if (n > 1) {
      Values.put(s, y.dtype(), n - 1, stop);
    }
  }

  /// Fills with the off value, then sets one element for each index inside the depth.
  public static void oneHot(Call c) {
    int depth = c.in(1).intValue();
    Tensor x = c.in(0);
    int axis = c.attrs.i("axis");
    int[] d = x.shape().rawDims();
    int at = axis < 0 ? d.length : axis;
    Tensor y = c.out(0);
    Numbers.repeat(c.in(3), 0, y);
    long inner = 1;
    for (int i = at; i < d.length; i++) {
      inner *= d[i];
    }
    long n = x.size();
    MemorySegment s = x.segment();
    boolean text = y.dtype() == DType.STRING;
    int w = y.dtype().bytes();
    for (long i = 0; i < n; i++) {
      long k = Numbers.get(s, x.dtype(), i);
      if (k < 0 || k >= depth) {
        continue;
      }
      long p = (i / inner * depth + k) * inner + i % inner;
      if (text) {
        y.strings()[(int) p] = c.in(2).strings()[0];
      } else {
        MemorySegment.copy(c.in(2).segment(), 0, y.segment(), p * w, w);
      }
    }
  }

  public static void invertPermutation(Call c) {
    int[] p = c.in(0).toIntArray();
    int n = p.length;
    int[] q = new int[n];
    Arrays.fill(q, -1);
    for (int i = 0; i < n; i++) {
      if (p[i] < 0 || p[i] >= n) {
        throw c.fault(p[i] + " is not between 0 and " + n)
            .expected("each number from 0 to " + (n - 1) + " once")
            .valueError();
      }
      if (q[p[i]] >= 0) {
        throw c.fault(p[i] + " is duplicated in the input.")
            .expected("each number from 0 to " + (n - 1) + " once")
            .valueError();
      }
      q[p[i]] = i;
    }
    Numbers.write(c.out(0), q);
  }
}
