package dev.merapi.nn.init;

/// Draws from a truncated normal distribution of variance 2 / (inputs + outputs).
public final class GlorotNormal extends VarianceScaling {
  public GlorotNormal() {
    super(1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL, null);
  }

  public GlorotNormal(long seed) {
    super(1, Mode.FAN_AVG, Distribution.TRUNCATED_NORMAL, seed);
  }
}
