package dev.merapi.nn.init;

import org.jspecify.annotations.Nullable;

/// Draws from a truncated normal distribution of variance 1 / inputs; fits SELU.
public final class LecunNormal extends VarianceScaling {
  public LecunNormal() {
    this(null);
  }

  public LecunNormal(long seed) {
    this(Long.valueOf(seed));
  }

  public LecunNormal(@Nullable Long seed) {
    super(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, seed);
  }
}
