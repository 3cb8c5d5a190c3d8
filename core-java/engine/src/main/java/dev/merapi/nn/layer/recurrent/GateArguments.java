package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.layer.Layer;

/// What can be said of cells with gates, and of their layers.
public interface GateArguments<S extends Layer> extends CellArguments<S> {
  /// @param name one of Keras's names, in any case, for the gates
  default S recurrentActivation(String name) {
    return with("recurrent_activation", name);
  }

  default S recurrentActivation(ActivationFunction f) {
    return with("recurrent_activation", f);
  }
}
