package dev.merapi.nn.metric;

import dev.merapi.tensor.Tensor;

/// Computes how often the largest prediction is the one of the one-hot label.
public final class CategoricalAccuracy extends MeanMetric {
  public CategoricalAccuracy() {
    super("categorical_accuracy");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.categoricalAccuracy(yTrue, yPred);
  }
}
