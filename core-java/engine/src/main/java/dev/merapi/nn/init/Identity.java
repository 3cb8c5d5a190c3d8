package dev.merapi.nn.init;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Puts `gain` on the diagonal of a matrix, zeros elsewhere.
public final class Identity implements Initializer, HasSettings {
  private final Settings settings = new Settings("Identity");
  private final Setting<Double> gain = settings.add("gain", Kinds.NUMBER, 1.0);

  public Identity() {}

  public Identity(double gain) {
    this.gain.set(gain);
  }

  @Override
  public Settings settings() {
    return settings;
  }

  @Override
  public Tensor make(Shape shape, DType dtype) {
    if (shape.rank() != 2) {
      throw Message.what("Identity: shape " + shape + " is no matrix")
          .given("shape " + shape)
          .expected("two axes")
          .shapeError();
    }
    Tensor t = Values.filled(new Spec(dtype, shape), 0);
    int n = Math.min(shape.dim(0), shape.dim(1));
    for (int i = 0; i < n; i++) {
      Values.put(t.segment(), dtype, i * (shape.dim(1) + 1L), gain.get());
    }
    return t;
  }
}
