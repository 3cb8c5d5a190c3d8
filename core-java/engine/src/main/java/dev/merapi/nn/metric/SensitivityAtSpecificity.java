package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes the best recall (sensitivity) of all thresholds that reach a specificity; 0 where none
/// does.
public final class SensitivityAtSpecificity extends BestUnder {
  private final Setting<Double> specificity = required("specificity", Kinds.SHARE);

  private SensitivityAtSpecificity() {
    super("sensitivity_at_specificity");
  }

  /// @param specificity what must be reached, 0 to 1
  public SensitivityAtSpecificity(double specificity) {
    this();
    this.specificity.set(specificity);
  }

  @Override
  double wanted() {
    return specificity.get();
  }

  @Override
  Tensor held(Confusion c) {
    return c.specificity();
  }

  @Override
  Tensor best(Confusion c) {
    return c.recall();
  }
}
