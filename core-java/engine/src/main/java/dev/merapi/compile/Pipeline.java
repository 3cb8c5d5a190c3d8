package dev.merapi.compile;

import dev.merapi.compile.pass.Algebra;
import dev.merapi.compile.pass.Common;
import dev.merapi.compile.pass.DeadCode;
import dev.merapi.compile.pass.Folding;
import dev.merapi.graph.Graph;
import java.util.List;

/// The optimiser: all passes in their order.
///
/// The system property `merapi.log=passes` writes the graph after every pass that changed it.
public final class Pipeline {
  private static final List<Pass> PASSES =
      List.of(
          new DeadCode(), new Folding(), new Algebra(), new Common(), new Algebra(), new DeadCode());

  private static final boolean LOGGED =
      System.getProperty("merapi.log", "").contains("passes");

  private Pipeline() {}

  /// Returns the passes in their order.
  public static List<Pass> passes() {
    return PASSES;
  }

  /// Returns a graph that gives the same results, faster.
  public static Graph apply(Graph g) {
    Graph now = g;
    if (LOGGED) {
      System.err.println("# traced\n" + now);
    }
    for (Pass p : PASSES) {
      Graph next = p.apply(now);
      if (LOGGED && !next.toString().equals(now.toString())) {
        System.err.println("# after " + p.name() + "\n" + next);
      }
      now = next;
    }
    return now;
  }
}
