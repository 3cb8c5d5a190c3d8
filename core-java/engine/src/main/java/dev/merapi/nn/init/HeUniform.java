package dev.merapi.nn.init;

import org.jspecify.annotations.Nullable;

/// Draws evenly within ±√(6 / inputs); fits ReLU.
public final class HeUniform extends VarianceScaling {
  public HeUniform() {
    this(null);
  }

  public HeUniform(long seed) {
    this(Long.valueOf(seed));
  }

  public HeUniform(@Nullable Long seed) {
    super(2, Mode.FAN_IN, Distribution.UNIFORM, seed);
  }
}
