package dev.merapi.compile;

import dev.merapi.compile.pass.Algebra;
import dev.merapi.compile.pass.Common;
import dev.merapi.compile.pass.DeadCode;
import dev.merapi.compile.pass.Folding;
import dev.merapi.compile.pass.Fuse;
import dev.merapi.compile.pass.Tails;
import dev.merapi.graph.Graph;
import dev.merapi.op.Numerics;
import java.util.List;

/// The optimiser: all passes in their order.
///
/// The system property `merapi.log=passes` writes the graph after every pass that changed it.
public final class Pipeline {
  private static final List<Pass> PASSES =
      List.of(
          new DeadCode(),
          new Folding(),
          new Algebra(),
          new Common(),
          new Algebra(),
          new DeadCode());

  /// Passes for graphs in which all shapes are as known as they will be.
  private static final List<Pass> LAST = List.of(new Tails(), new Fuse());

  private static final boolean LOGGED = System.getProperty("merapi.log", "").contains("passes");

  private Pipeline() {}

  /// Returns a graph that gives the same results, faster.
  public static Graph apply(Graph g) {
    Graph now = g;
    if (LOGGED) {
      System.err.println("# traced\n" + now);
    }
    return run(PASSES, now);
  }

  /// Does what is to be done once shapes are as known as they will be.
  static Graph finish(Graph g) {
    // Fused nodes would hide which operation made a NaN.
    return Numerics.isOn() ? g : run(LAST, g);
  }

  private static Graph run(List<Pass> passes, Graph g) {
    Graph now = g;
    for (Pass p : passes) {
      Graph next = p.apply(now);
      if (LOGGED && !next.toString().equals(now.toString())) {
        System.err.println("# after " + p.name() + "\n" + next);
      }
      now = next;
    }
    return now;
  }
}
