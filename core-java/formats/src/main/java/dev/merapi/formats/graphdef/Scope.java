package dev.merapi.formats.graphdef;

import dev.merapi.graph.Tracer;
import dev.merapi.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What items have become so far in the graph being written, and in those around it.
final class Scope {
  final @Nullable Scope parent;
  final Tracer tracer;

  /// Put before the names of nodes.
  final String prefix;

  private final Map<Item, Tensor[]> values = new IdentityHashMap<>();

  Scope(@Nullable Scope parent, Tracer tracer, String prefix) {
    this.parent = parent;
    this.tracer = tracer;
    this.prefix = prefix;
  }

  void bind(Item item, Tensor... outputs) {
    values.put(item, outputs);
  }

  boolean has(Item item) {
    return find(item) != null;
  }

  /// Returns the item's outputs, or null when it has not been written yet. They may belong to a
  /// graph around this one.
  Tensor @Nullable [] find(Item item) {
    for (Scope s = this; s != null; s = s.parent) {
      Tensor[] t = s.values.get(item);
      if (t != null) {
        return t;
      }
    }
    return null;
  }
}
