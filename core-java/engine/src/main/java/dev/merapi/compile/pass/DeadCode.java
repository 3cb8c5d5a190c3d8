package dev.merapi.compile.pass;

import dev.merapi.compile.Pass;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// Leaves out what neither an output nor an effect needs.
public final class DeadCode implements Pass {
  @Override
  public String name() {
    return "dead-code";
  }

  @Override
  public Graph apply(Graph g) {
    Set<Node> alive = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Node> todo = new ArrayDeque<>();
    for (Tensor t : g.outputs()) {
      todo.add(Symbol.node(t));
    }
    for (Node n : g.nodes()) {
      if (n.hasEffect() && !n.is("NoOp")) {
        todo.add(n);
      }
    }
    while (!todo.isEmpty()) {
      Node n = todo.poll();
      if (alive.add(n)) {
        for (Tensor t : n.inputs()) {
          todo.add(Symbol.node(t));
        }
      }
    }
    Rewrite.Copy copy = new Rewrite.Copy(g);
    for (Node n : g.nodes()) {
      if (alive.contains(n)) {
        copy.keep(n);
      }
    }
    return copy.finish();
  }
}
