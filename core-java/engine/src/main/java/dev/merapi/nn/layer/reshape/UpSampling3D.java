package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Repeats each place of volumes `(batch, depth, height, width, channels)`.
public final class UpSampling3D extends Layer implements LayerArguments<UpSampling3D> {
  private final Setting<int[]> size = setting("size", Kinds.sizes(3, 1), new int[] {2, 2, 2});
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");

  public UpSampling3D() {
    super();
  }

  /// @param size times that depth, height and width grow
  public UpSampling3D(int... size) {
    this();
    this.size.set(size.length == 1 ? (Object) size[0] : size);
  }

  /// @param format `channels_last` or `channels_first`
  public UpSampling3D dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, 5);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Repeats.of(x, dataFormat.get().equals("channels_first") ? 2 : 1, size.get());
  }
}
