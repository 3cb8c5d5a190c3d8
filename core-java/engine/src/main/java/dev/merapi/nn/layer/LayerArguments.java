package dev.merapi.nn.layer;

import dev.merapi.nn.config.HasSettings;
import dev.merapi.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// What can be said of every layer, right after its constructor: `new Dense(10).name("scores")`.
///
/// @param <S> the layer itself
public interface LayerArguments<S extends Layer> extends HasSettings {
  /// Sets an argument by Keras's name for it, and returns the layer.
  @SuppressWarnings("unchecked")
  default S with(String argument, @Nullable Object value) {
    settings().set(argument, value);
    return (S) this;
  }

  default S name(String name) {
    return with("name", name);
  }

  /// Says whether training changes the weights.
  default S trainable(boolean on) {
    return with("trainable", on);
  }

  /// @param dtype an element type or a policy: `"float64"`, `"mixed_bfloat16"`
  default S dtype(Object dtype) {
    return with("dtype", dtype);
  }

  /// Says what the first layer of a `Sequential` will be given, without the batch axis.
  @SuppressWarnings("unchecked")
  default S inputShape(int... dims) {
    S me = (S) this;
    me.setInputShape(Shape.of(dims));
    return me;
  }
}
