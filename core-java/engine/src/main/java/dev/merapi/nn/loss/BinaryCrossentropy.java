package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes `−mean(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`: for outputs of which
/// each is a probability of its own.
///
/// Labels are 0 and 1, or shares between. Fails: `ValueError` when predictions outside of 0 to 1
/// show that they are scores.
public final class BinaryCrossentropy extends Elementwise {
  private final Setting<Boolean> fromLogits = setting("from_logits", Kinds.FLAG, false);
  private final Setting<Double> labelSmoothing = setting("label_smoothing", Kinds.SHARE, 0.0);
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public BinaryCrossentropy() {
    super("binary_crossentropy");
  }

  /// @param fromLogits whether predictions are scores, before the last activation
  public BinaryCrossentropy(boolean fromLogits) {
    this();
    this.fromLogits.set(fromLogits);
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.binaryCrossentropy(
        yTrue, yPred, fromLogits.get(), labelSmoothing.get(), axis.get());
  }

  @Override
  void check(Tensor yTrue, Tensor yPred) {
    Pairing.equalShape(this, yTrue, yPred);
    if (!fromLogits.get()) {
      Pairing.probabilities(this, yPred, true);
    }
  }
}
