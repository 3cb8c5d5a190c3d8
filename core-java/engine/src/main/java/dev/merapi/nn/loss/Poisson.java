package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `mean(y_pred − y_true · log(y_pred + ε))`.
public final class Poisson extends Elementwise {
  public Poisson() {
    super("poisson");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.poisson(yTrue, yPred);
  }
}
