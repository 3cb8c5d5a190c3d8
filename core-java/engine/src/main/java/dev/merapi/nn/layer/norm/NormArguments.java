package dev.merapi.nn.layer.norm;

import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;

/// What can be said of layers that normalize and then scale and shift.
public interface NormArguments<S extends Layer> extends LayerArguments<S> {
  /// @param small added to variances, so that nothing is divided by 0
  default S epsilon(double small) {
    return with("epsilon", small);
  }

  /// Says whether to add a learned `beta` behind.
  default S center(boolean on) {
    return with("center", on);
  }

  /// Says whether to multiply by a learned `gamma` behind.
  default S scale(boolean on) {
    return with("scale", on);
  }

  default S betaInitializer(Object initializer) {
    return with("beta_initializer", initializer);
  }

  default S gammaInitializer(Object initializer) {
    return with("gamma_initializer", initializer);
  }

  default S betaRegularizer(Object regularizer) {
    return with("beta_regularizer", regularizer);
  }

  default S gammaRegularizer(Object regularizer) {
    return with("gamma_regularizer", regularizer);
  }

  default S betaConstraint(Object constraint) {
    return with("beta_constraint", constraint);
  }

  default S gammaConstraint(Object constraint) {
    return with("gamma_constraint", constraint);
  }
}
