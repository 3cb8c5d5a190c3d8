package dev.merapi.nn.init;

import org.jspecify.annotations.Nullable;

/// Draws from a truncated normal distribution of variance 2 / (inputs + outputs).
public final class GlorotNormal extends VarianceScaling {
  public GlorotNormal() {
    this(null);
  }

  public GlorotNormal(long seed) {
    this(Long.valueOf(seed));
  }

  public GlorotNormal(@Nullable Long seed) {
    super(1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL, seed);
  }
}
