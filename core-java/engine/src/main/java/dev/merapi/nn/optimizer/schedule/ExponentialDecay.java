package dev.merapi.nn.optimizer.schedule;

import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Multiplies the rate by the same factor every so many steps: `initial · rate^(step / steps)`.
public final class ExponentialDecay extends LearningRateSchedule {
  private final Setting<Double> initialLearningRate =
      required("initial_learning_rate", Kinds.NUMBER);
  private final Setting<Number> decaySteps = required("decay_steps", STEPS);
  private final Setting<Double> decayRate = required("decay_rate", Kinds.NUMBER);
  private final Setting<Boolean> staircase = setting("staircase", Kinds.FLAG, false);
  private final Setting<String> name = setting("name", Kinds.TEXT, "ExponentialDecay");

  private ExponentialDecay() {}

  /// @param decaySteps after how many steps the rate has fallen by the factor `decayRate`
  public ExponentialDecay(double initialLearningRate, Number decaySteps, double decayRate) {
    this(initialLearningRate, decaySteps, decayRate, false);
  }

  /// @param staircase whether the rate stays for so many steps instead of falling in each
  public ExponentialDecay(
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
  public ExponentialDecay name(String value) {
    name.set(value);
    return this;
  }

  @Override
  protected Tensor call(Tensor step) {
    return TfApi.multiply(
        constant(initialLearningRate.get()), TfApi.pow(constant(decayRate.get()), passed(step)));
  }
}
