package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes how often the class of the one-hot label is among the `k` largest predictions.
public final class TopKCategoricalAccuracy extends MeanMetric {
  private final Setting<Integer> k = setting("k", Kinds.POSITIVE, 5);

  public TopKCategoricalAccuracy() {
    super("top_k_categorical_accuracy");
  }

  public TopKCategoricalAccuracy(int k) {
    this();
    this.k.set(k);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.topKCategoricalAccuracy(yTrue, yPred, k.get());
  }
}
