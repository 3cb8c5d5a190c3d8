package dev.merapi.nn.layer;

/// What can be said of layers with a kernel and a bias.
///
/// Initializers, regularizers and constraints are objects or Keras's names for them.
public interface KernelArguments<S extends Layer> extends ActivationArgument<S> {
  default S useBias(boolean on) {
    return with("use_bias", on);
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
