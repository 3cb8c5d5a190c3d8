package dev.merapi.nn.loss;

import dev.merapi.tensor.Tensor;

/// What losses share that compare labels and predictions place by place: a last axis of 1 comes or
/// goes, and shapes must fit.
abstract class Elementwise extends Loss {
  Elementwise(String name) {
    super(name);
  }

  @Override
  final boolean fitsRanks() {
    return true;
  }

  @Override
  void check(Tensor yTrue, Tensor yPred) {
    Pairing.sameShape(this, yTrue, yPred);
  }
}
