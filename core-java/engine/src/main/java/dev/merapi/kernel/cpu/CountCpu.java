package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Counts how often each number occurs, or adds up weights.
public final class CountCpu {
  private CountCpu() {}

  /// Counts within each row of `rows`; with `binary` only whether a number occurs. Numbers past the
  /// end are left out.
  public static void run(Call c, boolean binary) {
    Tensor x = c.in(0);
    Tensor weights = c.in(2);
    Tensor y = c.out(0);
    DType d = y.dtype();
    int bins = y.shape().dim(-1);
    long rows = y.rank() == 2 ? y.shape().dim(0) : 1;
    long width = rows == 0 ? 0 : x.size() / rows;
    boolean weighted = weights.size() != 0 && !binary;
    double[] sums = new double[bins];
    long[] whole = new long[bins];
    for (long r = 0; r < rows; r++) {
      java.util.Arrays.fill(sums, 0);
      java.util.Arrays.fill(whole, 0);
      for (long i = r * width; i < (r + 1) * width; i++) {
        long v = Wide.whole(x.segment(), x.dtype(), i);
        if (v < 0) {
          throw c.fault("Input arr must be non-negative!")
              .expected("numbers of 0 or more; element " + i + " is " + v)
              .valueError();
        }
        if (v >= bins) {
          continue;
        }
        int b = (int) v;
        if (d.isFloating()) {
          double w = weighted ? Wide.number(weights.segment(), d, i) : 1;
          sums[b] = binary ? 1 : sums[b] + w;
        } else {
          long w = weighted ? Wide.whole(weights.segment(), d, i) : 1;
          whole[b] = binary ? 1 : whole[b] + w;
        }
      }
      for (int b = 0; b < bins; b++) {
        if (d.isFloating()) {
          Values.put(y.segment(), d, r * bins + b, sums[b]);
        }
      }
      if (!d.isFloating()) {
        Panel.store(whole, y.segment(), d, r * bins, bins);
      }
    }
  }
}
