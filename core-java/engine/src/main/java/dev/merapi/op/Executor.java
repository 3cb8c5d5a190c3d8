package dev.merapi.op;

import dev.merapi.tensor.Tensor;

/// Carries calls out: at once, or by writing them into a graph.
public interface Executor {
  /// Returns the outputs of one call.
  Tensor[] run(OpDef op, Attrs attrs, Tensor[] inputs);

  /// Returns the first output of a call with one input; `context` is that of this thread.
  default Tensor run(Context context, OpDef op, Attrs attrs, Tensor x) {
    return run(op, attrs, new Tensor[] {x})[0];
  }

  /// Returns the first output of a call with two inputs.
  default Tensor run(Context context, OpDef op, Attrs attrs, Tensor x, Tensor y) {
    return run(op, attrs, new Tensor[] {x, y})[0];
  }

  /// Returns the value of a tensor as far as it exists: in a trace, of one that depends on no
  /// argument.
  default Tensor lift(Tensor t) {
    return t;
  }

  /// Hears that a variable was made on this thread.
  default void made(Object variable) {}
}
