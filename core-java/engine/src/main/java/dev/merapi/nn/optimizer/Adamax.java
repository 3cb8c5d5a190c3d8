package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Adam by the largest gradient of late instead of the mean square.
///
/// Source: Kingma and Ba 2015, section 7.1.
public final class Adamax extends Optimizer implements OptimizerArguments<Adamax> {
  private final Setting<Double> beta1 = setting("beta_1", Kinds.NUMBER, 0.9);
  private final Setting<Double> beta2 = setting("beta_2", Kinds.NUMBER, 0.999);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);

  public Adamax() {
    this(0.001);
  }

  public Adamax(double learningRate) {
    super(learningRate);
  }

  public Adamax(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets the share of the running mean of gradients that stays in each step, 0 to 1.
  public Adamax beta1(double value) {
    return with("beta_1", value);
  }

  /// Sets the share of the running mean of squares that stays in each step, 0 to 1.
  public Adamax beta2(double value) {
    return with("beta_2", value);
  }

  /// Sets what keeps divisors from 0.
  public Adamax epsilon(double value) {
    return with("epsilon", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "momentum", "norm");
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    step.run("adamax", g, this::numbers, v, slot(v, "momentum"), slot(v, "norm"));
  }

  private Object[] numbers(Step.In in) {
    Tensor rest = TfApi.subtract(1, in.power(beta1.get()));
    return new Object[] {in.rate(), 1 - beta1.get(), beta2.get(), rest, epsilon.get()};
  }
}
