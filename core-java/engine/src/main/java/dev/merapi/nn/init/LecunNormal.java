package dev.merapi.nn.init;

/// Draws from a truncated normal distribution of variance 1 / inputs; fits SELU.
public final class LecunNormal extends VarianceScaling {
  public LecunNormal() {
    super(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, null);
  }

  public LecunNormal(long seed) {
    super(1, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, seed);
  }
}
