package dev.merapi.op;

import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Looks on while calls are carried out, and remembers what a gradient will need.
public interface Recorder {
  /// Sees a finished call.
  void record(Call call);

  /// Sees that a finished call has got more outputs: a gradient asked for values from inside a
  /// branch or a loop. `first` is the call's first output.
  default void extended(Tensor first, Tensor[] more) {}

  /// Sees a piece of computation that brings its own gradient.
  void recordCustom(String name, Tensor[] inputs, Tensor[] outputs, CustomGradient gradient);

  /// Sees that a variable's value was read; `owner` is the variable.
  void read(Object owner, Tensor value, boolean trainable);

  /// Tells whether a gradient may be asked for with respect to a tensor, or to one that it was
  /// computed from.
  boolean follows(Tensor t);

  /// Returns of which order the gradients are that may be asked for through what is recorded now.
  int order();

  /// Maps the gradients of the outputs (null: none arrived) to gradients of the inputs (null: none
  /// flows).
  interface CustomGradient {
    @Nullable Tensor[] apply(@Nullable Tensor[] dy);
  }
}
