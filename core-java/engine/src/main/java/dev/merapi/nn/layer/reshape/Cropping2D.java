package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.LayerArguments;

/// Cuts off the borders of pictures `(batch, height, width, channels)`.
public final class Cropping2D extends Cropping implements LayerArguments<Cropping2D> {
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");

  public Cropping2D() {
    super();
  }

  /// @param cropping places cut off at both ends of each axis
  public Cropping2D(int cropping) {
    this();
    this.cropping.set(cropping);
  }

  /// @param cropping for each axis, places cut off before and behind
  public Cropping2D(int[][] cropping) {
    this();
    this.cropping.set(cropping);
  }

  /// @param cropping for each axis, places cut off at both ends
  public Cropping2D(int[] cropping) {
    this();
    this.cropping.set(cropping);
  }

  /// @param format `channels_last` or `channels_first`
  public Cropping2D dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  boolean channelsFirst() {
    return dataFormat.get().equals("channels_first");
  }

  @Override
  int rank() {
    return 2;
  }

  @Override
  int usual() {
    return 0;
  }
}
