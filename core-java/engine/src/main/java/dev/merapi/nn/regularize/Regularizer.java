package dev.merapi.nn.regularize;

import dev.merapi.tensor.Tensor;

/// Says what a weight or an output adds to the loss.
@FunctionalInterface
public interface Regularizer {
  /// Returns a scalar of the tensor's type.
  Tensor apply(Tensor x);
}
