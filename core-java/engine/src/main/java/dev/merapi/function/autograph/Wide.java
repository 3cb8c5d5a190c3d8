package dev.merapi.function.autograph;

/// Tells a primitive `long` or `double` of the interpreter, which takes two words, from a boxed one,
/// which is a reference.
sealed interface Wide {
  record J(long value) implements Wide {}

  record D(double value) implements Wide {}
}
