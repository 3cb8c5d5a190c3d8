package dev.merapi.op;

import dev.merapi.tensor.Tensor;

/// Carries calls out: at once, or by writing them into a graph.
public interface Executor {
  /// Returns the outputs of one call.
  Tensor[] run(OpDef op, Attrs attrs, Tensor[] inputs);

  /// Returns the value of a tensor as far as it exists: in a trace, of one that depends on no
  /// argument.
  default Tensor lift(Tensor t) {
    return t;
  }

  /// Hears that a variable was made on this thread.
  default void made(Object variable) {}
}
