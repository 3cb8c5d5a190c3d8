package dev.merapi.nn.constrain;

import dev.merapi.nn.config.NamedKind;

/// Finds constraints by Keras's names.
public final class Constraints {
  public static final NamedKind<Constraint> KIND =
      new NamedKind<>(Constraint.class, "constraint")
          .with("max_norm", MaxNorm::new)
          .with("min_max_norm", MinMaxNorm::new)
          .with("non_neg", NonNeg::new)
          .with("unit_norm", UnitNorm::new);

  private Constraints() {}
}
