package dev.merapi.nn.init;

/// Draws from a truncated normal distribution of variance 2 / inputs; fits ReLU.
public final class HeNormal extends VarianceScaling {
  public HeNormal() {
    super(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, null);
  }

  public HeNormal(long seed) {
    super(2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, seed);
  }
}
