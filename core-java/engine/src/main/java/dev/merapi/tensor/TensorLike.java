package dev.merapi.tensor;

/// Something that stands for a tensor wherever one is asked for: a tensor itself, or a variable.
public interface TensorLike {
  /// Returns the tensor that it stands for now.
  Tensor asTensor();
}
