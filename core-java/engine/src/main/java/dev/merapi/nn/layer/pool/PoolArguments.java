package dev.merapi.nn.layer.pool;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of layers that take one number of each window.
public interface PoolArguments<S extends Layer> extends LayerArguments<S> {
  /// @param steps of the window, one for all axes or one each; as large as the window by default
  default S strides(int... steps) {
    return with("strides", steps.length == 1 ? (Object) steps[0] : steps);
  }

  /// @param padding `valid` lets windows only lie inside, `same` has one for each step
  default S padding(String padding) {
    return with("padding", padding);
  }

  /// @param format `channels_last` or `channels_first`
  default S dataFormat(String format) {
    return with("data_format", format);
  }
}
