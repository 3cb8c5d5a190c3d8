package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Sorts numbers into bins of one width, or between given boundaries.
public final class BinCpu {
  private BinCpu() {}

  public static void histogram(Call c) {
    Tensor x = c.in(0);
    DType d = x.dtype();
    MemorySegment s = x.segment();
    MemorySegment range = c.in(1).segment();
    double low = Wide.number(range, d, 0);
    double high = Wide.number(range, d, 1);
    if (!(low < high)) {
      throw c.fault(
              "value_range should satisfy value_range[0] < value_range[1], but got '["
                  + c.in(1).format()
                  + "]'")
          .expected("the lowest number, then the highest")
          .valueError();
    }
    int bins = c.out(0).shape().dim(0);
    long[] counts = new long[bins];
    // Differences are rounded to float32 where values are: so TensorFlow decides at the edges.
    double step = difference(d, high, low) / bins;
    for (long i = 0; i < x.size(); i++) {
      double v = Wide.number(s, d, i);
      if (v != v) {
        throw c.fault("Histogram values must not contain NaN")
            .given("value " + i + " is NaN")
            .expected("numbers")
            .valueError();
      }
      counts[(int) Math.min(difference(d, Math.max(v, low), low) / step, bins - 1)]++;
    }
    Panel.store(counts, c.out(0).segment(), c.out(0).dtype(), 0, bins);
  }

  private static double difference(DType d, double a, double b) {
    return d == DType.F32 ? (float) (a - b) : a - b;
  }

  /// Finds how many boundaries do not exceed each number; none exceeds NaN.
  public static void buckets(Call c) {
    Tensor x = c.in(0);
    MemorySegment s = x.segment();
    MemorySegment y = c.out(0).segment();
    float[] boundaries = c.attrs.floats("boundaries");
    if (x.dtype() == DType.F32) {
      for (long i = 0; i < x.size(); i++) {
        y.setAtIndex(JAVA_INT, i, bucket(boundaries, s.getAtIndex(JAVA_FLOAT, i)));
      }
    } else {
      for (long i = 0; i < x.size(); i++) {
        y.setAtIndex(JAVA_INT, i, bucket(boundaries, Wide.number(s, x.dtype(), i)));
      }
    }
  }

  private static int bucket(float[] boundaries, double v) {
    int low = 0;
    int high = boundaries.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (v < boundaries[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
