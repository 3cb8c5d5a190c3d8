package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `−Σ y_true · log(y_pred)`; labels are one-hot or shares.
public final class CategoricalCrossentropy extends MeanMetric {
  private final Setting<Boolean> fromLogits = setting("from_logits", Kinds.FLAG, false);
  private final Setting<Double> labelSmoothing = setting("label_smoothing", Kinds.SHARE, 0.0);
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public CategoricalCrossentropy() {
    super("categorical_crossentropy");
  }

  /// @param fromLogits whether predictions are scores, before the last activation
  public CategoricalCrossentropy(boolean fromLogits) {
    this();
    this.fromLogits.set(fromLogits);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalCrossentropy(
        yTrue, yPred, fromLogits.get(), labelSmoothing.get(), axis.get());
  }
}
