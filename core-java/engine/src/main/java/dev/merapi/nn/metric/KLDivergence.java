package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `Σ y_true · log(y_true / y_pred)`.
public final class KLDivergence extends MeanMetric {
  public KLDivergence() {
    super("kl_divergence");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.klDivergence(yTrue, yPred);
  }
}
