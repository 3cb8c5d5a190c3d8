package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `mean(log(cosh(y_pred − y_true)))`.
public final class LogCosh extends Elementwise {
  public LogCosh() {
    super("log_cosh");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.logCosh(yTrue, yPred);
  }
}
