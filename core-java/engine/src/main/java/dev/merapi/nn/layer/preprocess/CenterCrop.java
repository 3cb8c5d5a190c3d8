package dev.merapi.nn.layer.preprocess;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;

/// Cuts the middle out of pictures; pictures that are too small are resized.
///
/// Shapes: `(batch, h, w, channels)` → `(batch, height, width, channels)`, also without a batch.
/// Types: floats.
public final class CenterCrop extends Layer implements LayerArguments<CenterCrop> {
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  private final Setting<Integer> height = required("height", Kinds.POSITIVE);
  private final Setting<Integer> width = required("width", Kinds.POSITIVE);

  private CenterCrop() {
    super();
  }

  /// @param height in pixels
  /// @param width in pixels
  public CenterCrop(int height, int width) {
    this();
    this.height.set(height);
    this.width.set(width);
  }

  /// @param format `channels_last` or `channels_first`
  public CenterCrop dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Pictures.each(
        name(),
        Ops.cast(x, computeDtype()),
        dataFormat.get().equals("channels_first"),
        t -> Pictures.middle(t, height.get(), width.get()));
  }
}
