package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Gradient descent, with momentum if asked for.
public final class SGD extends Optimizer implements OptimizerArguments<SGD> {
  private static final OpRef DESCENT = OpRef.to("ResourceApplyGradientDescent");
  private static final OpRef MOMENTUM = OpRef.to("ResourceApplyKerasMomentum");
  private static final OpRef MUL = OpRef.to("Mul");

  private final Setting<Double> momentum = setting("momentum", Kinds.SHARE, 0.0);
  private final Setting<Boolean> nesterov = setting("nesterov", Kinds.FLAG, false);

  public SGD() {
    this(0.01);
  }

  public SGD(double learningRate) {
    super(learningRate);
  }

  public SGD(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// @param momentum share of the last step that goes on, 0 to 1
  /// @param nesterov whether the gradient is taken where the momentum leads
  public SGD(double learningRate, double momentum, boolean nesterov) {
    this(learningRate);
    this.momentum.set(momentum);
    this.nesterov.set(nesterov);
  }

  /// Sets the share of the last step that goes on, 0 to 1.
  public SGD momentum(double share) {
    return with("momentum", share);
  }

  /// Says whether the gradient is taken where the momentum leads.
  public SGD nesterov(boolean on) {
    return with("nesterov", on);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    if (momentum.get() != 0) {
      addSlots(variables, 0, "momentum");
    }
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    Tensor rate = step.learningRate(v.dtype());
    if (momentum.get() == 0) {
      DESCENT.all(DESCENT.get().defaults(), v.handle(), rate, g);
      return;
    }
    MOMENTUM.all(
        MOMENTUM.attrs("use_nesterov", nesterov.get()),
        v.handle(),
        slot(v, "momentum").handle(),
        rate,
        g,
        step.in(v.dtype()).share(momentum.get()));
  }

  /// Touches only the rows of the gradient; with momentum all rows go on moving.
  @Override
  protected void updateRows(Variable v, IndexedSlices g, Step step) {
    if (momentum.get() == 0) {
      v.scatterSub(g.indices(), MUL.of(g.values(), step.learningRate(v.dtype())));
    } else {
      super.updateRows(v, g, step);
    }
  }
}
