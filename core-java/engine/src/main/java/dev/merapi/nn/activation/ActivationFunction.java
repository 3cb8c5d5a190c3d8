package dev.merapi.nn.activation;

import dev.merapi.tensor.Tensor;

/// A function from a tensor to one of the same shape, element by element or along the last axis.
@FunctionalInterface
public interface ActivationFunction {
  Tensor apply(Tensor x);
}
