package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Makes pictures brighter or darker by chance, in training.
public final class RandomBrightness extends RandomImage
    implements RandomImageArguments<RandomBrightness> {
  private final Setting<Range> factor = required("factor", Range.kind(-1, 1, false));
  private final Setting<double[]> valueRange =
      setting("value_range", Kinds.NUMBERS, new double[] {0, 255});

  private RandomBrightness() {
    takesSeed();
  }

  /// @param factor by how much at most, to either side, as a part of the range of values
  public RandomBrightness(double factor) {
    this();
    this.factor.set(factor);
  }

  /// @param low by how much at least
  public RandomBrightness(double low, double high) {
    this();
    factor.set(new double[] {low, high});
  }

  /// @param low what pixels are at least
  /// @param high what pixels are at most
  public RandomBrightness valueRange(double low, double high) {
    return with("value_range", new double[] {Math.min(low, high), Math.max(low, high)});
  }

  @Override
  Tensor changed(Tensor x, Chance draw) {
    double[] range = valueRange.get();
    Tensor part = draw.each(x, 3, DType.F32, factor.get());
    Tensor more = Ops.cast(Ops.mul(part, range[1] - range[0]), x.dtype());
    return Ops.min(Ops.max(Ops.add(x, more), range[0]), range[1]);
  }
}
