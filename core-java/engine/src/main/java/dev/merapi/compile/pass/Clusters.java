package dev.merapi.compile.pass;

import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Groups of nodes that can run as one: element-wise over one shape, connected, and such that no
/// way leaves the group and comes back.
final class Clusters {
  /// Larger groups compile slowly and no longer fit the registers.
  private static final int MOST_NODES = 160;

  private static final int MOST_INPUTS = 40;

  /// One group.
  static final class Cluster {
    final Shape shape;
    final BitSet members = new BitSet();
    int size;

    Cluster(Shape shape) {
      this.shape = shape;
    }
  }

  private final List<Node> nodes;
  private final @Nullable Cluster[] of;

  Clusters(Graph g) {
    nodes = g.nodes();
    of = new Cluster[nodes.size()];
    for (Node n : nodes) {
      if (Fusable.isElementwise(n)) {
        place(n, n.output(0).shape());
      } else if (Fusable.isReduction(n)) {
        reduction(n);
      }
    }
  }

  /// Returns the group of a node, or null.
  @Nullable Cluster of(Node n) {
    return of[n.position()];
  }

  Node node(int position) {
    return nodes.get(position);
  }

  /// Puts a node into the groups of those that make its inputs, or into one of its own.
  private void place(Node n, Shape shape) {
    Cluster mine = new Cluster(shape);
    add(mine, n);
    for (Tensor t : n.inputs()) {
      Cluster c = of[Symbol.node(t).position()];
      if (c != null && c != mine && c.shape.equals(shape) && !Fusable.isReduction(Symbol.node(t))) {
        mine = joined(c, mine);
      }
    }
  }

  /// Lets the group of its input fold a reduction's input as it is computed.
  private void reduction(Node n) {
    Cluster c = of[Symbol.node(n.input(0)).position()];
    if (c != null
        && c.shape.equals(n.input(0).shape())
        && !Fusable.isReduction(Symbol.node(n.input(0)))) {
      Cluster mine = new Cluster(c.shape);
      add(mine, n);
      if (joined(c, mine) == mine) {
        of[n.position()] = null;
      }
    }
  }

  private void add(Cluster c, Node n) {
    c.members.set(n.position());
    c.size++;
    of[n.position()] = c;
  }

  /// Joins two groups if that is allowed; returns the group of the second one's nodes.
  private Cluster joined(Cluster a, Cluster b) {
    if (a.size + b.size > MOST_NODES
        || comesBack(a, b)
        || readsFolded(a, b)
        || inputs(a, b) > MOST_INPUTS) {
      return b;
    }
    a.members.or(b.members);
    a.size += b.size;
    b.members.stream().forEach(i -> of[i] = a);
    return a;
  }

  /// Tells whether a value from outside that one of the two reads depends on one of them, perhaps
  /// by way of other groups, of which each member waits for all that any of them reads.
  private boolean comesBack(Cluster a, Cluster b) {
    BitSet all = (BitSet) a.members.clone();
    all.or(b.members);
    int first = all.nextSetBit(0);
    BitSet seen = new BitSet();
    ArrayDeque<Node> todo = new ArrayDeque<>();
    all.stream().forEach(i -> before(nodes.get(i), n -> todo.add(n)));
    todo.removeIf(n -> all.get(n.position()));
    while (!todo.isEmpty()) {
      Node n = todo.poll();
      int p = n.position();
      if (all.get(p)) {
        return true;
      }
      Cluster c = of[p];
      // What stands in front of all members cannot depend on one.
      if (seen.get(p) || (c == null ? p : c.members.length()) < first) {
        continue;
      }
      if (c == null) {
        seen.set(p);
        before(n, todo::add);
      } else {
        seen.or(c.members);
        c.members.stream()
            .forEach(i ->
                before(
                    nodes.get(i),
                    m -> {
                      if (of[m.position()] != c) {
                        todo.add(m);
                      }
                    }));
      }
    }
    return false;
  }

  private static void before(Node n, Consumer<Node> each) {
    for (Tensor t : n.inputs()) {
      each.accept(Symbol.node(t));
    }
    n.controls().forEach(each);
  }

  /// Tells whether one of the two reads what the other folds: that is complete only when the whole
  /// pass is over.
  private boolean readsFolded(Cluster a, Cluster b) {
    BitSet all = (BitSet) a.members.clone();
    all.or(b.members);
    for (int i = all.nextSetBit(0); i >= 0; i = all.nextSetBit(i + 1)) {
      for (Tensor t : nodes.get(i).inputs()) {
        Node from = Symbol.node(t);
        if (all.get(from.position()) && Fusable.isReduction(from)) {
          return true;
        }
      }
    }
    return false;
  }

  private int inputs(Cluster a, Cluster b) {
    List<Tensor> all = new ArrayList<>();
    for (Cluster c : List.of(a, b)) {
      c.members.stream()
          .forEach(i -> {
            for (Tensor t : nodes.get(i).inputs()) {
              int p = Symbol.node(t).position();
              if (!a.members.get(p) && !b.members.get(p) && !all.contains(t)) {
                all.add(t);
              }
            }
          });
    }
    return all.size();
  }
}
