package dev.merapi.function.intercept;

/// Is initialised by the first tensor of a program, by name, since tensors know no functions. No
/// annotated method does anything of note before there is a tensor.
final class FirstTensor {
  static {
    Interception.onFirstTensor();
  }

  private FirstTensor() {}
}
