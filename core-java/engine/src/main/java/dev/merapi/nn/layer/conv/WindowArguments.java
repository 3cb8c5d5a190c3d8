package dev.merapi.nn.layer.conv;

import dev.merapi.nn.layer.ActivationArgument;
import dev.merapi.nn.layer.Layer;

/// What can be said of every layer that slides learned windows.
public interface WindowArguments<S extends Layer> extends ActivationArgument<S> {
  /// @param steps of the window, one for all axes or one each
  default S strides(int... steps) {
    return with("strides", one(steps));
  }

  /// @param padding `same` keeps sizes (at stride 1), `valid` lets windows only lie inside;
  ///   `Conv1D` knows `causal` too, where no window sees what comes later
  default S padding(String padding) {
    return with("padding", padding);
  }

  /// @param format `channels_last` or `channels_first`
  default S dataFormat(String format) {
    return with("data_format", format);
  }

  /// @param distances between neighbours in a window, one for all axes or one each
  default S dilationRate(int... distances) {
    return with("dilation_rate", one(distances));
  }

  default S useBias(boolean on) {
    return with("use_bias", on);
  }

  default S biasInitializer(Object initializer) {
    return with("bias_initializer", initializer);
  }

  default S biasRegularizer(Object regularizer) {
    return with("bias_regularizer", regularizer);
  }

  default S biasConstraint(Object constraint) {
    return with("bias_constraint", constraint);
  }

  default S activityRegularizer(Object regularizer) {
    return with("activity_regularizer", regularizer);
  }

  private static Object one(int[] sizes) {
    return sizes.length == 1 ? (Object) sizes[0] : sizes;
  }
}
