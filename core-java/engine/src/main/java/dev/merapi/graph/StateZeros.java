package dev.merapi.graph;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// Zeros for the gradient of a variable, of which only the handle is at hand.
final class StateZeros {
  private static final OpRef SHAPE = OpRef.to("VariableShape");
  private static final OpRef FILL = OpRef.to("Fill");
  private static final OpRef CAST = OpRef.to("Cast");

  private StateZeros() {}

  static Tensor of(Tensor handle, Spec gradient) {
    if (gradient.shape().isKnown()) {
      return Values.filled(gradient, 0);
    }
    Tensor zero = CAST.with(CAST.attrs("DstT", gradient.dtype()), Values.scalar(0));
    return FILL.of(SHAPE.of(handle), zero);
  }
}
