package dev.merapi.nn.init;

/// Draws evenly within ±√(6 / inputs); fits ReLU.
public final class HeUniform extends VarianceScaling {
  public HeUniform() {
    super(2, Mode.FAN_IN, Distribution.UNIFORM, null);
  }

  public HeUniform(long seed) {
    super(2, Mode.FAN_IN, Distribution.UNIFORM, seed);
  }
}
