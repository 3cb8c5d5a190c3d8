package dev.merapi.nn.layer.noise;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;

/// Drops whole channels of volumes `(batch, depth, height, width, channels)` in training:
/// neighbours along the other axes are too alike for dropping them one by one.
public final class SpatialDropout3D extends SpatialDropout
    implements NoiseArguments<SpatialDropout3D> {
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");

  private SpatialDropout3D() {
    super();
  }

  /// @param rate share of the channels that is dropped, 0 to 1
  public SpatialDropout3D(double rate) {
    this();
    strength.set(rate);
  }

  /// @param format `channels_last` or `channels_first`
  public SpatialDropout3D dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  boolean channelsFirst() {
    return dataFormat.get().equals("channels_first");
  }

  @Override
  int rank() {
    return 3;
  }
}
