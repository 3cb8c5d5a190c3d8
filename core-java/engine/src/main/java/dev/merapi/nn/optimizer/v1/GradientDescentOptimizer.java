package dev.merapi.nn.optimizer.v1;

import dev.merapi.eager.Variable;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.nn.optimizer.OptimizerArguments;
import dev.merapi.nn.optimizer.Step;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Gradient descent as TensorFlow 1 calls it.
public final class GradientDescentOptimizer extends Optimizer
    implements OptimizerArguments<GradientDescentOptimizer> {
  private static final OpRef STEP = OpRef.to("ResourceApplyGradientDescent");
  private static final OpRef MUL = OpRef.to("Mul");

  public GradientDescentOptimizer(double learningRate) {
    super(learningRate);
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    STEP.all(STEP.get().defaults(), v.handle(), step.learningRate(v.dtype()), g);
  }

  @Override
  protected void updateRows(Variable v, IndexedSlices g, Step step) {
    v.scatterSub(g.indices(), MUL.of(g.values(), step.learningRate(v.dtype())));
  }
}
