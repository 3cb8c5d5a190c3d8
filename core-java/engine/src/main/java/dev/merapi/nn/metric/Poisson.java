package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `y_pred − y_true · log(y_pred + ε)`.
public final class Poisson extends MeanMetric {
  public Poisson() {
    super("poisson");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.poisson(yTrue, yPred);
  }
}
