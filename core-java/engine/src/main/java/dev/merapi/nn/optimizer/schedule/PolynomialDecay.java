package dev.merapi.nn.optimizer.schedule;

import dev.merapi.facade.MathApi;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Lets the rate fall to its end along a power of the steps that are left.
public final class PolynomialDecay extends LearningRateSchedule {
  private final Setting<Double> initialLearningRate =
      required("initial_learning_rate", Kinds.NUMBER);
  private final Setting<Number> decaySteps = required("decay_steps", STEPS);
  private final Setting<Double> endLearningRate =
      setting("end_learning_rate", Kinds.NUMBER, 0.0001);
  private final Setting<Double> power = setting("power", Kinds.NUMBER, 1.0);
  private final Setting<Boolean> cycle = setting("cycle", Kinds.FLAG, false);
  private final Setting<String> name = setting("name", Kinds.TEXT, "PolynomialDecay");

  private PolynomialDecay() {}

  public PolynomialDecay(double initialLearningRate, Number decaySteps) {
    this.initialLearningRate.set(initialLearningRate);
    this.decaySteps.set(decaySteps);
  }

  /// Sets the rate at the end.
  public PolynomialDecay endLearningRate(double value) {
    endLearningRate.set(value);
    return this;
  }

  /// Sets the power; 1 is a straight line.
  public PolynomialDecay power(double value) {
    power.set(value);
    return this;
  }

  /// Says whether the way begins anew, longer each time, when it is over.
  public PolynomialDecay cycle(boolean value) {
    cycle.set(value);
    return this;
  }

  /// Sets the name.
  public PolynomialDecay name(String value) {
    name.set(value);
    return this;
  }

  @Override
  protected Tensor call(Tensor step) {
    Tensor end = constant(endLearningRate.get());
    Tensor all = constant(decaySteps.get().doubleValue());
    Tensor now = step;
    if (cycle.get()) {
      Tensor times = MathApi.ceil(TfApi.divide(step, all));
      all = TfApi.multiply(all, TfApi.where(TfApi.equal(step, 0), constant(1), times));
    } else {
      now = TfApi.minimum(step, all);
    }
    Tensor left = TfApi.subtract(1, TfApi.divide(now, all));
    Tensor span = TfApi.subtract(constant(initialLearningRate.get()), end);
    return TfApi.add(TfApi.multiply(span, TfApi.pow(left, constant(power.get()))), end);
  }
}
