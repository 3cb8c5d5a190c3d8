package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Draws evenly between two bounds, the upper one left out.
public final class RandomUniform extends Seeded {
  private final Setting<Double> minval = setting("minval", Kinds.NUMBER, -0.05);
  private final Setting<Double> maxval = setting("maxval", Kinds.NUMBER, 0.05);

  public RandomUniform() {
    super(null);
  }

  public RandomUniform(double minval, double maxval, long seed) {
    this(minval, maxval, Long.valueOf(seed));
  }

  public RandomUniform(double minval, double maxval, @Nullable Long seed) {
    super(seed);
    this.minval.set(minval);
    this.maxval.set(maxval);
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    return RandomApi.statelessUniform(shape.dims(), pair(), minval.get(), maxval.get(), dtype);
  }
}
