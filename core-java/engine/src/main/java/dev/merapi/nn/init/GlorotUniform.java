package dev.merapi.nn.init;

/// Draws evenly within ±√(6 / (inputs + outputs)); Keras' default for layers.
public final class GlorotUniform extends VarianceScaling {
  public GlorotUniform() {
    super(1, Mode.FAN_AVG, Distribution.UNIFORM, null);
  }

  public GlorotUniform(long seed) {
    super(1, Mode.FAN_AVG, Distribution.UNIFORM, seed);
  }
}
