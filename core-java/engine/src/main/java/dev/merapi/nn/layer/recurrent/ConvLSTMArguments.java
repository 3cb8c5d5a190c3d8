package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.layer.Layer;

/// What can be said of recurrent layers of pictures.
public interface ConvLSTMArguments<S extends Layer> extends GateArguments<S> {
  /// @param steps of the window, one for all axes or one each
  default S strides(int... steps) {
    return with("strides", steps.length == 1 ? (Object) steps[0] : steps);
  }

  /// @param padding of the input: `same` keeps sizes (at stride 1), `valid` lets windows only lie
  ///   inside
  default S padding(String padding) {
    return with("padding", padding);
  }

  /// @param format `channels_last` or `channels_first`
  default S dataFormat(String format) {
    return with("data_format", format);
  }

  /// @param distances between neighbours in a window, one for all axes or one each
  default S dilationRate(int... distances) {
    return with("dilation_rate", distances.length == 1 ? (Object) distances[0] : distances);
  }

  /// Says whether the forget gate's bias begins with 1.
  default S unitForgetBias(boolean on) {
    return with("unit_forget_bias", on);
  }
}
