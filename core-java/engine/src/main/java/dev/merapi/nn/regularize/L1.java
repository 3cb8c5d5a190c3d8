package dev.merapi.nn.regularize;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.tensor.Tensor;

/// Adds `l1 · Σ |x|`.
public final class L1 implements Regularizer, HasSettings {
  private final Settings settings = new Settings("L1");
  private final Setting<Double> l1 = settings.add("l1", Penalty.WEIGHT, 0.01);

  public L1() {}

  /// @param l1 0 or more
  public L1(double l1) {
    this.l1.set(l1);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor apply(Tensor x) {
    return Penalty.sizes(x, l1.get());
  }
}
