package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `mean(max(1 − y_true · y_pred, 0))`; labels are −1 and 1, or 0 and 1.
public final class Hinge extends Elementwise {
  public Hinge() {
    super("hinge");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.hinge(yTrue, yPred);
  }
}
