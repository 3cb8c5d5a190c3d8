package dev.merapi.nn.optimizer.schedule;

import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Lets the rate fall along half a cosine, if asked for after a straight warm-up.
///
/// Source: Loshchilov and Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts".
public final class CosineDecay extends LearningRateSchedule {
  private final Setting<Double> initialLearningRate =
      required("initial_learning_rate", Kinds.NUMBER);
  private final Setting<Number> decaySteps = required("decay_steps", STEPS);
  private final Setting<Double> alpha = setting("alpha", Kinds.NUMBER, 0.0);
  private final Setting<String> name = setting("name", Kinds.TEXT, "CosineDecay");
  private final Setting<@Nullable Double> warmupTarget =
      setting("warmup_target", Kinds.NUMBER.orNone(), null);
  private final Setting<Number> warmupSteps = setting("warmup_steps", NOT_NEGATIVE, 0L);

  private CosineDecay() {}

  public CosineDecay(double initialLearningRate, Number decaySteps) {
    this.initialLearningRate.set(initialLearningRate);
    this.decaySteps.set(decaySteps);
  }

  /// Sets the share of the rate that is left at the end.
  public CosineDecay alpha(double value) {
    alpha.set(value);
    return this;
  }

  /// Sets the name.
  public CosineDecay name(String value) {
    name.set(value);
    return this;
  }

  /// Begins with `steps` steps on a straight line from the initial rate to `target`, from where it
  /// falls.
  public CosineDecay warmup(double target, Number steps) {
    warmupTarget.set(target);
    warmupSteps.set(steps);
    return this;
  }

  @Override
  protected Tensor call(Tensor step) {
    Tensor initial = constant(initialLearningRate.get());
    Tensor all = constant(decaySteps.get().doubleValue());
    Double target = warmupTarget.get();
    if (target == null) {
      return decayed(TfApi.minimum(step, all), all, initial);
    }
    Tensor top = constant(target);
    Tensor before = constant(warmupSteps.get().doubleValue());
    Tensor now = TfApi.minimum(step, TfApi.add(all, before));
    Tensor risen =
        TfApi.add(TfApi.multiply(TfApi.subtract(top, initial), TfApi.divide(now, before)), initial);
    return TfApi.where(
        TfApi.less(now, before), risen, decayed(TfApi.subtract(now, before), all, top));
  }

  private Tensor decayed(Tensor step, Tensor all, Tensor from) {
    Tensor angle = TfApi.multiply(constant(Math.PI), TfApi.divide(step, all));
    Tensor wave = TfApi.multiply(0.5, TfApi.add(1, TfApi.cos(angle)));
    return TfApi.multiply(from, TfApi.add(TfApi.multiply(1 - alpha.get(), wave), alpha.get()));
  }
}
