package dev.merapi.nn.optimizer;

import dev.merapi.nn.config.HasSettings;
import org.jspecify.annotations.Nullable;

/// What can be said of every optimizer, right after its constructor: `new
/// Adam(0.001).clipnorm(1.0)`.
///
/// @param <S> the optimizer itself
public interface OptimizerArguments<S extends Optimizer> extends HasSettings {
  /// Sets an argument by Keras's name for it, and returns the optimizer.
  @SuppressWarnings("unchecked")
  default S with(String argument, @Nullable Object value) {
    settings().set(argument, value);
    return (S) this;
  }

  default S name(String name) {
    return with("name", name);
  }

  /// Shrinks variables by this share of the learning rate before each step.
  default S weightDecay(double share) {
    return with("weight_decay", share);
  }

  /// Shortens each gradient that is longer.
  default S clipnorm(double norm) {
    return with("clipnorm", norm);
  }

  /// Bounds each element of a gradient.
  default S clipvalue(double bound) {
    return with("clipvalue", bound);
  }

  /// Shortens all gradients together where the vector of all is longer.
  default S globalClipnorm(double norm) {
    return with("global_clipnorm", norm);
  }

  /// Keeps running means of the variables.
  default S useEma(boolean on) {
    return with("use_ema", on);
  }

  /// @param share how much of a running mean stays in each step, 0 to 1
  default S emaMomentum(double share) {
    return with("ema_momentum", share);
  }

  /// Puts the running means in the place of the variables every so many steps.
  default S emaOverwriteFrequency(int steps) {
    return with("ema_overwrite_frequency", steps);
  }

  /// Says by what losses are multiplied before gradients are taken; see [Optimizer#scaleLoss].
  default S lossScaleFactor(double factor) {
    return with("loss_scale_factor", factor);
  }

  /// Changes variables every so many calls only, by the mean of the gradients since.
  default S gradientAccumulationSteps(int steps) {
    return with("gradient_accumulation_steps", steps);
  }
}
