package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `−(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`.
public final class BinaryCrossentropy extends MeanMetric {
  private final Setting<Boolean> fromLogits = setting("from_logits", Kinds.FLAG, false);
  private final Setting<Double> labelSmoothing = setting("label_smoothing", Kinds.SHARE, 0.0);

  public BinaryCrossentropy() {
    super("binary_crossentropy");
  }

  /// @param fromLogits whether predictions are scores, before the last activation
  public BinaryCrossentropy(boolean fromLogits) {
    this();
    this.fromLogits.set(fromLogits);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.binaryCrossentropy(yTrue, yPred, fromLogits.get(), labelSmoothing.get(), -1);
  }
}
