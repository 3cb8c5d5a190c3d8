package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `mean((log(y_true + 1) − log(y_pred + 1))²)`.
public final class MeanSquaredLogarithmicError extends Elementwise {
  public MeanSquaredLogarithmicError() {
    super("mean_squared_logarithmic_error");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanSquaredLogarithmicError(yTrue, yPred);
  }
}
