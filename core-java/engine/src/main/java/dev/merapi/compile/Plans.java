package dev.merapi.compile;

import dev.merapi.graph.Builder;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Node;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The engine behind [Graph#run]: optimises a graph on its first run and keeps a plan for each set
/// of input shapes.
public final class Plans {
  public static final Graph.Engine ENGINE = (g, in) -> of(g).run(in);

  /// Plans kept for one graph whose inputs have unknown axes; the one not used for the longest time
  /// goes first.
  private static final int KEPT = 32;

  private final Graph graph;

  /// The plan that ran last, with the input shapes that it is for (none: it is for all).
  private record Latest(Shape[] shapes, Plan plan) {}

  private volatile @Nullable Latest latest;
  private final Map<List<Shape>, Plan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Shape>, Plan> eldest) {
          return size() > KEPT;
        }
      };

  private Plans(Graph graph) {
    boolean known = graph.inputs().stream().allMatch(t -> t.shape().isKnown());
    Graph tidy = Pipeline.apply(graph);
    this.graph = known ? Pipeline.finish(tidy) : tidy;
    if (known) {
      latest = new Latest(new Shape[0], new Plan(this.graph));
    }
  }

  /// Returns what runs `graph`, made on first use.
  public static Plans of(Graph graph) {
    if (graph.plan() instanceof Plans p) {
      return p;
    }
    synchronized (graph) {
      if (graph.plan() instanceof Plans p) {
        return p;
      }
      Plans p = new Plans(graph);
      graph.setPlan(p);
      return p;
    }
  }

  /// Returns the graph as the optimiser left it.
  public Graph optimised() {
    return graph;
  }

  /// Runs the graph; `in` are values for all inputs, captures included.
  public Tensor[] run(Tensor[] in) {
    Latest l = latest;
    return (l != null && same(l.shapes, in) ? l.plan : specialised(in)).run(in);
  }

  private static boolean same(Shape[] shapes, Tensor[] in) {
    for (int i = 0; i < shapes.length; i++) {
      if (!shapes[i].equals(in[i].shape())) {
        return false;
      }
    }
    return true;
  }

  private synchronized Plan specialised(Tensor[] in) {
    Shape[] shapes = new Shape[in.length];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = in[i].shape();
      Spec want = graph.inputs().get(i).spec();
      if (!want.shape().accepts(shapes[i])) {
        throw Message.what("graph '" + graph.name() + "': input " + i + " has shape " + shapes[i])
            .expected(want.toString())
            .shapeError();
      }
    }
    Plan p =
        plans.computeIfAbsent(
            Arrays.asList(shapes),
            k -> new Plan(Pipeline.finish(Pipeline.apply(narrowed(shapes)))));
    latest = new Latest(shapes, p);
    return p;
  }

  /// Copies the graph for inputs of the given shapes; what follows from them becomes known too.
  private Graph narrowed(Shape[] shapes) {
    Builder b = new Builder(graph.name());
    Map<Tensor, Tensor> map = new HashMap<>();
    for (int i = 0; i < shapes.length; i++) {
      Tensor t = graph.inputs().get(i);
      map.put(
          t,
          t.dtype().isHandle()
              ? b.input("in" + i, t)
              : b.input("in" + i, t.spec().withShape(shapes[i])));
    }
    for (Node n : graph.nodes()) {
      if (n.is("Placeholder") && map.containsKey(n.output(0))) {
        continue;
      }
      Tensor[] args = new Tensor[n.inputs().length];
      for (int i = 0; i < args.length; i++) {
        args[i] = map.get(n.input(i));
      }
      Tensor[] out = b.copy(n, args);
      for (int i = 0; i < out.length; i++) {
        map.put(n.output(i), out[i]);
      }
    }
    return b.finish(graph.outputs().stream().map(map::get).toList());
  }
}
