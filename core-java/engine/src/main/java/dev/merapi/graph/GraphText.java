package dev.merapi.graph;

import dev.merapi.kernel.Fusion;
import dev.merapi.op.AttrDef;
import dev.merapi.op.Body;
import dev.merapi.op.TypeVar;
import dev.merapi.tensor.NumpyFormat;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes a graph as typed text, one node a line, and as a DOT drawing.
///
/// ```
/// graph f(x: float32 (2, 3)) -> float32 (2, 4)
///   MatMul: float32 (2, 4) = MatMul(x, w) {transpose_b=true}
///   return MatMul
/// ```
public final class GraphText {
  /// Constants with more elements are shown by type and shape alone.
  private static final int SHOWN_ELEMENTS = 8;

  private GraphText() {}

  /// Returns the graph as text, then the graphs that its nodes run.
  public static String of(Graph g) {
    Map<String, Graph> all = new LinkedHashMap<>();
    collect(g, all);
    StringBuilder s = new StringBuilder();
    for (Graph each : all.values()) {
      one(each, s);
    }
    return s.toString();
  }

  private static void collect(Graph g, Map<String, Graph> all) {
    if (all.putIfAbsent(g.name() + "@" + System.identityHashCode(g), g) != null) {
      return;
    }
    for (Node n : g.nodes()) {
      for (Body b : n.bodies()) {
        if (b instanceof Graph inner) {
          collect(inner, all);
        }
      }
    }
  }

  private static void one(Graph g, StringBuilder s) {
    s.append("graph ").append(g.name()).append('(');
    for (int i = 0; i < g.inputs().size(); i++) {
      Tensor t = g.inputs().get(i);
      s.append(i == 0 ? "" : ", ")
          .append(i == g.params() ? "captured " : "")
          .append(name(t))
          .append(": ")
          .append(t.spec());
    }
    s.append(')');
    List<Tensor> outs = g.outputs();
    if (!outs.isEmpty()) {
      s.append(" -> ").append(String.join(", ", outs.stream().map(t -> "" + t.spec()).toList()));
    }
    s.append('\n');
    for (Node n : g.nodes()) {
      if (!n.is("Placeholder") || !g.inputs().contains(n.output(0))) {
        node(n, s.append("  "));
      }
    }
    s.append("  return ")
        .append(String.join(", ", outs.stream().map(GraphText::name).toList()))
        .append('\n');
  }

  private static void node(Node n, StringBuilder s) {
    s.append(n.name());
    List<String> types = Arrays.stream(n.outputs()).map(t -> "" + t.spec()).toList();
    s.append(types.isEmpty() ? "" : ": ").append(String.join(", ", types)).append(" = ");
    s.append(n.op().name()).append('(');
    List<String> in = new ArrayList<>();
    for (Tensor t : n.inputs()) {
      in.add(name(t));
    }
    n.controls().forEach(c -> in.add("^" + c.name()));
    s.append(String.join(", ", in)).append(')');
    String attrs = attrs(n);
    s.append(attrs.isEmpty() ? "" : " {" + attrs + "}");
    s.append(n.device().isEmpty() ? "" : " on " + n.device()).append('\n');
  }

  /// Returns the attributes that differ from their defaults and do not follow from the inputs.
  private static String attrs(Node n) {
    List<String> shown = new ArrayList<>();
    for (AttrDef a : n.op().attrs()) {
      Object v = n.attrs().get(a.name());
      if (v == null
          || java.util.Objects.deepEquals(v, a.otherwise())
          || n.is("Const") && a.name().equals("dtype")
          || isFollowing(n, a.name())) {
        continue;
      }
      shown.add(a.name() + "=" + value(v));
    }
    return String.join(", ", shown);
  }

  private static boolean isFollowing(Node n, String attr) {
    for (TypeVar t : n.op().types()) {
      if (t.name().equals(attr)) {
        return n.op().inputs().stream().anyMatch(i -> attr.equals(i.typeVar()));
      }
    }
    return false;
  }

  private static String value(Object v) {
    return switch (v) {
      case Tensor t when t.size() <= SHOWN_ELEMENTS ->
          NumpyFormat.str(t).replaceAll("\\s+", " ") + " " + t.spec();
      case Tensor t -> t.spec().toString();
      case Fusion f -> f.toString().strip().replace("\n", "\n      ");
      case Body b -> b.name();
      case Body[] b -> Arrays.stream(b).map(Body::name).toList().toString();
      case int[] a -> Arrays.toString(a);
      case float[] a -> Arrays.toString(a);
      case Object[] a -> Arrays.toString(a);
      case String text -> '"' + text + '"';
      default -> v.toString();
    };
  }

  /// Returns `MatMul`, or `Split:1` where a node has several outputs.
  private static String name(Tensor t) {
    Symbol s = Symbol.of(t);
    return s.index() == 0 && s.node().outputs().length == 1 ? s.node().name() : s.symbol();
  }

  /// Returns the graph as a drawing in the language DOT.
  public static String dot(Graph g) {
    StringBuilder s = new StringBuilder("digraph \"" + quoted(g.name()) + "\" {\n");
    s.append("  rankdir=TB; node [shape=box, fontname=\"sans-serif\", fontsize=10];\n");
    for (Node n : g.nodes()) {
      boolean input = n.is("Placeholder");
      String style =
          input
              ? ", style=filled, fillcolor=\"#dbeafe\""
              : n.hasEffect()
                  ? ", style=filled, fillcolor=\"#fee2e2\""
                  : n.is("Const") ? ", style=filled, fillcolor=\"#f3f4f6\"" : "";
      s.append("  \"").append(quoted(n.name())).append("\" [label=\"").append(quoted(n.name()));
      if (!input && !n.is("Const")) {
        s.append("\\n").append(n.op().name());
      }
      if (n.outputs().length > 0) {
        s.append("\\n").append(n.output(0).spec());
      }
      s.append("\"").append(style).append("];\n");
    }
    for (Node n : g.nodes()) {
      for (Tensor t : n.inputs()) {
        edge(s, Symbol.node(t), n, "");
      }
      for (Node c : n.controls()) {
        edge(s, c, n, " [style=dashed]");
      }
    }
    int i = 0;
    for (Tensor t : g.outputs()) {
      s.append("  \"return ").append(i).append("\" [shape=ellipse];\n");
      s.append("  \"").append(quoted(Symbol.node(t).name())).append("\" -> \"return ");
      s.append(i++).append("\";\n");
    }
    return s.append("}\n").toString();
  }

  private static void edge(StringBuilder s, Node from, Node to, String style) {
    s.append("  \"").append(quoted(from.name())).append("\" -> \"");
    s.append(quoted(to.name())).append('"').append(style).append(";\n");
  }

  private static String quoted(String s) {
    return s.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
