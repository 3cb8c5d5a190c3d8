package dev.merapi.nn.layer.noise;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Tensor;

/// Adds normal noise of mean 0 in training.
public final class GaussianNoise extends Noise implements NoiseArguments<GaussianNoise> {
  private GaussianNoise() {
    super("stddev", Kinds.SHARE);
  }

  /// @param stddev deviation of the noise, 0 to 1
  public GaussianNoise(double stddev) {
    this();
    strength.set(stddev);
  }

  @Override
  Tensor disturbed(Tensor x, SeedGenerator random) {
    return Ops.add(x, random.normal(Sizes.of(x), x.dtype(), 0, strength.get()));
  }
}
