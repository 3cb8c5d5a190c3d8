package dev.merapi.compile.pass;

import dev.merapi.compile.Pass;
import dev.merapi.graph.Builder;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A pass that copies a graph node by node and puts something else in the place of some nodes.
abstract class Rewrite implements Pass {
  private final String name;

  Rewrite(String name) {
    this.name = name;
  }

  @Override
  public String name() {
    return name;
  }

  /// Returns what stands for the outputs of `node`, whose inputs have become `in`; null to copy it.
  abstract Tensor @Nullable [] instead(Node node, Tensor[] in, Copy copy);

  /// Sees the graph before the copy begins.
  void look(Graph g) {}

  @Override
  public Graph apply(Graph g) {
    look(g);
    Copy copy = new Copy(g);
    for (Node n : g.nodes()) {
      if (copy.has(n)) {
        continue;
      }
      Tensor[] in = copy.of(n.inputs());
      Tensor[] out = instead(n, in, copy);
      copy.put(n, out == null ? copy.builder.copy(n, in) : out);
    }
    return copy.finish();
  }

  /// A copy under way: the new graph, and what each tensor of the old one has become.
  static final class Copy {
    final Builder builder;
    private final Graph from;
    private final Map<Tensor, Tensor> became = new IdentityHashMap<>();

    /// Starts a copy; captures become ordinary inputs.
    Copy(Graph from) {
      this.from = from;
      this.builder = new Builder(from.name());
      for (Tensor t : from.inputs()) {
        became.put(t, builder.input(Symbol.node(t).name(), t));
      }
    }

    /// Copies a node as it is, unless it stands for an input.
    void keep(Node n) {
      if (!has(n)) {
        put(n, builder.copy(n, of(n.inputs())));
      }
    }

    boolean has(Node n) {
      return n.outputs().length > 0 && became.containsKey(n.output(0));
    }

    void put(Node n, Tensor[] out) {
      for (int i = 0; i < out.length; i++) {
        became.put(n.output(i), out[i]);
      }
    }

    Tensor of(Tensor t) {
      Tensor c = became.get(t);
      if (c == null) {
        throw new IllegalStateException(
            "This is a bug in Merapi: " + t + " is used before it is made in " + from.name());
      }
      return c;
    }

    Tensor[] of(Tensor[] all) {
      Tensor[] c = new Tensor[all.length];
      for (int i = 0; i < c.length; i++) {
        c[i] = of(all[i]);
      }
      return c;
    }

    Graph finish() {
      List<Tensor> outputs = new ArrayList<>();
      for (Tensor t : from.outputs()) {
        outputs.add(of(t));
      }
      return builder.finish(outputs);
    }
  }
}
