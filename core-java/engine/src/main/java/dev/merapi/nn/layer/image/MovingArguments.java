package dev.merapi.nn.layer.image;

import dev.merapi.nn.layer.Layer;

/// What can be said of layers that move the pixels of pictures.
public interface MovingArguments<S extends Layer> extends RandomImageArguments<S> {
  /// @param mode what lies around a picture `abcd`: `reflect` `dcba|abcd|dcba`, `wrap`
  ///   `abcd|abcd|abcd`, `nearest` `aaaa|abcd|dddd`, or `constant`
  default S fillMode(String mode) {
    return with("fill_mode", mode);
  }

  /// @param value of the pixels around, with the fill mode `constant`
  default S fillValue(double value) {
    return with("fill_value", value);
  }

  /// @param method `bilinear` or `nearest`
  default S interpolation(String method) {
    return with("interpolation", method);
  }
}
