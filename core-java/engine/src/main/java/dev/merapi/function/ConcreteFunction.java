package dev.merapi.function;

import dev.merapi.compile.Plans;
import dev.merapi.graph.Graph;
import dev.merapi.graph.GraphText;
import dev.merapi.graph.Nest;
import dev.merapi.graph.Node;
import dev.merapi.graph.Symbol;
import dev.merapi.say.Message;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One trace of a function: a graph for arguments of one signature.
public final class ConcreteFunction {
  private final String name;
  private final Graph graph;
  private final Tensor[] captured;

  /// What the trace returned; each tensor in it stands for the output of the same number.
  private final @Nullable Object result;

  final Signature signature;

  /// Whether the function returns one tensor and nothing else.
  private final boolean single;

  /// The number of arguments if a call can be compared with the signature quickly, else -1.
  final int args;

  /// What each argument must be: a type and shape, an object told by identity, or a value.
  private final @Nullable Object[] wanted;

  /// For each argument its place among the tensors, -1 for others.
  private final int[] places;

  private final int tensors;

  ConcreteFunction(String name, Graph graph, @Nullable Object result, Signature signature) {
    this.name = name;
    this.graph = graph;
    this.captured = graph.captures().stream().map(Graph.Capture::outer).toArray(Tensor[]::new);
    this.result = result;
    this.signature = signature;
    this.single = result instanceof Tensor;
    @Nullable Object[] simple = signature.simple;
    this.args = simple == null ? -1 : simple.length;
    this.wanted = simple == null ? new Object[0] : simple;
    this.tensors = signature.tensors;
    this.places = new int[wanted.length];
    int at = 0;
    for (int i = 0; i < places.length; i++) {
      places[i] = wanted[i] instanceof Spec ? at++ : -1;
    }
  }

  public String name() {
    return name;
  }

  public Graph graph() {
    return graph;
  }

  /// Returns the graph as it runs, after the optimiser.
  public Graph optimised() {
    return Plans.of(graph).optimised();
  }

  /// Returns types and shapes of the tensor arguments.
  public List<Spec> inputSpecs() {
    return List.of(graph.inputSpecs()).subList(0, graph.params());
  }

  /// Returns types and shapes of the results.
  public List<Spec> outputSpecs() {
    return List.of(graph.outputSpecs());
  }

  /// Returns the operations in program order.
  public List<Node> operations() {
    return graph.nodes();
  }

  /// Returns all tensors of the graph with names, types and shapes, in program order.
  public List<Tensor> tensors() {
    List<Tensor> all = new ArrayList<>();
    for (Node n : graph.nodes()) {
      all.addAll(List.of(n.outputs()));
    }
    return all;
  }

  /// Returns a tensor of the graph by its name, `MatMul:0`.
  ///
  /// Fails: `ValueError` when there is none.
  public Tensor tensor(String tensorName) {
    return tensors().stream()
        .filter(t -> tensorName.equals(t.storage().symbol()))
        .findFirst()
        .orElseThrow(() ->
            Message.what("graph '" + name + "' has no tensor called '" + tensorName + "'")
                .expected(
                    "one of "
                        + tensors().stream().limit(20).map(t -> t.storage().symbol()).toList())
                .valueError());
  }

  /// Returns the graph as a drawing in the language DOT.
  public String dot() {
    return GraphText.dot(graph);
  }

  /// Tells whether the trace uses tensors of another trace around it, so that it is good there
  /// only.
  boolean isLocal() {
    for (Tensor t : captured) {
      if (t.storage() instanceof Symbol) {
        return true;
      }
    }
    return false;
  }

  /// Returns an array for the inputs of a call, captures filled in.
  Tensor[] inputs() {
    Tensor[] in = new Tensor[tensors + captured.length];
    for (int i = 0; i < captured.length; i++) {
      in[tensors + i] = captured[i];
    }
    return in;
  }

  /// Tells whether the trace serves a call with `given` as argument `i`, and files tensors.
  boolean takes(Tensor[] in, int i, @Nullable Object given) {
    Object want = wanted[i];
    if (want instanceof Spec spec) {
      if (!(given instanceof Tensor t) || t.spec() != spec && !fits(spec, t.spec())) {
        return false;
      }
      in[places[i]] = t;
      return true;
    }
    return want instanceof Signature.Same same ? same.object() == given : want.equals(given);
  }

  private static boolean fits(Spec want, Spec given) {
    return want.equals(given)
        || want.dtype() == given.dtype()
            && !want.shape().isKnown()
            && Signature.covers(want.shape(), given.shape());
  }

  /// Runs it; `given` are the tensors among the arguments, in order.
  public @Nullable Object call(Tensor... given) {
    Tensor[] in = inputs();
    System.arraycopy(given, 0, in, 0, given.length);
    return run(in);
  }

  @Nullable Object run(Tensor[] in) {
    Tensor[] out = GraphCall.run(graph, in);
    if (single) {
      return out[0];
    }
    if (out.length == 0) {
      return result;
    }
    int[] at = {0};
    return Nest.map(result, (leaf, path) -> leaf instanceof Tensor ? out[at[0]++] : leaf);
  }

  @Override
  public String toString() {
    return graph.toString();
  }
}
