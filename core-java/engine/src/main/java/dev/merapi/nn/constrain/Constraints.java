package dev.merapi.nn.constrain;

import dev.merapi.nn.config.NamedKind;

/// Finds constraints by Keras's names.
public final class Constraints {
  public static final NamedKind<Constraint> KIND = new NamedKind<>(Constraint.class, "constraint");

  private Constraints() {}
}
