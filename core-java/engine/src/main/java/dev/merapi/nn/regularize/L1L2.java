package dev.merapi.nn.regularize;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Adds `l1 · Σ |x| + l2 · Σ x²`; both weights are 0 by default.
public final class L1L2 implements Regularizer, HasSettings {
  private static final OpRef ADD = OpRef.to("AddV2");

  private final Settings settings = new Settings("L1L2");
  private final Setting<Double> l1 = settings.add("l1", Penalty.WEIGHT, 0.0);
  private final Setting<Double> l2 = settings.add("l2", Penalty.WEIGHT, 0.0);

  public L1L2() {}

  /// @param l1 0 or more
  /// @param l2 0 or more
  public L1L2(double l1, double l2) {
    this.l1.set(l1);
    this.l2.set(l2);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor apply(Tensor x) {
    if (l1.get() == 0 && l2.get() == 0) {
      return Values.filled(new Spec(x.dtype(), Shape.SCALAR), 0);
    }
    if (l1.get() == 0) {
      return Penalty.squares(x, l2.get());
    }
    Tensor sizes = Penalty.sizes(x, l1.get());
    return l2.get() == 0 ? sizes : ADD.of(sizes, Penalty.squares(x, l2.get()));
  }
}
