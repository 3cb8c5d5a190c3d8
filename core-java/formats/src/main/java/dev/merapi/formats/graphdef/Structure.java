package dev.merapi.formats.graphdef;

import dev.merapi.graph.Builder;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Tracer;
import dev.merapi.op.Attrs;
import dev.merapi.op.Body;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// Writes `If` and `While` nodes: the graphs of both sides get the same inputs.
final class Structure {
  private Structure() {}

  /// Writes a branch; both graphs have no declared inputs and captures of their own.
  static Tensor[] branch(Tracer into, Tensor predicate, Graph yes, Graph no, String name) {
    List<Tensor> captures = captures(yes, no);
    Graph a = with(captures, yes);
    Graph b = with(captures, no);
    boolean effect = a.hasEffect() || b.hasEffect();
    OpDef op = Registry.find(effect ? "If" : "StatelessIf");
    Attrs attrs = op.attrs("then_branch", a, "else_branch", b);
    List<Tensor> in = new ArrayList<>();
    in.add(predicate);
    in.addAll(captures);
    return append(into, op, attrs, in, name);
  }

  /// Writes a loop; both graphs have one declared input for each of `first`.
  static Tensor[] loop(Tracer into, List<Tensor> first, Graph test, Graph body, String name) {
    List<Tensor> captures = captures(test, body);
    Graph t = with(captures, test);
    Graph b = with(captures, body);
    boolean effect = t.hasEffect() || b.hasEffect();
    OpDef op = Registry.find(effect ? "While" : "StatelessWhile");
    Attrs attrs = op.attrs("cond", t, "body", b);
    List<Tensor> in = new ArrayList<>(first);
    in.addAll(captures);
    return append(into, op, attrs, in, name);
  }

  /// Writes a choice among several branches; their graphs have no declared inputs.
  static Tensor[] choice(Tracer into, Tensor index, List<Graph> branches, String name) {
    List<Tensor> captures = captures(branches.toArray(Graph[]::new));
    Body[] all = branches.stream().map(g -> (Body) with(captures, g)).toArray(Body[]::new);
    boolean effect = branches.stream().anyMatch(Graph::hasEffect);
    OpDef op = Registry.find(effect ? "Case" : "StatelessCase");
    List<Tensor> in = new ArrayList<>();
    in.add(index);
    in.addAll(captures);
    return append(into, op, op.attrs("branches", all), in, name);
  }

  /// Returns a predicate as a truth value: TensorFlow takes a number for one, true unless zero.
  static Tensor truth(Tracer into, Tensor t) {
    if (t.dtype() == DType.BOOL) {
      return t;
    }
    OpDef cast = Registry.find("Cast");
    return append(into, cast, cast.attrs("DstT", DType.BOOL), List.of(t), "truth")[0];
  }

  /// Forgets the axes that a turn of the loop changes; tells whether there were any.
  static boolean widen(List<Spec> specs, Graph body) {
    boolean changed = false;
    Spec[] out = body.outputSpecs();
    for (int i = 0; i < out.length; i++) {
      Shape before = specs.get(i).shape();
      Shape after = common(before, out[i].shape());
      if (!after.equals(before)) {
        specs.set(i, specs.get(i).withShape(after));
        changed = true;
      }
    }
    return changed;
  }

  private static Shape common(Shape a, Shape b) {
    if (!a.isRankKnown() || !b.isRankKnown() || a.rank() != b.rank()) {
      return Shape.UNKNOWN;
    }
    int[] dims = a.dims();
    for (int i = 0; i < dims.length; i++) {
      dims[i] = dims[i] == b.dim(i) ? dims[i] : Shape.UNKNOWN_SIZE;
    }
    return Shape.of(dims);
  }

  private static Tensor[] append(
      Tracer into, OpDef op, Attrs attrs, List<Tensor> in, String name) {
    Tensor[] inside = in.stream().map(into::inside).toArray(Tensor[]::new);
    return into.builder().append(op, attrs, inside, name, "", null);
  }

  /// Returns what the graphs use from outside, each tensor once.
  private static List<Tensor> captures(Graph... graphs) {
    List<Tensor> all = new ArrayList<>();
    Map<Tensor, Boolean> seen = new IdentityHashMap<>();
    for (Graph g : graphs) {
      for (Graph.Capture c : g.captures()) {
        if (seen.put(c.outer(), true) == null) {
          all.add(c.outer());
        }
      }
    }
    return all;
  }

  /// Returns a copy of `g` whose captures are exactly the given ones, in that order.
  private static Graph with(List<Tensor> captures, Graph g) {
    if (g.captures().stream().map(Graph.Capture::outer).toList().equals(captures)) {
      return g;
    }
    Builder b = new Builder(g.name(), g.outer());
    Map<Tensor, Tensor> copies = new IdentityHashMap<>();
    for (int i = 0; i < g.params(); i++) {
      Tensor t = g.inputs().get(i);
      copies.put(t, b.input(dev.merapi.graph.Symbol.node(t).name(), t.spec()));
    }
    Map<Tensor, Tensor> inner = new IdentityHashMap<>();
    g.captures().forEach(c -> inner.put(c.outer(), c.inner()));
    for (Tensor outer : captures) {
      Tensor was = inner.get(outer);
      String name = was == null ? "captured" : dev.merapi.graph.Symbol.node(was).name();
      Tensor now = b.capture(outer, name);
      if (was != null) {
        copies.put(was, now);
      }
    }
    for (Node n : g.nodes()) {
      if (n.outputs().length > 0 && copies.containsKey(n.output(0))) {
        continue;
      }
      Tensor[] in = new Tensor[n.inputs().length];
      for (int i = 0; i < in.length; i++) {
        in[i] = copies.get(n.input(i));
      }
      Tensor[] out = b.copy(n, in);
      for (int i = 0; i < out.length; i++) {
        copies.put(n.output(i), out[i]);
      }
    }
    return b.finish(g.outputs().stream().map(copies::get).toList());
  }
}
