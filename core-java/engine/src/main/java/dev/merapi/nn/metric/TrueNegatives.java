package dev.merapi.nn.metric;

/// Counts labels of 0 with a prediction that is not above the threshold.
///
/// Several thresholds give as many counts; 0.5 is the default.
public final class TrueNegatives extends CountMetric {
  public TrueNegatives() {
    super("true_negatives", Confusion.Count.TRUE_NEGATIVES);
  }

  public TrueNegatives(double... thresholds) {
    this();
    setThresholds(thresholds);
  }
}
