package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.op.family.TrainSteps;
import dev.merapi.tensor.DType;
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
  protected void updateStep(Variable v, Tensor gradient, Step step) {
    DType wide = TrainSteps.computing(v.dtype());
    Step.In in = step.in(wide);
    Tensor g = TfApi.cast(gradient, wide);
    Tensor m = mean(slot(v, "momentum"), g, 1 - beta1.get());
    Tensor velocity = mean(slot(v, "velocity"), TfApi.square(g), 1 - beta2.get());
    Tensor above = TfApi.divide(m, TfApi.subtract(1, in.power(beta1.get())));
    Tensor below = TfApi.sqrt(TfApi.divide(velocity, TfApi.subtract(1, in.power(beta2.get()))));
    Tensor update = TfApi.divide(above, TfApi.add(below, epsilon.get()));
    Tensor weights = size(TfApi.cast(raw(v), wide));
    Tensor length = size(update);
    Tensor ratio =
        TfApi.where(
            TfApi.logicalAnd(TfApi.greater(weights, 0), TfApi.greater(length, 0)),
            TfApi.divide(weights, length),
            in.constant(1));
    Tensor change = TfApi.multiply(TfApi.multiply(ratio, in.rate()), update);
    v.assignSub(TfApi.cast(change, v.dtype()));
  }

  /// Moves a running mean towards `x` by the share `rest`; returns it in the type of `x`.
  private static Tensor mean(Variable slot, Tensor x, double rest) {
    Tensor old = TfApi.cast(slot.value(), x.dtype());
    slot.assignAdd(TfApi.cast(TfApi.multiply(TfApi.subtract(x, old), rest), slot.dtype()));
    return TfApi.cast(slot.value(), x.dtype());
  }

  private static Tensor size(Tensor x) {
    return TfApi.sqrt(TfApi.reduceSum(TfApi.square(x)));
  }
}
