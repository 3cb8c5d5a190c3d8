package dev.merapi.compile.pass;

import dev.merapi.compile.Pass;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.kernel.Fusion;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.op.Values;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/// Lets connected element-wise operations, and reductions of what they compute, run in one pass
/// over memory.
///
/// Values that only members of a group read are never stored.
public final class Fuse implements Pass {
  @Override
  public String name() {
    return "fuse";
  }

  @Override
  public Graph apply(Graph g) {
    Clusters clusters = new Clusters(g);
    Map<Node, Unit> units = new IdentityHashMap<>();
    List<Unit> order = new ArrayList<>();
    Map<Clusters.Cluster, Unit> made = new IdentityHashMap<>();
    for (Node n : g.nodes()) {
      Clusters.Cluster c = clusters.of(n);
      Unit u = c == null || c.size < 2 ? new Unit() : made.computeIfAbsent(c, k -> new Unit());
      if (u.nodes.isEmpty()) {
        order.add(u);
      }
      u.nodes.add(n);
      units.put(n, u);
    }
    Rewrite.Copy copy = new Rewrite.Copy(g);
    Set<Tensor> outputs = Collections.newSetFromMap(new IdentityHashMap<>());
    outputs.addAll(g.outputs());
    Map<Tensor, Boolean> leaving = leaving(g, units, outputs);
    for (Unit u : sorted(order, units)) {
      if (u.nodes.size() == 1) {
        copy.keep(u.nodes.getFirst());
      } else {
        fused(u, leaving, copy);
      }
    }
    return copy.finish();
  }

  /// Nodes that become one: a group, or a single node.
  private static final class Unit {
    final List<Node> nodes = new ArrayList<>();
    int waits;
    final List<Unit> next = new ArrayList<>();

    int last() {
      return nodes.getLast().position();
    }
  }

  /// Returns the tensors that somebody outside of their unit reads.
  private static Map<Tensor, Boolean> leaving(Graph g, Map<Node, Unit> units, Set<Tensor> outputs) {
    Map<Tensor, Boolean> all = new IdentityHashMap<>();
    for (Node n : g.nodes()) {
      for (Tensor t : n.inputs()) {
        if (units.get(Symbol.node(t)) != units.get(n)) {
          all.put(t, true);
        }
      }
    }
    outputs.forEach(t -> all.put(t, true));
    return all;
  }

  /// Returns the units in an order in which they can run, as near to the program's as possible.
  private static List<Unit> sorted(List<Unit> units, Map<Node, Unit> of) {
    for (Unit u : units) {
      Set<Unit> before = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Node n : u.nodes) {
        for (Tensor t : n.inputs()) {
          before.add(of.get(Symbol.node(t)));
        }
        for (Node c : n.controls()) {
          before.add(of.get(c));
        }
      }
      before.remove(u);
      u.waits = before.size();
      before.forEach(b -> b.next.add(u));
    }
    PriorityQueue<Unit> ready = new PriorityQueue<>(Comparator.comparingInt(Unit::last));
    for (Unit u : units) {
      if (u.waits == 0) {
        ready.add(u);
      }
    }
    List<Unit> sorted = new ArrayList<>();
    while (!ready.isEmpty()) {
      Unit u = ready.poll();
      sorted.add(u);
      for (Unit v : u.next) {
        if (--v.waits == 0) {
          ready.add(v);
        }
      }
    }
    if (sorted.size() != units.size()) {
      throw new IllegalStateException("This is a bug in Merapi: fusion made a circle");
    }
    return sorted;
  }

  private static void fused(Unit u, Map<Tensor, Boolean> leaving, Rewrite.Copy copy) {
    Node first = u.nodes.getFirst();
    Fusion.Builder b =
        Fusion.over(Fusable.isReduction(first) ? first.input(0).shape() : first.output(0).shape());
    Map<Tensor, Integer> numbers = new IdentityHashMap<>();
    Map<Tensor, Tensor> inputs = new LinkedHashMap<>();
    List<Tensor> outs = new ArrayList<>();
    for (Node n : u.nodes) {
      boolean folds = Fusable.isReduction(n);
      int[] in = new int[Fusable.args(n)];
      for (int i = 0; i < in.length; i++) {
        Tensor t = n.input(i);
        Integer number = numbers.get(t);
        if (number == null) {
          Tensor c = copy.of(t);
          number = b.in(c.spec());
          numbers.put(t, number);
          inputs.put(t, c);
        }
        in[i] = number;
      }
      if (folds) {
        b.reduce(Fusable.way(n), in[0], Fusable.axes(n));
        outs.add(n.output(0));
      } else {
        // Stretching is what inputs of a fusion do by themselves.
        int v =
            n.is("BroadcastTo") ? in[0] : b.applyTo(n.output(0).dtype(), Fusable.meaning(n), in);
        numbers.put(n.output(0), v);
        if (leaving.containsKey(n.output(0))) {
          b.out(v);
          outs.add(n.output(0));
        }
      }
    }
    OpDef op = Registry.find("_Fused");
    Fusion fusion = b.build();
    Tensor[] in = inputs.values().toArray(Tensor[]::new);
    Node last = u.nodes.getLast();
    Tensor[] results =
        copy.builder.append(
            op,
            op.attrs(
                "fusion",
                fusion,
                "Targs",
                Arrays.stream(in).map(Tensor::dtype).toArray(dev.merapi.tensor.DType[]::new)),
            in,
            "fused_" + last.name(),
            last.device(),
            last.where());
    for (int i = 0; i < outs.size(); i++) {
      Tensor want = outs.get(i);
      Tensor got = results[i];
      if (!got.shape().equals(want.shape())) {
        // A reduction that keeps its axes as 1.
        OpDef reshape = Registry.find("Reshape");
        Tensor shape = copy.builder.constant(Values.ints(want.shape().dims()));
        got = copy.builder.append(reshape, reshape.defaults(), got, shape)[0];
      }
      copy.put(Symbol.node(want), new Tensor[] {got});
    }
  }
}
