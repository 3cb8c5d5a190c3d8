package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Repeats each step of sequences `(batch, steps, channels)`.
public final class UpSampling1D extends Layer implements LayerArguments<UpSampling1D> {
  private final Setting<Integer> size = setting("size", Kinds.POSITIVE, 2);

  public UpSampling1D() {
    super();
  }

  /// @param size how often each step comes
  public UpSampling1D(int size) {
    this();
    this.size.set(size);
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, 3);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Repeats.of(x, 1, size.get());
  }
}
