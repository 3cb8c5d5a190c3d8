package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `mean(|y_true − y_pred|)`.
public final class MeanAbsoluteError extends Elementwise {
  public MeanAbsoluteError() {
    super("mean_absolute_error");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsoluteError(yTrue, yPred);
  }
}
