package dev.merapi.nn.metric;

/// Counts labels of 1 with a prediction above the threshold.
///
/// Several thresholds give as many counts; 0.5 is the default.
public final class TruePositives extends CountMetric {
  public TruePositives() {
    super("true_positives", Confusion.Count.TRUE_POSITIVES);
  }

  public TruePositives(double... thresholds) {
    this();
    setThresholds(thresholds);
  }
}
