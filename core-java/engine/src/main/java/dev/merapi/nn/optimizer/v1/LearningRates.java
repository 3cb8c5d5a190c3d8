package dev.merapi.nn.optimizer.v1;

import dev.merapi.nn.optimizer.schedule.ExponentialDecay;
import dev.merapi.tensor.Tensor;
import dev.merapi.tensor.TensorLike;

/// Learning rates that follow a counter of steps, as `tf.compat.v1.train` has them.
public final class LearningRates {
  private LearningRates() {}

  /// Returns `rate · decayRate^(globalStep / decaySteps)`, float32: the value now or, in a trace,
  /// that of each run.
  ///
  /// @param globalStep number of steps taken: a variable or a tensor
  /// @param staircase whether the quotient is rounded down, so that the rate falls by steps
  public static Tensor exponentialDecay(
      double rate, TensorLike globalStep, long decaySteps, double decayRate, boolean staircase) {
    return new ExponentialDecay(rate, decaySteps, decayRate, staircase).apply(globalStep);
  }
}
