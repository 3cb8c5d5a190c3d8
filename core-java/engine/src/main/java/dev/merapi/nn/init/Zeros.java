package dev.merapi.nn.init;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Fills with zeros.
public record Zeros() implements Initializer, HasSettings {
  @Override
  public Settings settings() {
    return new Settings("Zeros");
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    return Values.filled(new Spec(dtype, shape), 0);
  }
}
