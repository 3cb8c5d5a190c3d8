package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.loss.Losses;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The numbers that predictions must exceed to count as positive.
final class Thresholds {
  /// What no prediction can fail to exceed.
  static final double LOWEST = -1e10;

  /// One number or several, each from 0 to 1; written as it was given.
  static final Kind<Object> KIND =
      new Kind<>() {
        @Override
        public Object read(@Nullable Object given) {
          if (given instanceof Number n) {
            return Kinds.SHARE.read(n);
          }
          List<Double> all = Kinds.items(given).stream().map(Kinds.SHARE::read).toList();
          if (all.isEmpty()) {
            throw new Misfit("none at all");
          }
          return all;
        }

        @Override
        public String expected() {
          return "a number from 0 to 1, or several";
        }
      };

  private final double[] values;
  private final boolean even;

  private Thresholds(double[] values, boolean even) {
    this.values = values;
    this.even = even;
  }

  /// @param given as [#KIND] reads it; null for `byDefault`
  static Thresholds of(@Nullable Object given, double byDefault) {
    double[] all =
        switch (given) {
          case null -> new double[] {byDefault};
          case Number n -> new double[] {n.doubleValue()};
          default -> Kinds.NUMBERS.read(given);
        };
    return new Thresholds(all, isEven(all));
  }

  /// Returns `n` thresholds from 0 to 1 at equal distances.
  static Thresholds spread(int n) {
    if (n == 1) {
      return new Thresholds(new double[] {0.5}, false);
    }
    double[] all = new double[n];
    for (int i = 0; i < n; i++) {
      all[i] = (double) i / (n - 1);
    }
    return new Thresholds(all, true);
  }

  /// Returns thresholds with one more below 0 and one above 1, between which everything lies.
  static Thresholds around(double[] inner) {
    double[] sorted = inner.clone();
    Arrays.sort(sorted);
    double[] all = new double[sorted.length + 2];
    System.arraycopy(sorted, 0, all, 1, sorted.length);
    all[all.length - 1] = 1;
    boolean even = isEven(all);
    all[0] = -Losses.EPSILON;
    all[all.length - 1] = 1 + Losses.EPSILON;
    return new Thresholds(all, even);
  }

  /// NumPy's `allclose` to equal distances, with Keras's bound.
  private static boolean isEven(double[] t) {
    if (t.length < 3) {
      return false;
    }
    for (int i = 0; i < t.length; i++) {
      float at = (float) i / (t.length - 1);
      if (!(Math.abs(t[i] - at) <= Losses.EPSILON + 1e-5 * Math.abs(at))) {
        return false;
      }
    }
    return true;
  }

  double[] values() {
    return values;
  }

  int count() {
    return values.length;
  }

  /// Tells whether the place of a prediction among the thresholds can be computed.
  boolean isEven() {
    return even;
  }

  /// Tells whether even 0 exceeds the first.
  boolean startsBelowZero() {
    return values[0] < 0 || values[values.length - 1] > 1;
  }
}
