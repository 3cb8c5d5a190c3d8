package dev.merapi.nn.optimizer;

import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;

/// Adam with weights that decay: by 0.004 of the learning rate in each step unless told otherwise.
///
/// Source: Loshchilov and Hutter 2019, "Decoupled Weight Decay Regularization".
public final class AdamW extends AdamRule implements OptimizerArguments<AdamW> {
  public AdamW() {
    this(0.001);
  }

  public AdamW(double learningRate) {
    this(learningRate, 0.004);
  }

  public AdamW(double learningRate, double weightDecay) {
    super(learningRate);
    weightDecay(weightDecay);
  }

  public AdamW(LearningRateSchedule learningRate) {
    super(learningRate);
    weightDecay(0.004);
  }

  /// Sets the share of the running mean of gradients that stays in each step, 0 to 1.
  public AdamW beta1(double value) {
    return with("beta_1", value);
  }

  /// Sets the share of the running mean of squares that stays in each step, 0 to 1.
  public AdamW beta2(double value) {
    return with("beta_2", value);
  }

  /// Sets what keeps divisors from 0.
  public AdamW epsilon(double value) {
    return with("epsilon", value);
  }

  /// Says whether steps are scaled by the largest mean square so far.
  public AdamW amsgrad(boolean value) {
    return with("amsgrad", value);
  }
}
