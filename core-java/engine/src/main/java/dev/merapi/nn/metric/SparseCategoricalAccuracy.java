package dev.merapi.nn.metric;

import dev.merapi.tensor.Tensor;

/// Computes how often the largest prediction is the one that the label numbers.
public final class SparseCategoricalAccuracy extends MeanMetric {
  public SparseCategoricalAccuracy() {
    super("sparse_categorical_accuracy");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.sparseCategoricalAccuracy(yTrue, yPred);
  }
}
