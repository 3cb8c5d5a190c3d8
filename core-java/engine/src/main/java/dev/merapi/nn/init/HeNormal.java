package dev.merapi.nn.init;

import org.jspecify.annotations.Nullable;

/// Draws from a truncated normal distribution of variance 2 / inputs; fits ReLU.
public final class HeNormal extends VarianceScaling {
  public HeNormal() {
    this(null);
  }

  public HeNormal(long seed) {
    this(Long.valueOf(seed));
  }

  public HeNormal(@Nullable Long seed) {
    super(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, seed);
  }
}
