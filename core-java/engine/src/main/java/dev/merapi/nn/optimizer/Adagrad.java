package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Steps scaled by the root of the sum of all squares so far.
///
/// Source: Duchi, Hazan and Singer 2011, "Adaptive Subgradient Methods".
public final class Adagrad extends Optimizer implements OptimizerArguments<Adagrad> {
  private final Setting<Double> initialAccumulatorValue =
      setting("initial_accumulator_value", Kinds.NUMBER, 0.1);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);

  public Adagrad() {
    this(0.001);
  }

  public Adagrad(double learningRate) {
    super(learningRate);
  }

  public Adagrad(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets what the sums of squares begin with.
  public Adagrad initialAccumulatorValue(double value) {
    return with("initial_accumulator_value", value);
  }

  /// Sets what keeps divisors from 0.
  public Adagrad epsilon(double value) {
    return with("epsilon", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, initialAccumulatorValue.get().floatValue(), "accumulator");
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    step.run(
        "adagrad", g, in -> new Object[] {in.rate(), epsilon.get()}, v, slot(v, "accumulator"));
  }
}
