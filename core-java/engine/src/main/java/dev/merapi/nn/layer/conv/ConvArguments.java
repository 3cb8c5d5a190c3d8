package dev.merapi.nn.layer.conv;

import dev.merapi.nn.layer.KernelArguments;
import dev.merapi.nn.layer.Layer;

/// What can be said of convolutions with one kernel over all channels.
public interface ConvArguments<S extends Layer> extends WindowArguments<S>, KernelArguments<S> {
  @Override
  default S useBias(boolean on) {
    return WindowArguments.super.useBias(on);
  }

  @Override
  default S biasInitializer(Object initializer) {
    return WindowArguments.super.biasInitializer(initializer);
  }

  @Override
  default S biasRegularizer(Object regularizer) {
    return WindowArguments.super.biasRegularizer(regularizer);
  }

  @Override
  default S biasConstraint(Object constraint) {
    return WindowArguments.super.biasConstraint(constraint);
  }

  @Override
  default S activityRegularizer(Object regularizer) {
    return WindowArguments.super.activityRegularizer(regularizer);
  }
}
