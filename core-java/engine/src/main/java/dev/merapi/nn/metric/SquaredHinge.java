package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `max(1 − y_true · y_pred, 0)²`; labels are −1 and 1, or 0 and 1.
public final class SquaredHinge extends MeanMetric {
  public SquaredHinge() {
    super("squared_hinge");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.squaredHinge(yTrue, yPred);
  }
}
