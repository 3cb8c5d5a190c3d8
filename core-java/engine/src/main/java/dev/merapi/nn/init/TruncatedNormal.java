package dev.merapi.nn.init;

import dev.merapi.facade.RandomApi;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Draws from the normal distribution, again where a number lies beyond two deviations.
public final class TruncatedNormal extends Seeded {
  private final double mean;
  private final double stddev;

  public TruncatedNormal() {
    this(0, 0.05, null);
  }

  public TruncatedNormal(double mean, double stddev, long seed) {
    this(mean, stddev, Long.valueOf(seed));
  }

  public TruncatedNormal(double mean, double stddev, @Nullable Long seed) {
    super(seed);
    this.mean = mean;
    this.stddev = stddev;
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    onlyFloats(dtype);
    return RandomApi.statelessTruncatedNormal(shape.dims(), pair(), mean, stddev, dtype);
  }
}
