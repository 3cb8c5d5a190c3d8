package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `Σ y_true · log(y_true / y_pred)`.
public final class KLDivergence extends Elementwise {
  public KLDivergence() {
    super("kl_divergence");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.klDivergence(yTrue, yPred);
  }
}
