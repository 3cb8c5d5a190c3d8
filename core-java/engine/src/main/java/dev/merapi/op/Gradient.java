package dev.merapi.op;

import dev.merapi.tensor.Tensor;

/// How the gradient of an operation returns from its outputs to its inputs, written in operations.
@FunctionalInterface
public interface Gradient {
  /// Calls `g.to(input, gradient)` for the inputs through which a gradient flows; `dy` arrives at
  /// the first output.
  void apply(Grad g, Tensor dy);
}
