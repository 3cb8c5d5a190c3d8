package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `(y_true − y_pred)²`.
public final class MeanSquaredError extends MeanMetric {
  public MeanSquaredError() {
    super("mean_squared_error");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredError(yTrue, yPred);
  }
}
