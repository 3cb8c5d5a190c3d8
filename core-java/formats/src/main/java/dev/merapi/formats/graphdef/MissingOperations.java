package dev.merapi.formats.graphdef;

import java.util.Set;

/// Reports all operations of a graph that Merapi's catalogue lacks.
public final class MissingOperations extends GraphDefError {
  private static final long serialVersionUID = 1;

  private final transient Set<String> operations;

  MissingOperations(Place place, Set<String> operations) {
    super(
        place,
        "the graph needs operations that Merapi does not have: " + String.join(", ", operations),
        operations.size() + " unknown operations",
        "those of docs/operations.md",
        "ask for outputs that do not need them, or rewrite these nodes");
    this.operations = Set.copyOf(operations);
  }

  /// Returns their names, as TensorFlow spells them.
  public Set<String> operations() {
    return operations;
  }
}
