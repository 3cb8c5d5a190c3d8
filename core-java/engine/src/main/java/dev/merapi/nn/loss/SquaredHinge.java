package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `mean(max(1 − y_true · y_pred, 0)²)`; labels are −1 and 1, or 0 and 1.
public final class SquaredHinge extends Elementwise {
  public SquaredHinge() {
    super("squared_hinge");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.squaredHinge(yTrue, yPred);
  }
}
