package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Stretches and moves numbers: `x · scale + offset`. Whole numbers become floats.
public final class Rescaling extends Layer implements LayerArguments<Rescaling> {
  private final Setting<Tensor> scale = required("scale", Arrays64.KIND);
  private final Setting<Tensor> offset = setting("offset", Arrays64.KIND, Arrays64.KIND.read(0.0));

  private Rescaling() {
    supportsMasking();
  }

  /// @param scale a number, or one for each channel
  public Rescaling(Object scale) {
    this();
    this.scale.set(scale);
  }

  public Rescaling(Object scale, Object offset) {
    this(scale);
    this.offset.set(offset);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    DType type = computeDtype();
    Tensor stretched = Ops.mul(Ops.cast(x, type), Ops.cast(scale.get(), type));
    return Ops.add(stretched, Ops.cast(offset.get(), type));
  }
}
