package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes how far vectors of one class are apart, and those of different classes together.
///
/// Shapes: predictions `(batch, size)`, of length 1 each; labels `(batch,)` or `(batch, 1)` class
/// numbers. Source: Sun et al., "Circle loss: a unified perspective of pair similarity
/// optimization", CVPR 2020.
public final class Circle extends Loss {
  private final Setting<Double> gamma = setting("gamma", Kinds.NUMBER, 80.0);
  private final Setting<Double> margin = setting("margin", Kinds.NUMBER, 0.4);
  private final Setting<Boolean> removeDiagonal = setting("remove_diagonal", Kinds.FLAG, true);

  public Circle() {
    super("circle");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.circle(yTrue, yPred, gamma.get(), margin.get(), removeDiagonal.get());
  }

  @Override
  boolean takesWholeLabels() {
    return true;
  }
}
