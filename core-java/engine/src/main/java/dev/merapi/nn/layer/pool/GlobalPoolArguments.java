package dev.merapi.nn.layer.pool;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of layers that take one number of each channel.
public interface GlobalPoolArguments<S extends Layer> extends LayerArguments<S> {
  /// @param format `channels_last` or `channels_first`
  default S dataFormat(String format) {
    return with("data_format", format);
  }

  /// @param on whether the axes that are gone stay as 1
  default S keepdims(boolean on) {
    return with("keepdims", on);
  }
}
