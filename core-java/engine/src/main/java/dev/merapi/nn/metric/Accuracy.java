package dev.merapi.nn.metric;

import dev.merapi.tensor.Tensor;

/// Computes how often predictions equal labels.
public final class Accuracy extends MeanMetric {
  public Accuracy() {
    super("accuracy");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.accuracy(yTrue, yPred);
  }
}
