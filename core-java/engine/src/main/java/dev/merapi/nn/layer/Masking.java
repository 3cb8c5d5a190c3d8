package dev.merapi.nn.layer;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Leaves out the steps of sequences `(batch, steps, …)` in which all numbers are `maskValue`.
public final class Masking extends Layer implements LayerArguments<Masking> {
  private final Setting<Double> maskValue = setting("mask_value", Kinds.NUMBER, 0.0);

  public Masking() {
    supportsMasking();
  }

  public Masking(double maskValue) {
    this();
    this.maskValue.set(maskValue);
  }

  private Tensor counts(Tensor x, boolean keep) {
    return Ops.any(Ops.notEqual(x, maskValue.get()), keep, -1);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Ops.where(counts(x, true), x, 0);
  }

  @Override
  protected List<@Nullable Tensor> computeMask(
      List<Tensor> inputs, List<@Nullable Tensor> masks, List<Tensor> outputs) {
    return List.of(counts(inputs.getFirst(), false));
  }
}
