package dev.merapi.nn.metric;

import org.jspecify.annotations.Nullable;

/// Computes the harmonic mean of precision and recall: `2 · p · r / (p + r)`; see [FBetaScore].
public final class F1Score extends FScore {
  public F1Score() {
    super("f1_score");
  }

  /// @param average `micro`, `macro`, `weighted` or null
  public F1Score(@Nullable String average) {
    this();
    setAverage(average);
  }

  @Override
  double beta() {
    return 1;
  }
}
