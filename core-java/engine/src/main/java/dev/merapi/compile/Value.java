package dev.merapi.compile;

import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One tensor of a graph as its plan sees it: where it lies, from which step to which it lives.
final class Value {
  /// Where a value lies while the plan runs.
  enum Kind {
    /// Given by the caller.
    ARGUMENT,
    /// Part of the graph.
    CONSTANT,
    /// A stretch of the activation's memory.
    ARENA,
    /// Memory of its own in each run, because somebody may keep it.
    OWN,
    /// Made by its step, which alone knows how large it is.
    FOUND,
    /// The value of a variable, lent for the run.
    LENT,
    /// Another value's elements under another type or shape.
    ALIAS
  }

  final Tensor symbol;
  final int index;
  Kind kind = Kind.FOUND;

  /// The step that makes it; -1 for arguments and constants.
  int made = -1;

  /// The last step that reads it or an alias of it; `Integer.MAX_VALUE` for outputs.
  int lastUse = -1;

  /// The value whose elements these are; itself unless this is an alias.
  Value base;

  @Nullable Tensor constant;

  /// Inputs of its step over which it may be written, should they die there: read element by
  /// element at the same place.
  List<Value> hosts = List.of();

  /// Byte offset in the arena.
  long offset = -1;

  Value(Tensor symbol, int index) {
    this.symbol = symbol;
    this.index = index;
    this.base = this;
  }

  Spec spec() {
    return symbol.spec();
  }

  boolean isKnown() {
    return symbol.shape().isKnown();
  }

  /// Tells whether the place holds another tensor in each run.
  boolean isSlot() {
    return base.kind == Kind.ARGUMENT
        || base.kind == Kind.OWN
        || base.kind == Kind.FOUND
        || base.kind == Kind.LENT;
  }
}
