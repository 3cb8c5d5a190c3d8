package dev.merapi.nn.regularize;

import dev.merapi.nn.config.NamedKind;

/// Finds regularizers by Keras's names.
public final class Regularizers {
  public static final NamedKind<Regularizer> KIND =
      new NamedKind<>(Regularizer.class, "regularizer");

  private Regularizers() {}
}
