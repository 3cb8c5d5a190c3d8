package dev.merapi.nn.init;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Fills with one number.
public final class Constant implements Initializer, HasSettings {
  private final Settings settings = new Settings("Constant");
  private final Setting<Double> value = settings.add("value", Kinds.NUMBER, 0.0);

  public Constant() {}

  public Constant(double value) {
    this.value.set(value);
  }

  public double value() {
    return value.get();
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    return Values.filled(new Spec(dtype, shape), value.get());
  }
}
