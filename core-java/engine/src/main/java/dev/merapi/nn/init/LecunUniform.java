package dev.merapi.nn.init;

import org.jspecify.annotations.Nullable;

/// Draws evenly within ±√(3 / inputs).
public final class LecunUniform extends VarianceScaling {
  public LecunUniform() {
    this(null);
  }

  public LecunUniform(long seed) {
    this(Long.valueOf(seed));
  }

  public LecunUniform(@Nullable Long seed) {
    super(1, Mode.FAN_IN, Distribution.UNIFORM, seed);
  }
}
