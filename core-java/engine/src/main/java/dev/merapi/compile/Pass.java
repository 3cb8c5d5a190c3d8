package dev.merapi.compile;

import dev.merapi.graph.Graph;

/// One transformation of the optimiser: from a graph to another that gives the same results.
public interface Pass {
  /// Returns the name under which the pass shows in logs and goldens.
  String name();

  Graph apply(Graph graph);
}
