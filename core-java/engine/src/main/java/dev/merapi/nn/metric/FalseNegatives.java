package dev.merapi.nn.metric;

/// Counts labels of 1 with a prediction that is not above the threshold.
///
/// Several thresholds give as many counts; 0.5 is the default.
public final class FalseNegatives extends CountMetric {
  public FalseNegatives() {
    super("false_negatives", Confusion.Count.FALSE_NEGATIVES);
  }

  public FalseNegatives(double... thresholds) {
    this();
    setThresholds(thresholds);
  }
}
