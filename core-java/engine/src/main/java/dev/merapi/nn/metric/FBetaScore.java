package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import org.jspecify.annotations.Nullable;

/// Computes the weighted harmonic mean of precision and recall: `(1 + β²) · p · r / (β² · p + r)`.
///
/// Shapes: labels and predictions `(batch, classes)`. Predictions above `threshold` are positive;
/// without one, the largest of each row. `average` says what becomes of the classes: null keeps a
/// number for each, `macro` takes their mean, `weighted` one by their frequency, `micro` counts all
/// together.
public final class FBetaScore extends FScore {
  private final Setting<Double> beta =
      setting("beta", Kinds.numbers("a number above 0", x -> x > 0), 1.0);

  public FBetaScore() {
    super("fbeta_score");
  }

  /// @param average `micro`, `macro`, `weighted` or null
  /// @param beta how much more recall weighs than precision
  public FBetaScore(@Nullable String average, double beta) {
    this();
    setAverage(average);
    this.beta.set(beta);
  }

  @Override
  double beta() {
    return beta.get();
  }
}
