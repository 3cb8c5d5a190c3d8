package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Changes how far pixels lie from the mean of their channel, by chance, in training.
public final class RandomContrast extends RandomImage
    implements RandomImageArguments<RandomContrast> {
  private final Setting<Range> factor = required("factor", Range.kind(0, 1, false));
  private final Setting<double[]> valueRange =
      setting("value_range", Kinds.NUMBERS, new double[] {0, 255});

  private RandomContrast() {
    takesSeed();
  }

  /// @param factor how much more contrast at most
  public RandomContrast(double factor) {
    this();
    this.factor.set(factor);
  }

  /// @param less how much less contrast at most; must not be above `more`, as in Keras
  /// @param more how much more contrast at most
  public RandomContrast(double less, double more) {
    this();
    factor.set(new double[] {less, more});
  }

  /// @param low what pixels are at least
  /// @param high what pixels are at most
  public RandomContrast valueRange(double low, double high) {
    return with("value_range", new double[] {low, high});
  }

  @Override
  Tensor changed(Tensor x, Chance draw) {
    Range r = factor.get();
    Tensor times = draw.each(x, 3, x.dtype(), 1 - r.low(), 1 + r.high());
    Tensor mean = Ops.mean(Ops.mean(x, true, 1), true, 2);
    Tensor y = Ops.add(Ops.mul(Ops.sub(x, mean), times), mean);
    return Ops.min(Ops.max(y, valueRange.get()[0]), valueRange.get()[1]);
  }
}
