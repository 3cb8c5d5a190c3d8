package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes `−Σ y_true · log(y_pred)`: for one class out of several, labels being one-hot or
/// shares.
///
/// Fails: `ShapeError` for labels that are class numbers, `ValueError` when negative predictions
/// show that they are scores.
public final class CategoricalCrossentropy extends Loss {
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
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalCrossentropy(
        yTrue, yPred, fromLogits.get(), labelSmoothing.get(), axis.get());
  }

  @Override
  void check(Tensor yTrue, Tensor yPred) {
    Pairing.shares(this, yTrue, yPred, axis.get());
    if (!fromLogits.get()) {
      Pairing.probabilities(this, yPred, false);
    }
  }
}
