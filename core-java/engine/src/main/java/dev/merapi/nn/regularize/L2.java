package dev.merapi.nn.regularize;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.tensor.Tensor;

/// Adds `l2 · Σ x²`.
public final class L2 implements Regularizer, HasSettings {
  private final Settings settings = new Settings("L2");
  private final Setting<Double> l2 = settings.add("l2", Penalty.WEIGHT, 0.01);

  public L2() {}

  /// @param l2 0 or more
  public L2(double l2) {
    this.l2.set(l2);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor apply(Tensor x) {
    return Penalty.squares(x, l2.get());
  }
}
