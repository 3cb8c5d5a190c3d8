package dev.merapi.formats.graphdef;

import dev.merapi.formats.graphdef.Item.Ref;

/// What a Merge outside of loops means: the value of one side of a predicate or of the other.
///
/// @param predicate the boolean that decides
/// @param yes the value if true
/// @param no the value if false
/// @param yesIndex which input of the Merge `yes` is; the Merge's second output tells it
record Join(Ref predicate, Ref yes, Ref no, int yesIndex) {

  /// Tells whether the other sides never come, so that there is nothing to decide.
  boolean isDecided() {
    return yes.equals(no);
  }
}
