package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Gradient descent, with momentum if asked for.
public final class Sgd extends Optimizer {
  private static final OpRef DESCENT = OpRef.to("ResourceApplyGradientDescent");
  private static final OpRef MOMENTUM = OpRef.to("ResourceApplyMomentum");
  private static final OpRef MUL = OpRef.to("Mul");

  private final double momentum;
  private final boolean nesterov;

  public Sgd(double learningRate) {
    this(learningRate, 0, false);
  }

  /// @param momentum share of the last step that goes on, 0 to 1
  /// @param nesterov whether the gradient is taken where the momentum leads
  public Sgd(double learningRate, double momentum, boolean nesterov) {
    super(learningRate);
    this.momentum = momentum;
    this.nesterov = nesterov;
  }

  @Override
  protected void step(Variable v, Tensor g, Rate rate) {
    if (momentum == 0) {
      DESCENT.all(DESCENT.get().defaults(), v.handle(), rate.as(v.dtype()), g);
      return;
    }
    Variable[] slots = slots(v, 0, "momentum");
    MOMENTUM.all(
        MOMENTUM.attrs("use_nesterov", nesterov),
        v.handle(),
        slots[0].handle(),
        rate.as(v.dtype()),
        g,
        number(v, momentum));
  }

  /// Touches only the rows of the gradient; with momentum all rows go on moving.
  @Override
  protected void stepRows(Variable v, IndexedSlices g, Rate rate) {
    if (momentum == 0) {
      v.scatterSub(g.indices(), MUL.of(g.values(), rate.as(v.dtype())));
    } else {
      super.stepRows(v, g, rate);
    }
  }
}
