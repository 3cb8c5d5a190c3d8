package dev.merapi.op;

import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;

/// A graph as the value of an attribute: a branch of an `If`, the condition or the body of a
/// `While`, a called function.
///
/// The graphs themselves live in a room after this one.
public interface Body {
  /// Returns its name in graph files, unique within a program.
  String name();

  /// Returns types and shapes of the inputs; the caller only reads the array.
  Spec[] inputSpecs();

  /// Returns types and shapes of the outputs; the caller only reads the array.
  Spec[] outputSpecs();

  /// Returns the number of the input that output `i` is, unchanged, or -1.
  int passed(int i);

  /// Tells whether running it may change something besides its outputs.
  boolean hasEffect();

  /// Tells whether its results may differ from those of another run with the same inputs, or it has
  /// effects: then it is run as often as the program says.
  boolean isStateful();

  /// Runs it now.
  Tensor[] run(Tensor... in);

  /// Calls its operations one by one where the thread is: at once, or into the graph being traced.
  Tensor[] replay(Tensor... in);
}
