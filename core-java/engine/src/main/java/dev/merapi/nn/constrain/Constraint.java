package dev.merapi.nn.constrain;

import dev.merapi.tensor.Tensor;

/// Brings a weight back to where it may be, after each step of training.
@FunctionalInterface
public interface Constraint {
  /// Returns the nearest allowed weight, of the same shape and type.
  Tensor apply(Tensor w);
}
