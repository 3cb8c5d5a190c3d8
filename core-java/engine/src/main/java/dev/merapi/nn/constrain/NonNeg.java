package dev.merapi.nn.constrain;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Sets negative weights to 0.
public record NonNeg() implements Constraint, HasSettings {
  private static final OpRef MAXIMUM = OpRef.to("Maximum");

  @Override
  public Settings settings() {
    return new Settings("NonNeg");
  }

  @Override
  public Tensor apply(Tensor w) {
    return MAXIMUM.of(w, Norms.number(w, 0));
  }
}
