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

  /// Returns types and shapes of the inputs.
  Spec[] inputSpecs();

  /// Returns types and shapes of the outputs.
  Spec[] outputSpecs();

  /// Tells whether running it may change something besides its outputs.
  boolean hasEffect();

  /// Runs it now.
  Tensor[] run(Tensor... in);
}
