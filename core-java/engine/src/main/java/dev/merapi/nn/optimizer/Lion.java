package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Steps of one size, in the direction of the sign of a running mean.
///
/// Source: Chen et al. 2023, "Symbolic Discovery of Optimization Algorithms".
public final class Lion extends Optimizer implements OptimizerArguments<Lion> {
  private final Setting<Double> beta1 =
      setting("beta_1", Kinds.numbers("a number above 0 and up to 1", b -> b > 0 && b <= 1), 0.9);
  private final Setting<Double> beta2 = setting("beta_2", Kinds.NUMBER, 0.99);

  public Lion() {
    this(0.001);
  }

  public Lion(double learningRate) {
    super(learningRate);
  }

  public Lion(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets the share of the running mean in the direction of a step.
  public Lion beta1(double value) {
    return with("beta_1", value);
  }

  /// Sets the share of the running mean that stays in each step, 0 to 1.
  public Lion beta2(double value) {
    return with("beta_2", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "momentum");
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    step.run("lion", g, this::numbers, v, slot(v, "momentum"));
  }

  private Object[] numbers(Step.In in) {
    Tensor b1 = in.share(beta1.get());
    Tensor b2 = in.share(beta2.get());
    return new Object[] {in.rate(), b1, TfApi.subtract(1, b1), b2, TfApi.subtract(1, b2)};
  }
}
