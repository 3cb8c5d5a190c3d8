package dev.merapi.nn.optimizer.schedule;

import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Lets the rate fall as one over the steps: `initial / (1 + rate · step / steps)`.
public final class InverseTimeDecay extends LearningRateSchedule {
  private final Setting<Double> initialLearningRate =
      required("initial_learning_rate", Kinds.NUMBER);
  private final Setting<Number> decaySteps = required("decay_steps", STEPS);
  private final Setting<Double> decayRate = required("decay_rate", Kinds.NUMBER);
  private final Setting<Boolean> staircase = setting("staircase", Kinds.FLAG, false);
  private final Setting<String> name = setting("name", Kinds.TEXT, "InverseTimeDecay");

  private InverseTimeDecay() {}

  /// @param decaySteps after how many steps the rate has been divided by 1 + `decayRate`
  public InverseTimeDecay(double initialLearningRate, Number decaySteps, double decayRate) {
    this(initialLearningRate, decaySteps, decayRate, false);
  }

  /// @param staircase whether the rate stays for so many steps instead of falling in each
  public InverseTimeDecay(
      double initialLearningRate, Number decaySteps, double decayRate, boolean staircase) {
    this.initialLearningRate.set(initialLearningRate);
    this.decaySteps.set(decaySteps);
    this.decayRate.set(decayRate);
    this.staircase.set(staircase);
  }

  private Tensor passed(Tensor step) {
    Tensor p = TfApi.divide(step, constant(decaySteps.get().doubleValue()));
    return staircase.get() ? TfApi.floor(p) : p;
  }

  /// Sets the name.
  public InverseTimeDecay name(String value) {
    name.set(value);
    return this;
  }

  @Override
  protected Tensor call(Tensor step) {
    Tensor below = TfApi.add(1, TfApi.multiply(constant(decayRate.get()), passed(step)));
    return TfApi.divide(constant(initialLearningRate.get()), below);
  }
}
