package dev.merapi.nn.init;

/// Draws evenly within ±√(3 / inputs).
public final class LecunUniform extends VarianceScaling {
  public LecunUniform() {
    super(1, Mode.FAN_IN, Distribution.UNIFORM, null);
  }

  public LecunUniform(long seed) {
    super(1, Mode.FAN_IN, Distribution.UNIFORM, seed);
  }
}
