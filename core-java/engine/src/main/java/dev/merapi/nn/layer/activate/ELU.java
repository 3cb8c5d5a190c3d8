package dev.merapi.nn.layer.activate;

import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;

/// Leaves positive numbers as they are; below 0, `alpha·(eˣ − 1)`.
public final class ELU extends Layer implements LayerArguments<ELU> {
  private final Setting<Double> alpha = setting("alpha", Kinds.NUMBER, 1.0);

  public ELU() {
    supportsMasking();
  }

  public ELU(double alpha) {
    this();
    this.alpha.set(alpha);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Activations.elu(alpha.get()).apply(x);
  }
}
