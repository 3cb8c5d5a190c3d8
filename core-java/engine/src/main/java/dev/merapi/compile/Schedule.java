package dev.merapi.compile;

import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides in which order the nodes of a graph run and which of them run together.
///
/// Nodes that are too small for threads of their own are put together where that makes work for
/// several: chains of nodes that work row by row are cut into pieces of rows, each of which passes
/// through the whole chain while it is in the cache; and of branches that do not depend on each
/// other each runs on a thread. Neither changes what a kernel computes for an element, and neither
/// depends on the number of threads, so bits stay the same.
///
/// Between two nodes with effects, nodes may change places; nothing moves across them.
final class Schedule {
  /// What runs at a time.
  sealed interface Unit {
    /// One node, on whatever threads it takes.
    record One(Node node) implements Unit {}

    /// Nodes that work row by row; pieces of `some` of all `rows` rows run at the same time.
    record Rows(List<Node> nodes, int rows, int some) implements Unit {
      int pieces() {
        return (rows + some - 1) / some;
      }
    }

    /// Branches that run at the same time.
    record Branches(List<List<Node>> branches) implements Unit {}
  }

  /// What a chain must take, in nanoseconds on one thread, to be cut: two times what it costs to
  /// wake a thread.
  private static final double CHAIN = 40_000;

  /// What a piece of a chain should take.
  private static final double PIECE = 15_000;

  private static final int MOST_PIECES = 8;

  /// Pieces have a multiple of so many rows, and at least two times as many.
  private static final int ROWS = 8;

  /// What each of two branches must take, in nanoseconds on one thread, to get a thread.
  private static final double BRANCH = 50_000;

  /// A node that takes longer is cut by its own kernel.
  private static final double CUT_BY_ITSELF = 100_000;

  /// Longer stretches of nodes without effects are not searched for branches.
  private static final int SEARCHED = 1000;

  private Schedule() {}

  /// Returns what is to run, in its order.
  static List<Unit> of(List<Node> nodes) {
    List<Unit> all = new ArrayList<>();
    List<Node> quiet = new ArrayList<>();
    for (Node n : nodes) {
      if (isQuiet(n)) {
        quiet.add(n);
      } else {
        all.addAll(stretch(quiet));
        quiet.clear();
        all.add(new Unit.One(n));
      }
    }
    all.addAll(stretch(quiet));
    return all;
  }

  /// Returns the schedule of a graph as a text of one line for each unit of several nodes.
  static String text(Graph g) {
    StringBuilder s = new StringBuilder();
    for (Unit u : of(g.nodes().stream().filter(n -> !n.is("Placeholder")).toList())) {
      if (u instanceof Unit.Rows r) {
        s.append("  ").append(r.rows()).append(" rows, ").append(r.some()).append(" at a time: ");
        s.append(names(r.nodes())).append('\n');
      } else if (u instanceof Unit.Branches b) {
        s.append("  at once: ");
        s.append(b.branches().stream().map(Schedule::names).collect(Collectors.joining(" | ")));
        s.append('\n');
      } else if (u instanceof Unit.One o && !isFree(o.node())) {
        s.append("  ").append(o.node().name()).append('\n');
      }
    }
    return s.toString();
  }

  private static String names(List<Node> nodes) {
    return nodes.stream().map(Node::name).collect(Collectors.joining(", "));
  }

  /// Tells whether a node may change places with others like it.
  private static boolean isQuiet(Node n) {
    if (n.is("ReadVariableOp") || n.is("Const")) {
      return n.controls().isEmpty() || n.is("ReadVariableOp");
    }
    return isPlain(n);
  }

  private static boolean isPlain(Node n) {
    boolean apart =
        n.hasEffect()
            || n.op().isStateful()
            || !n.controls().isEmpty()
            || n.outputs().length == 0
            || Keeping.inputs(n)
            || !Plan.isStatic(n);
    if (apart) {
      return false;
    }
    for (Tensor t : n.inputs()) {
      if (t.dtype() == DType.RESOURCE || t.dtype() == DType.STRING) {
        return false;
      }
    }
    for (Tensor t : n.outputs()) {
      if (t.dtype() == DType.STRING || t.size() == 0) {
        return false;
      }
    }
    return !Plan.isOpen(n);
  }

  /// Tells whether nothing is to be done for a node when a plan runs.
  private static boolean isFree(Node n) {
    return n.is("Const") || Keeping.isAlias(n);
  }

  /// Puts nodes without effects in order: reads of variables first.
  private static List<Unit> stretch(List<Node> nodes) {
    List<Unit> units = new ArrayList<>();
    List<Node> rest = new ArrayList<>();
    for (Node n : nodes) {
      if (n.is("ReadVariableOp") || n.is("Const")) {
        units.add(new Unit.One(n));
      } else {
        rest.add(n);
      }
    }
    List<Unit> chained = new ArrayList<>();
    for (int i = 0; i < rest.size(); ) {
      i += chain(rest, i, chained);
    }
    units.addAll(branches(chained));
    return units;
  }

