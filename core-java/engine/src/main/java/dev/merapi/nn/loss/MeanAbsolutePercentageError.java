package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `100 · mean(|y_true − y_pred| / max(|y_true|, ε))`.
public final class MeanAbsolutePercentageError extends Elementwise {
  public MeanAbsolutePercentageError() {
    super("mean_absolute_percentage_error");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.meanAbsolutePercentageError(yTrue, yPred);
  }
}
