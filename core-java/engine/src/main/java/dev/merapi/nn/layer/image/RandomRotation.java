package dev.merapi.nn.layer.image;

import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Turns pictures about their middles by chance, in training.
public final class RandomRotation extends Moving implements MovingArguments<RandomRotation> {
  private final Setting<Range> factor = required("factor", Range.kind(-1, 1, false));

  private RandomRotation() {
    moves();
  }

  /// @param factor how far at most, to either side, as a part of a full turn
  public RandomRotation(double factor) {
    this();
    this.factor.set(factor);
  }

  /// @param low smallest part of a full turn; above 0 is counter-clockwise
  public RandomRotation(double low, double high) {
    this();
    factor.set(new double[] {low, high});
  }

  @Override
  Way way(Tensor x, Chance draw) {
    Range r = factor.get();
    Tensor angle = draw.each(x, 1, DType.F32, 360 * r.low(), 360 * r.high());
    return new Way(angle, null, null, null, true);
  }
}
