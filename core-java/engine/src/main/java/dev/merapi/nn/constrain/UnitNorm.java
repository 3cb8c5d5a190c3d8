package dev.merapi.nn.constrain;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.tensor.Tensor;

/// Gives the vectors along `axis` the length 1.
public final class UnitNorm implements Constraint, HasSettings {
  private final Settings settings = new Settings("UnitNorm");
  private final Setting<int[]> axis = settings.add("axis", Kinds.AXES, new int[] {0});

  public UnitNorm() {}

  public UnitNorm(int... axis) {
    this.axis.set(axis);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor apply(Tensor w) {
    Tensor norms = Norms.of(w, axis.get());
    return Norms.DIV.of(w, Norms.ADD.of(norms, Norms.number(norms, Norms.EPSILON)));
  }
}
