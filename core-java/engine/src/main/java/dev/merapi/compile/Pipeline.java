package dev.merapi.compile;

import dev.merapi.graph.Graph;
import java.util.List;

/// The optimiser: all passes in their order.
public final class Pipeline {
  private static final List<Pass> PASSES = List.of();

  private Pipeline() {}

  /// Returns a graph that gives the same results, faster.
  public static Graph apply(Graph g) {
    Graph now = g;
    for (Pass p : PASSES) {
      now = p.apply(now);
    }
    return now;
  }

  /// Runs the passes again over a graph in which more has become known.
  static Graph tidy(Graph g) {
    return apply(g);
  }
}
