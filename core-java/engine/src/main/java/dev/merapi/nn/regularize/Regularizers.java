package dev.merapi.nn.regularize;

import dev.merapi.nn.config.NamedKind;

/// Finds regularizers by Keras's names.
public final class Regularizers {
  public static final NamedKind<Regularizer> KIND =
      new NamedKind<>(Regularizer.class, "regularizer")
          .with("l1", L1::new)
          .with("l2", L2::new)
          .with("l1_l2", L1L2::new)
          .with("orthogonal_regularizer", OrthogonalRegularizer::new);

  private Regularizers() {}
}