  /// Adds the chain that begins with node `from`, or that node alone; returns how many nodes these
  /// are.
  private static int chain(List<Node> nodes, int from, List<Unit> units) {
    Node first = nodes.get(from);
    int rows = isFree(first) ? 0 : RowWise.rows(first);
    List<Node> chain = new ArrayList<>();
    List<Unit> earlier = new ArrayList<>();
    List<Unit> later = new ArrayList<>();
    Set<Tensor> made = Collections.newSetFromMap(new IdentityHashMap<>());
    double cost = 0;
    int count = 0;
    for (int i = from; rows > 0 && i < nodes.size(); i++, count++) {
      Node n = nodes.get(i);
      if (isFree(n)) {
        boolean inside = made.contains(n.input(0));
        if (inside) {
          made.add(n.output(0));
        }
        (inside ? later : earlier).add(new Unit.One(n));
        continue;
      }
      boolean[] cut = RowWise.inputs(n, rows);
      if (cut == null || RowWise.cost(n) > CUT_BY_ITSELF || needsWhole(n, cut, made)) {
        break;
      }
      chain.add(n);
      Collections.addAll(made, n.outputs());
      cost += RowWise.cost(n);
    }
    int some = some(rows, cost);
    if (chain.size() < 2 || cost < CHAIN || some >= rows) {
      units.add(new Unit.One(first));
      return 1;
    }
    units.addAll(earlier);
    units.add(new Unit.Rows(chain, rows, some));
    units.addAll(later);
    return count;
  }

  private static boolean needsWhole(Node n, boolean[] cut, Set<Tensor> made) {
    for (int i = 0; i < cut.length; i++) {
      if (!cut[i] && made.contains(n.input(i))) {
        return true;
      }
    }
    return false;
  }

  private static int some(int rows, double cost) {
    int pieces = (int) Math.max(2, Math.min(MOST_PIECES, cost / PIECE));
    int some = (rows + pieces - 1) / pieces;
    return Math.max(2 * ROWS, (some + ROWS - 1) / ROWS * ROWS);
  }

  /// Puts branches together until there are no more.
  private static List<Unit> branches(List<Unit> units) {
    List<Unit> now = units;
    while (now.size() <= SEARCHED) {
      List<Unit> next = branched(now);
      if (next == null) {
        break;
      }
      now = next;
    }
    return now;
  }

  /// Puts the first two branches found together, or returns null.
  private static @Nullable List<Unit> branched(List<Unit> units) {
    double work = units.stream().mapToDouble(Schedule::cost).sum();
    if (work < 2 * BRANCH) {
      return null;
    }
    Map<Node, Integer> place = new IdentityHashMap<>();
    BitSet[] before = new BitSet[units.size()];
    BitSet ends = new BitSet();
    for (int u = 0; u < before.length; u++) {
      BitSet own = new BitSet();
      BitSet direct = new BitSet();
      for (Node n : nodes(units.get(u))) {
        place.put(n, u);
        for (Tensor t : n.inputs()) {
          Integer p = place.get(Symbol.node(t));
          if (p != null && p != u) {
            direct.set(p);
            own.or(before[p]);
          }
        }
      }
      own.set(u);
      before[u] = own;
      List<Unit> found = parted(units, before, direct);
      if (found != null) {
        return found;
      }
      ends.andNot(own);
      ends.set(u);
    }
    return parted(units, before, ends);
  }

  /// Looks for two of the units `ends` to which long work leads that the other does not need.
  private static @Nullable List<Unit> parted(List<Unit> units, BitSet[] before, BitSet ends) {
    for (int p = ends.nextSetBit(0); p >= 0; p = ends.nextSetBit(p + 1)) {
      for (int q = ends.nextSetBit(p + 1); q >= 0; q = ends.nextSetBit(q + 1)) {
        BitSet a = (BitSet) before[p].clone();
        a.andNot(before[q]);
        BitSet b = (BitSet) before[q].clone();
        b.andNot(before[p]);
        if (isBranch(units, a) && isBranch(units, b)) {
          BitSet earlier = (BitSet) before[p].clone();
          earlier.or(before[q]);
          return put(units, earlier, a, b);
        }
      }
    }
    return null;
  }

  private static boolean isBranch(List<Unit> units, BitSet branch) {
    double cost = 0;
    for (int u = branch.nextSetBit(0); u >= 0; u = branch.nextSetBit(u + 1)) {
      if (!(units.get(u) instanceof Unit.One) || cost(units.get(u)) > CUT_BY_ITSELF) {
        return false;
      }
      cost += cost(units.get(u));
    }
    return cost >= BRANCH;
  }

  private static List<Unit> put(List<Unit> units, BitSet earlier, BitSet a, BitSet b) {
    List<Unit> all = new ArrayList<>();
    List<Unit> later = new ArrayList<>();
    List<List<Node>> branches = List.of(new ArrayList<>(), new ArrayList<>());
    for (int u = 0; u < units.size(); u++) {
      if (a.get(u) || b.get(u)) {
        Node n = ((Unit.One) units.get(u)).node();
        if (isFree(n)) {
          all.add(units.get(u));
        } else {
          branches.get(a.get(u) ? 0 : 1).add(n);
        }
      } else {
        (earlier.get(u) ? all : later).add(units.get(u));
      }
    }
    all.add(new Unit.Branches(branches));
    all.addAll(later);
    return all;
  }

  private static List<Node> nodes(Unit u) {
    return switch (u) {
      case Unit.One o -> List.of(o.node());
      case Unit.Rows r -> r.nodes();
      case Unit.Branches b -> b.branches().stream().flatMap(List::stream).toList();
    };
  }

  private static double cost(Unit u) {
    return u instanceof Unit.One o ? RowWise.cost(o.node()) : 0;
  }
}
