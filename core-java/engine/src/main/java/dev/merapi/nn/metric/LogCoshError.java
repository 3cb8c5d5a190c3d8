package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `log(cosh(y_pred − y_true))`.
public final class LogCoshError extends MeanMetric {
  public LogCoshError() {
    super("logcosh");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.logCosh(yTrue, yPred);
  }
}
