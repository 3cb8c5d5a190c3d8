package dev.merapi.nn.optimizer.v1;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.nn.optimizer.OptimizerArguments;
import dev.merapi.nn.optimizer.Step;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Momentum as in TensorFlow 1: the slot holds sums of gradients, to which each step's learning
/// rate applies anew.
public final class MomentumOptimizer extends Optimizer
    implements OptimizerArguments<MomentumOptimizer> {
  private static final OpRef STEP = OpRef.to("ResourceApplyMomentum");

  private final Setting<Double> momentum = setting("momentum", Kinds.NUMBER, 0.0);
  private final Setting<Boolean> useNesterov = setting("use_nesterov", Kinds.FLAG, false);

  public MomentumOptimizer(double learningRate, double momentum) {
    this(learningRate, momentum, false);
  }

  /// @param momentum share of the last step that goes on, 0 to 1
  /// @param useNesterov whether the gradient is taken where the momentum leads
  public MomentumOptimizer(double learningRate, double momentum, boolean useNesterov) {
    super(learningRate);
    this.momentum.set(momentum);
    this.useNesterov.set(useNesterov);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "Momentum");
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    STEP.all(
        STEP.attrs("use_nesterov", useNesterov.get()),
        v.handle(),
        slot(v, "Momentum").handle(),
        step.learningRate(v.dtype()),
        g,
        step.in(v.dtype()).constant(momentum.get()));
  }
}
