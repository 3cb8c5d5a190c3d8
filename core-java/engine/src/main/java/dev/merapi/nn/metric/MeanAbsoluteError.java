package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `|y_true − y_pred|`.
public final class MeanAbsoluteError extends MeanMetric {
  public MeanAbsoluteError() {
    super("mean_absolute_error");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsoluteError(yTrue, yPred);
  }
}
