package dev.merapi.nn.layer.activate;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;

/// Applies an activation function.
public final class Activation extends Layer implements LayerArguments<Activation> {
  private final Setting<ActivationFunction> activation = required("activation", Activations.KIND);

  private Activation() {
    supportsMasking();
  }

  /// @param activation one of Keras's names, in any case
  public Activation(String activation) {
    this();
    this.activation.set(activation);
  }

  public Activation(ActivationFunction activation) {
    this();
    this.activation.set(activation);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return activation.get().apply(x);
  }
}
