package dev.merapi.nn.init;

import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Makes the first value of a variable.
@FunctionalInterface
public interface Initializer {
  /// Returns a tensor of the given shape and type.
  Tensor make(Shape shape, DType dtype);
}
