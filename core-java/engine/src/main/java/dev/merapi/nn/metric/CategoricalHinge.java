package dev.merapi.nn.metric;

import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `max(neg − pos + 1, 0)` with `pos = Σ y_true · y_pred`, `neg = max((1 −
/// y_true) · y_pred)`.
public final class CategoricalHinge extends MeanMetric {
  public CategoricalHinge() {
    super("categorical_hinge");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalHinge(yTrue, yPred);
  }
}
