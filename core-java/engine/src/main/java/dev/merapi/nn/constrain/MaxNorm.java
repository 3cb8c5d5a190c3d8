package dev.merapi.nn.constrain;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.tensor.Tensor;

/// Shortens the vectors along `axis` that are longer than `max_value`.
///
/// In a `Dense` kernel `(inputs, units)` axis 0 stands for the weights of one unit, in a `Conv2D`
/// kernel axes 0, 1, 2 for those of one filter.
public final class MaxNorm implements Constraint, HasSettings {
  private final Settings settings = new Settings("MaxNorm");
  private final Setting<Double> maxValue = settings.add("max_value", Kinds.NUMBER, 2.0);
  private final Setting<int[]> axis = settings.add("axis", Kinds.AXES, new int[] {0});

  public MaxNorm() {}

  public MaxNorm(double maxValue, int... axis) {
    this.maxValue.set(maxValue);
    if (axis.length > 0) {
      this.axis.set(axis);
    }
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor apply(Tensor w) {
    Tensor norms = Norms.of(w, axis.get());
    return Norms.scaled(w, norms, Norms.clipped(norms, 0, maxValue.get()));
  }
}
