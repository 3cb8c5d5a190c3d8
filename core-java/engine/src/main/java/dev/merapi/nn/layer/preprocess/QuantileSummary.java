package dev.merapi.nn.layer.preprocess;

import java.util.Arrays;
import java.util.Comparator;

/// Remembers the spread of numbers in few of them: values in ascending order, each with how many it
/// stands for. Batches are summarized, merged and thinned out again.
///
/// Rounds to float32 where Keras does, so that the same bounds come out.
final class QuantileSummary {
  private final float[] values;
  private final float[] weights;

  private QuantileSummary(float[] values, float[] weights) {
    this.values = values;
    this.weights = weights;
  }

  static QuantileSummary empty() {
    return new QuantileSummary(new float[0], new float[0]);
  }

  /// Returns this and what `data` tells.
  ///
  /// @param error share of the numbers by which a quantile may be off
  QuantileSummary and(float[] data, double error) {
    float[] sorted = data.clone();
    Arrays.sort(sorted);
    double step = Math.max(sorted.length / (1.0 / error), 1);
    int first = (int) (step - 1);
    int every = (int) step;
    int n = sorted.length <= first ? 0 : (sorted.length - 1 - first) / every + 1;
    int all = n + values.length;
    float[] v = new float[all];
    float[] w = new float[all];
    for (int i = 0; i < n; i++) {
      v[i] = sorted[first + i * every];
      w[i] = (float) step;
    }
    System.arraycopy(values, 0, v, n, values.length);
    System.arraycopy(weights, 0, w, n, values.length);
    Integer[] order = new Integer[all];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> v[i]));
    float[] sv = new float[all];
    float[] sw = new float[all];
    for (int i = 0; i < all; i++) {
      sv[i] = v[order[i]];
      sw[i] = w[order[i]];
    }
    return new QuantileSummary(sv, sw).thinned(error);
  }

  /// Returns a summary of evenly spaced quantiles, about `1 / error` of them.
  private QuantileSummary thinned(double error) {
    if (values.length * error < 1) {
      return this;
    }
    float[] sums = new float[weights.length];
    float sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += weights[i];
      sums[i] = sum;
    }
    float[] shares = new float[sums.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = sums[i] / sum;
    }
    int n = (int) Math.ceil(1.0 / error);
    float[] v = new float[n];
    float[] w = new float[n];
    double before = 0;
    for (int i = 0; i < n; i++) {
      double share = error + i * error;
      double upTo = between(share, shares, sums);
      v[i] = (float) between(share, shares, values);
      w[i] = (float) (upTo - before);
      before = upTo;
    }
    return new QuantileSummary(v, w);
  }

  /// Returns the bounds between `bins` bins of equally many numbers.
  double[] bounds(int bins) {
    float[] v = thinned(1.0 / bins).values;
    double[] bounds = new double[Math.max(0, v.length - 1)];
    for (int i = 0; i < bounds.length; i++) {
      bounds[i] = v[i];
    }
    return bounds;
  }

  /// Goes straight from point to point; beyond the ends stays what is there.
  private static double between(double x, float[] xs, float[] ys) {
    int last = xs.length - 1;
    if (x >= xs[last]) {
      return ys[last];
    }
    if (x < xs[0]) {
      return ys[0];
    }
    // The last point not above x, so that of several equal ones the last counts.
    int lo = 0;
    int hi = last;
    while (hi - lo > 1) {
      int mid = lo + hi >>> 1;
      if (x >= xs[mid]) {
        lo = mid;
      } else {
        hi = mid;
      }
    }
    double slope = ((double) ys[lo + 1] - ys[lo]) / ((double) xs[lo + 1] - xs[lo]);
    return slope * (x - xs[lo]) + ys[lo];
  }
}
