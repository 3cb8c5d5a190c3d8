package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Computes `1 − 2 · Σ y_true · y_pred / (Σ y_true + Σ y_pred)`: for the parts of pictures.
///
/// The sums go over all axes, those of the batch too, unless `axis` names some.
public final class Dice extends Elementwise {
  private final Setting<int @Nullable []> axis = setting("axis", Kinds.AXES.orNone(), null);

  public Dice() {
    super("dice");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.dice(yTrue, yPred, axis.get());
  }
}
