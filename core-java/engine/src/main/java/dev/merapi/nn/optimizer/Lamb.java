package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.memory.Scope;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.op.family.TrainSteps;
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
    Step.In in = step.in(TrainSteps.computing(v.dtype()));
    Variable m = slot(v, "momentum");
    Variable velocity = slot(v, "velocity");
    step.run("means", g, i -> new Object[] {1 - beta1.get(), 1 - beta2.get()}, m, velocity);
    Tensor above = TfApi.divide(wide(m), TfApi.subtract(1, in.power(beta1.get())));
    Tensor below =
        TfApi.sqrt(TfApi.divide(wide(velocity), TfApi.subtract(1, in.power(beta2.get()))));
    Tensor update = TfApi.divide(above, TfApi.add(below, epsilon.get()));
    Tensor weights = size(v);
    Tensor length = size(update);
    Tensor ratio =
        TfApi.where(
            TfApi.logicalAnd(TfApi.greater(weights, 0), TfApi.greater(length, 0)),
            TfApi.divide(weights, length),
            in.constant(1));
    Tensor change = TfApi.multiply(TfApi.multiply(ratio, in.rate()), update);
    v.assignSub(TfApi.cast(change, v.dtype()));
  }

  /// Returns the value in the type in which steps compute.
  private static Tensor wide(Variable v) {
    return TfApi.cast(raw(v), TrainSteps.computing(v.dtype()));
  }

  private static Tensor size(Variable v) {
    // A value that nobody holds any more can be changed in its place.
    try (Scope scope = Scope.open()) {
      return scope.keep(size(wide(v)));
    }
  }

  private static Tensor size(Tensor x) {
    return TfApi.sqrt(TfApi.reduceSum(TfApi.square(x)));
  }
}
