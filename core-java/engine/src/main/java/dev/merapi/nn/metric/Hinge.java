package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `max(1 − y_true · y_pred, 0)`; labels are −1 and 1, or 0 and 1.
public final class Hinge extends MeanMetric {
  public Hinge() {
    super("hinge");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.hinge(yTrue, yPred);
  }
}
