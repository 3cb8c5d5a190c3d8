package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// A program's own loss: one number for each sample, or one for the batch.
@FunctionalInterface
public interface LossFunction {
  Tensor apply(Tensor yTrue, Tensor yPred);
}
