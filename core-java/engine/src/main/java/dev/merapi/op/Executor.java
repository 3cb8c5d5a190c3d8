package dev.merapi.op;

import dev.merapi.tensor.Tensor;

/// Carries calls out: at once, or by writing them into a graph.
public interface Executor {
  /// Returns the outputs of one call.
  Tensor[] run(OpDef op, Attrs attrs, Tensor[] inputs);
}
