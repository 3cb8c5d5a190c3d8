package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/// Steps scaled by the root of a running mean of squares; with momentum, or by the variance, if
/// asked for.
///
/// Source: Tieleman and Hinton 2012, lecture 6.5.
public final class RMSprop extends Optimizer implements OptimizerArguments<RMSprop> {
  private final Setting<Double> rho = setting("rho", Kinds.NUMBER, 0.9);
  private final Setting<Double> momentum = setting("momentum", Kinds.NUMBER, 0.0);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);
  private final Setting<Boolean> centered = setting("centered", Kinds.FLAG, false);

  public RMSprop() {
    this(0.001);
  }

  public RMSprop(double learningRate) {
    super(learningRate);
  }

  public RMSprop(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets the share of the running mean that stays in each step, 0 to 1.
  public RMSprop rho(double value) {
    return with("rho", value);
  }

  /// Sets the share of the last step that goes on, 0 to 1.
  public RMSprop momentum(double value) {
    return with("momentum", value);
  }

  /// Sets what keeps divisors from 0.
  public RMSprop epsilon(double value) {
    return with("epsilon", value);
  }

  /// Says whether steps are scaled by the variance of gradients instead of their mean square.
  public RMSprop centered(boolean value) {
    return with("centered", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "velocity");
    if (momentum.get() > 0) {
      addSlots(variables, 0, "momentum");
    }
    if (centered.get()) {
      addSlots(variables, 0, "average_gradient");
    }
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    String rule = "rmsprop";
    List<Variable> slots = new ArrayList<>(List.of(slot(v, "velocity")));
    if (centered.get()) {
      rule += "_centered";
    }
    if (momentum.get() > 0) {
      rule += "_momentum";
      slots.add(slot(v, "momentum"));
    }
    if (centered.get()) {
      slots.add(slot(v, "average_gradient"));
    }
    step.run(rule, g, this::numbers, v, slots.toArray(new Variable[0]));
  }

  private Object[] numbers(Step.In in) {
    return new Object[] {in.rate(), rho.get(), 1 - rho.get(), epsilon.get(), momentum.get()};
  }
}
