package dev.merapi.nn.init;

import org.jspecify.annotations.Nullable;

/// Draws evenly within ±√(6 / (inputs + outputs)); Keras' default for layers.
public final class GlorotUniform extends VarianceScaling {
  public GlorotUniform() {
    this(null);
  }

  public GlorotUniform(long seed) {
    this(Long.valueOf(seed));
  }

  public GlorotUniform(@Nullable Long seed) {
    super(1, Mode.FAN_AVG, Distribution.UNIFORM, seed);
  }
}
