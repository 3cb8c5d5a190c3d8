package dev.merapi.nn.constrain;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.tensor.Tensor;

/// Brings the lengths of the vectors along `axis` between two bounds: all the way with a `rate` of
/// 1, else that share of the way at each step.
public final class MinMaxNorm implements Constraint, HasSettings {
  private final Settings settings = new Settings("MinMaxNorm");
  private final Setting<Double> minValue = settings.add("min_value", Kinds.NUMBER, 0.0);
  private final Setting<Double> maxValue = settings.add("max_value", Kinds.NUMBER, 1.0);
  private final Setting<Double> rate = settings.add("rate", Kinds.NUMBER, 1.0);
  private final Setting<int[]> axis = settings.add("axis", Kinds.AXES, new int[] {0});

  public MinMaxNorm() {}

  public MinMaxNorm(double minValue, double maxValue, double rate, int... axis) {
    this.minValue.set(minValue);
    this.maxValue.set(maxValue);
    this.rate.set(rate);
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
    double share = rate.get();
    Tensor desired =
        Norms.ADD.of(
            Norms.MUL.of(
                Norms.clipped(norms, minValue.get(), maxValue.get()), Norms.number(w, share)),
            Norms.MUL.of(norms, Norms.number(w, 1 - share)));
    return Norms.scaled(w, norms, desired);
  }
}
