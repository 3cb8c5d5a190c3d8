package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Draws evenly between two bounds, the upper one left out.
public final class RandomUniform extends Seeded {
  private final double minval;
  private final double maxval;

  public RandomUniform() {
    this(-0.05, 0.05, null);
  }

  public RandomUniform(double minval, double maxval, long seed) {
    this(minval, maxval, Long.valueOf(seed));
  }

  public RandomUniform(double minval, double maxval, @Nullable Long seed) {
    super(seed);
    this.minval = minval;
    this.maxval = maxval;
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    return RandomApi.statelessUniform(shape.dims(), pair(), minval, maxval, dtype);
  }
}
