package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `100 · |y_true − y_pred| / max(|y_true|, ε)`.
public final class MeanAbsolutePercentageError extends MeanMetric {
  public MeanAbsolutePercentageError() {
    super("mean_absolute_percentage_error");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsolutePercentageError(yTrue, yPred);
  }
}
