package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `mean((y_true − y_pred)²)`.
public final class MeanSquaredError extends Elementwise {
  public MeanSquaredError() {
    super("mean_squared_error");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredError(yTrue, yPred);
  }
}
