package dev.merapi.nn.layer.attention;

import dev.merapi.nn.layer.Layer;

/// What can be said of attention layers of several heads.
public interface HeadArguments<S extends Layer> extends AttentionArguments<S> {
  default S useBias(boolean on) {
    return with("use_bias", on);
  }

  /// Lets the query decide how much of each result passes.
  default S useGate(boolean on) {
    return with("use_gate", on);
  }

  /// @param steps each step attends to those less than so many steps away
  default S slidingWindow(int steps) {
    return with("sliding_window", steps);
  }

  default S kernelInitializer(Object initializer) {
    return with("kernel_initializer", initializer);
  }

  default S biasInitializer(Object initializer) {
    return with("bias_initializer", initializer);
  }

  default S kernelRegularizer(Object regularizer) {
    return with("kernel_regularizer", regularizer);
  }

  default S biasRegularizer(Object regularizer) {
    return with("bias_regularizer", regularizer);
  }

  default S activityRegularizer(Object regularizer) {
    return with("activity_regularizer", regularizer);
  }

  default S kernelConstraint(Object constraint) {
    return with("kernel_constraint", constraint);
  }

  default S biasConstraint(Object constraint) {
    return with("bias_constraint", constraint);
  }
}
