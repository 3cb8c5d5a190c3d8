package dev.merapi.nn.layer;

import dev.merapi.nn.activation.ActivationFunction;

/// What can be said of layers that end with an activation.
public interface ActivationArgument<S extends Layer> extends LayerArguments<S> {
  /// @param name one of Keras's names, in any case
  default S activation(String name) {
    return with("activation", name);
  }

  default S activation(ActivationFunction f) {
    return with("activation", f);
  }
}
