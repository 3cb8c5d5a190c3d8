package dev.merapi.nn.layer.noise;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Tensor;

/// Multiplies by normal noise of mean 1 in training, of the deviation that dropping `rate` would
/// cause: √(rate / (1 − rate)).
///
/// Source: Srivastava et al. 2014, "Dropout: A Simple Way to Prevent Neural Networks from
/// Overfitting", section 10.
public final class GaussianDropout extends Noise implements NoiseArguments<GaussianDropout> {
  private GaussianDropout() {
    super("rate", Kinds.numbers("a number from 0 to below 1", r -> r >= 0 && r < 1));
  }

  public GaussianDropout(double rate) {
    this();
    strength.set(rate);
  }

  @Override
  Tensor disturbed(Tensor x, SeedGenerator random) {
    double rate = strength.get();
    double stddev = Math.sqrt(rate / (1 - rate));
    return Ops.mul(x, random.normal(Sizes.of(x), x.dtype(), 1, stddev));
  }
}
