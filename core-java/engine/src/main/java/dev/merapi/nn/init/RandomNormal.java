package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Draws from the normal distribution.
public final class RandomNormal extends Seeded {
  private final double mean;
  private final double stddev;

  public RandomNormal() {
    this(0, 0.05, null);
  }

  public RandomNormal(double mean, double stddev, long seed) {
    this(mean, stddev, Long.valueOf(seed));
  }

  public RandomNormal(double mean, double stddev, @Nullable Long seed) {
    super(seed);
    this.mean = mean;
    this.stddev = stddev;
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    return RandomApi.statelessNormal(shape.dims(), pair(), mean, stddev, dtype);
  }
}
