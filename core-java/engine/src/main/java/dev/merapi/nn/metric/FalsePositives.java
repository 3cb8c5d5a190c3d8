package dev.merapi.nn.metric;

/// Counts labels of 0 with a prediction above the threshold.
///
/// Several thresholds give as many counts; 0.5 is the default.
public final class FalsePositives extends CountMetric {
  public FalsePositives() {
    super("false_positives", Confusion.Count.FALSE_POSITIVES);
  }

  public FalsePositives(double... thresholds) {
    this();
    setThresholds(thresholds);
  }
}
