package dev.merapi.nn.layer.noise;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of layers that draw random numbers.
public interface NoiseArguments<S extends Layer> extends LayerArguments<S> {
  /// Makes each run of the program draw the same numbers.
  default S seed(long seed) {
    return with("seed", seed);
  }
}
