package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes `max(neg − pos + 1, 0)` with `pos = Σ y_true · y_pred`, `neg = max((1 − y_true) ·
/// y_pred)`.
public final class CategoricalHinge extends Elementwise {
  public CategoricalHinge() {
    super("categorical_hinge");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalHinge(yTrue, yPred);
  }
}
