package dev.merapi.nn.layer.image;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of layers that change pictures by chance.
public interface RandomImageArguments<S extends Layer> extends LayerArguments<S> {
  /// Makes each run of the program draw the same numbers.
  default S seed(long seed) {
    return with("seed", seed);
  }

  /// @param format `channels_last` or `channels_first`
  default S dataFormat(String format) {
    return with("data_format", format);
  }
}
