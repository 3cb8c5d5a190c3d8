package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Draws from the normal distribution.
public final class RandomNormal extends Seeded {
  private final Setting<Double> mean = setting("mean", Kinds.NUMBER, 0.0);
  private final Setting<Double> stddev = setting("stddev", Kinds.NUMBER, 0.05);

  public RandomNormal() {
    super(null);
  }

  public RandomNormal(double mean, double stddev, long seed) {
    this(mean, stddev, Long.valueOf(seed));
  }

  public RandomNormal(double mean, double stddev, @Nullable Long seed) {
    super(seed);
    this.mean.set(mean);
    this.stddev.set(stddev);
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    return RandomApi.statelessNormal(shape.dims(), pair(), mean.get(), stddev.get(), dtype);
  }
}
