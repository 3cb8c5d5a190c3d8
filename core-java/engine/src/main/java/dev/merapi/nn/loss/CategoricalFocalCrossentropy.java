package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes a cross-entropy of classes in which samples that are right already count little.
///
/// Source: Lin et al., "Focal loss for dense object detection", ICCV 2017.
public final class CategoricalFocalCrossentropy extends Loss {
  private final Setting<Boolean> fromLogits = setting("from_logits", Kinds.FLAG, false);
  private final Setting<Double> labelSmoothing = setting("label_smoothing", Kinds.SHARE, 0.0);
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);
  private final Setting<Double> alpha = setting("alpha", Kinds.NUMBER, 0.25);
  private final Setting<Double> gamma = setting("gamma", Kinds.NUMBER, 2.0);

  public CategoricalFocalCrossentropy() {
    super("categorical_focal_crossentropy");
  }

  /// @param fromLogits whether predictions are scores, before the last activation
  public CategoricalFocalCrossentropy(boolean fromLogits) {
    this();
    this.fromLogits.set(fromLogits);
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalFocalCrossentropy(
        yTrue, yPred, alpha.get(), gamma.get(), fromLogits.get(), labelSmoothing.get(), axis.get());
  }

  @Override
  void check(Tensor yTrue, Tensor yPred) {
    Pairing.shares(this, yTrue, yPred, axis.get());
    if (!fromLogits.get()) {
      Pairing.probabilities(this, yPred, false);
    }
  }
}
