package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Gradient descent, with momentum if asked for.
public final class Sgd extends Optimizer {
  private static final OpRef DESCENT = OpRef.to("GradientDescentStep");
  private static final OpRef MOMENTUM = OpRef.to("MomentumStep");
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
  protected void step(Variable v, Tensor g, long iteration) {
    if (momentum == 0) {
      v.assign(DESCENT.of(v.peek(), number(v, learningRate()), g));
      return;
    }
    Variable[] slots = slots(v, 0, "momentum");
    Tensor[] next =
        MOMENTUM.all(
            MOMENTUM.attrs("use_nesterov", nesterov),
            v.peek(),
            slots[0].peek(),
            number(v, learningRate()),
            number(v, momentum),
            g);
    v.assign(next[0]);
    slots[0].assign(next[1]);
  }

  /// Touches only the rows of the gradient; with momentum all rows go on moving.
  @Override
  protected void stepRows(Variable v, IndexedSlices g, long iteration) {
    if (momentum == 0) {
      v.scatterSub(g.indices(), MUL.of(g.values(), number(v, learningRate())));
    } else {
      super.stepRows(v, g, iteration);
    }
  }
}
