package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Steps scaled by the ratio of earlier steps to earlier gradients.
///
/// Source: Zeiler 2012, "ADADELTA: An Adaptive Learning Rate Method".
public final class Adadelta extends Optimizer implements OptimizerArguments<Adadelta> {
  private final Setting<Double> rho = setting("rho", Kinds.NUMBER, 0.95);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);

  public Adadelta() {
    this(0.001);
  }

  public Adadelta(double learningRate) {
    super(learningRate);
  }

  public Adadelta(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets the share of the running means that stays in each step, 0 to 1.
  public Adadelta rho(double value) {
    return with("rho", value);
  }

  /// Sets what keeps divisors from 0.
  public Adadelta epsilon(double value) {
    return with("epsilon", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "accumulated_grad", "accumulated_delta_var");
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    step.run(
        "adadelta",
        g,
        in -> new Object[] {in.rate(), rho.get(), 1 - rho.get(), epsilon.get()},
        v,
        slot(v, "accumulated_grad"),
        slot(v, "accumulated_delta_var"));
  }
}
