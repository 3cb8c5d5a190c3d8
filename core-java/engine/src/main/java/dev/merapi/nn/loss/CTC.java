package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// Computes minus the logarithm of the probability of a sequence of labels, over all ways in which
/// it can lie in a longer sequence of predictions.
///
/// Shapes: predictions `(batch, steps, classes)`, scores before softmax; labels `(batch, length)`,
/// class numbers from 1 on, filled up with 0, which is the blank. A row whose labels do not fit
/// into its steps has an infinite loss. Cost: a loop over the steps, each a dozen operations over
/// `(batch, 2 · length + 1)`. Source: Graves et al., "Connectionist temporal classification", ICML
/// 2006.
public final class CTC extends Loss {
  public CTC() {
    super("ctc");
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.ctc(yTrue, yPred);
  }

  @Override
  boolean takesWholeLabels() {
    return true;
  }

  @Override
  void check(Tensor yTrue, Tensor yPred) {
    Sequences.check(yTrue, yPred);
  }
}
