package dev.merapi.nn.optimizer.schedule;

import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Lets the rate fall along half a cosine again and again, each time longer or from lower.
///
/// Source: Loshchilov and Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts".
public final class CosineDecayRestarts extends LearningRateSchedule {
  private final Setting<Double> initialLearningRate =
      required("initial_learning_rate", Kinds.NUMBER);
  private final Setting<Number> firstDecaySteps = required("first_decay_steps", STEPS);
  private final Setting<Double> tMul = setting("t_mul", Kinds.NUMBER, 2.0);
  private final Setting<Double> mMul = setting("m_mul", Kinds.NUMBER, 1.0);
  private final Setting<Double> alpha = setting("alpha", Kinds.NUMBER, 0.0);
  private final Setting<String> name = setting("name", Kinds.TEXT, "SGDRDecay");

  private CosineDecayRestarts() {}

  public CosineDecayRestarts(double initialLearningRate, Number firstDecaySteps) {
    this.initialLearningRate.set(initialLearningRate);
    this.firstDecaySteps.set(firstDecaySteps);
  }

  /// Sets how much longer each period is than the one before.
  public CosineDecayRestarts tMul(double value) {
    tMul.set(value);
    return this;
  }

  /// Sets from what share of the rate before each period begins.
  public CosineDecayRestarts mMul(double value) {
    mMul.set(value);
    return this;
  }

  /// Sets the share of the rate that is left at the end.
  public CosineDecayRestarts alpha(double value) {
    alpha.set(value);
    return this;
  }

  /// Sets the name.
  public CosineDecayRestarts name(String value) {
    name.set(value);
    return this;
  }

  @Override
  protected Tensor call(Tensor step) {
    Tensor passed = TfApi.divide(step, constant(firstDecaySteps.get().doubleValue()));
    Tensor longer = constant(tMul.get());
    Tensor restarts;
    Tensor share;
    if (tMul.get() == 1) {
      restarts = TfApi.floor(passed);
      share = TfApi.subtract(passed, restarts);
    } else {
      Tensor rest = TfApi.subtract(1, longer);
      Tensor inside = TfApi.subtract(1, TfApi.multiply(passed, rest));
      restarts = TfApi.floor(TfApi.divide(TfApi.log(inside), TfApi.log(longer)));
      Tensor period = TfApi.pow(longer, restarts);
      Tensor before = TfApi.divide(TfApi.subtract(1, period), rest);
      share = TfApi.divide(TfApi.subtract(passed, before), period);
    }
    Tensor height = TfApi.multiply(0.5, TfApi.pow(constant(mMul.get()), restarts));
    Tensor wave = TfApi.add(1, TfApi.cos(TfApi.multiply(constant(Math.PI), share)));
    Tensor left = constant(alpha.get());
    Tensor all =
        TfApi.add(TfApi.multiply(TfApi.subtract(1, left), TfApi.multiply(height, wave)), left);
    return TfApi.multiply(constant(initialLearningRate.get()), all);
  }
}
