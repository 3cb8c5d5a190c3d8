package dev.merapi.compile.pass;

import dev.merapi.compile.Pass;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.op.Attrs;
import dev.merapi.op.OpDef;
import dev.merapi.op.Registry;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets products and convolutions add their bias and apply a relu while their result is still in
/// the cache.
public final class Tails implements Pass {
  /// A product with what follows it.
  private record Tail(Node product, Node bias, @Nullable Node relu) {
    Node last() {
      return relu == null ? bias : relu;
    }
  }

  @Override
  public String name() {
    return "tails";
  }

  @Override
  public Graph apply(Graph g) {
    Map<Tensor, List<Node>> users = users(g);
    Map<Node, Tail> ends = new IdentityHashMap<>();
    Map<Node, Tail> taken = new IdentityHashMap<>();
    for (Node n : g.nodes()) {
      Tail t = tail(n, users, g);
      if (t != null && !taken.containsKey(t.product())) {
        ends.put(t.last(), t);
        taken.put(t.product(), t);
        taken.put(t.bias(), t);
      }
    }
    if (ends.isEmpty()) {
      return g;
    }
    Rewrite.Copy copy = new Rewrite.Copy(g);
    for (Node n : g.nodes()) {
      Tail t = ends.get(n);
      if (t != null) {
        copy.put(n, fused(t, copy));
      } else if (!taken.containsKey(n)) {
        copy.keep(n);
      }
    }
    return copy.finish();
  }

  private static Map<Tensor, List<Node>> users(Graph g) {
    Map<Tensor, List<Node>> all = new IdentityHashMap<>();
    for (Node n : g.nodes()) {
      for (Tensor t : n.inputs()) {
        all.computeIfAbsent(t, k -> new ArrayList<>()).add(n);
      }
    }
    return all;
  }

  /// Returns the tail whose bias is added by `n`, or null.
  private static @Nullable Tail tail(Node n, Map<Tensor, List<Node>> users, Graph g) {
    boolean adds =
        n.is("BiasAdd") && n.attrs().s("data_format").equals("NHWC")
            || n.is("BiasAddV1")
            || n.is("AddV2")
            || n.is("Add");
    if (!adds || !isProduct(Symbol.node(n.input(0)))) {
      return null;
    }
    Node product = Symbol.node(n.input(0));
    Tensor y = n.input(0);
    Tensor bias = n.input(1);
    boolean fits =
        bias.shape().isKnown()
            && bias.rank() == 1
            && bias.shape().dim(0) == y.shape().dim(-1)
            && isOnly(y, n, users, g);
    if (!fits) {
      return null;
    }
    List<Node> next = users.getOrDefault(n.output(0), List.of());
    boolean relu =
        next.size() == 1
            && next.getFirst().is("Relu")
            && isOnly(n.output(0), next.getFirst(), users, g);
    return new Tail(product, n, relu ? next.getFirst() : null);
  }

  private static boolean isOnly(Tensor t, Node user, Map<Tensor, List<Node>> users, Graph g) {
    List<Node> all = users.getOrDefault(t, List.of());
    return all.size() == 1 && all.getFirst() == user && !g.outputs().contains(t);
  }

  private static boolean isProduct(Node n) {
    if (!n.is("MatMul") && !(n.is("Conv2D") && n.attrs().s("data_format").equals("NHWC"))) {
      return false;
    }
    DType d = n.output(0).dtype();
    if (d != DType.F32 && d != DType.F64) {
      return false;
    }
    for (Tensor t : n.inputs()) {
      if (!t.shape().isKnown() || t.size() == 0) {
        return false;
      }
    }
    return n.output(0).shape().isKnown() && n.output(0).size() > 0;
  }

  private static Tensor[] fused(Tail t, Rewrite.Copy copy) {
    Node product = t.product();
    OpDef op = Registry.find(product.is("MatMul") ? "_MatMulBias" : "_Conv2DBias");
    Map<String, Object> attrs = new HashMap<>();
    for (String a :
        product.is("MatMul")
            ? List.of("transpose_a", "transpose_b")
            : List.of("strides", "padding", "explicit_paddings", "data_format", "dilations")) {
      Object v = product.attrs().get(a);
      if (v != null) {
        attrs.put(a, v);
      }
    }
    attrs.put("relu", t.relu() != null);
    Attrs a = op.attrs(attrs);
    Tensor[] in = {
      copy.of(product.input(0)), copy.of(product.input(1)), copy.of(t.bias().input(1))
    };
    Node last = t.last();
    return copy.builder.append(op, a, in, product.name(), last.device(), last.where());
  }
}
