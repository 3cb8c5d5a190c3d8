package dev.merapi.nn.layer.conv;

import dev.merapi.nn.layer.Layer;

/// What can be said of layers that convolve each channel by itself.
public interface DepthwiseArguments<S extends Layer> extends WindowArguments<S> {
  /// @param outputs number of outputs of each channel
  default S depthMultiplier(int outputs) {
    return with("depth_multiplier", outputs);
  }

  default S depthwiseInitializer(Object initializer) {
    return with("depthwise_initializer", initializer);
  }

  default S depthwiseRegularizer(Object regularizer) {
    return with("depthwise_regularizer", regularizer);
  }

  default S depthwiseConstraint(Object constraint) {
    return with("depthwise_constraint", constraint);
  }
}
