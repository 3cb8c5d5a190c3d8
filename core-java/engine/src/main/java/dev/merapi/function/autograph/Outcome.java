package dev.merapi.function.autograph;

import java.util.BitSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How a way ended: at which instructions (which of them may hang on a tensor), with what values.
///
/// @param keys the instructions at which it may have ended, [Code#RETURN] among them; none if it
///     threw
/// @param which the key, an `Integer` or an int32 tensor; null when `keys` is empty
/// @param go for a turn of a loop, whether another one follows: `Boolean` or [Symbolic.Truth]
/// @param live the local variables that are read afterwards
record Outcome(Set<Integer> keys, @Nullable Object which, Object go, BitSet live, State state) {
  static Outcome at(int key, Code code, State state) {
    return new Outcome(
        Set.of(key), key, false, key < 0 ? new BitSet() : code.live[key], state);
  }

  /// A turn of a loop that another one follows if `go`; else the loop ends at `key`.
  static Outcome turn(Object go, @Nullable Integer key, BitSet live, State state) {
    return new Outcome(key == null ? Set.of() : Set.of(key), key, go, live, state);
  }

  /// A way that ended in an exception which the graph will throw.
  static Outcome thrown(State state) {
    return new Outcome(Set.of(), null, false, new BitSet(), state);
  }

  boolean isThrown() {
    return keys.isEmpty() && go.equals(false);
  }

  boolean returns() {
    return keys.contains(Code.RETURN);
  }
}
