package dev.merapi.nn.optimizer;

import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;

/// Adam: steps scaled by running means of gradients and their squares.
///
/// Source: Kingma and Ba 2015, in the form at the end of section 2, where epsilon is added to the
/// uncorrected root (as TensorFlow does; PyTorch adds it to the corrected one).
public final class Adam extends AdamRule implements OptimizerArguments<Adam> {
  public Adam() {
    this(0.001);
  }

  public Adam(double learningRate) {
    super(learningRate);
  }

  public Adam(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// @param beta1 share of the old mean that stays, 0 to 1
  /// @param beta2 the same for squares
  /// @param epsilon keeps the divisor from 0; Keras's default is 1e-7, TensorFlow 1's 1e-8
  public Adam(double learningRate, double beta1, double beta2, double epsilon) {
    this(learningRate);
    beta1(beta1).beta2(beta2).epsilon(epsilon);
  }

  /// Sets the share of the running mean of gradients that stays in each step, 0 to 1.
  public Adam beta1(double value) {
    return with("beta_1", value);
  }

  /// Sets the share of the running mean of squares that stays in each step, 0 to 1.
  public Adam beta2(double value) {
    return with("beta_2", value);
  }

  /// Sets what keeps divisors from 0.
  public Adam epsilon(double value) {
    return with("epsilon", value);
  }

  /// Says whether steps are scaled by the largest mean square so far.
  public Adam amsgrad(boolean value) {
    return with("amsgrad", value);
  }
}
