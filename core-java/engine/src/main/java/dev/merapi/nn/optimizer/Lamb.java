package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Adam's direction with a step in proportion to the size of the weights, variable by variable.
///
/// Source: You et al. 2020, "Large Batch Optimization for Deep Learning".
public final class Lamb extends Optimizer implements OptimizerArguments<Lamb> {
  private final Setting<Double> beta1 = setting("beta_1", Kinds.NUMBER, 0.9);
  private final Setting<Double> beta2 = setting("beta_2", Kinds.NUMBER, 0.999);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);

  public Lamb() {
    this(0.001);
  }

  public Lamb(double learningRate) {
    super(learningRate);
  }

  public Lamb(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets the share of the running mean of gradients that stays in each step, 0 to 1.
  public Lamb beta1(double value) {
    return with("beta_1", value);
  }

  /// Sets the share of the running mean of squares that stays in each step, 0 to 1.
  public Lamb beta2(double value) {
    return with("beta_2", value);
  }

  /// Sets what keeps divisors from 0.
  public Lamb epsilon(double value) {
    return with("epsilon", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "momentum", "velocity");
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    Step.In in = step.in(v.dtype());
    Tensor m = mean(slot(v, "momentum"), g, 1 - beta1.get());
    Tensor velocity = mean(slot(v, "velocity"), TfApi.square(g), 1 - beta2.get());
    Tensor above = TfApi.divide(m, TfApi.subtract(1, in.power(beta1.get())));
    Tensor below = TfApi.sqrt(TfApi.divide(velocity, TfApi.subtract(1, in.power(beta2.get()))));
    Tensor update = TfApi.divide(above, TfApi.add(below, epsilon.get()));
    Tensor weights = size(raw(v));
    Tensor step1 = size(update);
    Tensor one = in.constant(1);
    Tensor ratio =
        TfApi.where(
            TfApi.logicalAnd(TfApi.greater(weights, 0), TfApi.greater(step1, 0)),
            TfApi.divide(weights, step1),
            one);
    v.assignSub(TfApi.multiply(TfApi.multiply(ratio, in.rate()), update));
  }

  private static Tensor mean(Variable slot, Tensor x, double rest) {
    slot.assignAdd(TfApi.multiply(TfApi.subtract(x, slot.value()), rest));
    return slot.value();
  }

  private static Tensor size(Tensor x) {
    return TfApi.sqrt(TfApi.reduceSum(TfApi.square(x)));
  }
}
