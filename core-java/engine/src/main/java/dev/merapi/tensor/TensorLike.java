package dev.merapi.tensor;

/// Something that stands for a tensor wherever one is asked for, as a variable does.
public interface TensorLike {
  /// Returns the tensor that it stands for now.
  Tensor asTensor();
}
