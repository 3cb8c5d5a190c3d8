package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes the best specificity of all thresholds that reach a sensitivity (recall); 0 where none
/// does.
public final class SpecificityAtSensitivity extends BestUnder {
  private final Setting<Double> sensitivity = required("sensitivity", Kinds.SHARE);

  private SpecificityAtSensitivity() {
    super("specificity_at_sensitivity");
  }

  /// @param sensitivity what must be reached, 0 to 1
  public SpecificityAtSensitivity(double sensitivity) {
    this();
    this.sensitivity.set(sensitivity);
  }

  @Override
  double wanted() {
    return sensitivity.get();
  }

  @Override
  Tensor held(Confusion c) {
    return c.recall();
  }

  @Override
  Tensor best(Confusion c) {
    return c.specificity();
  }
}
