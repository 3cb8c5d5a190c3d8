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

  ConcreteFunction(String name, Graph graph, @Nullable Object result, Signature signature) {
    this.name = name;
    this.graph = graph;
    this.captured = graph.captures().stream().map(Graph.Capture::outer).toArray(Tensor[]::new);
    this.result = result;
    this.signature = signature;
    this.single = result instanceof Tensor;
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
  public List<Spec> inputs() {
    return List.of(graph.inputSpecs()).subList(0, graph.params());
  }

  /// Returns types and shapes of the results.
  public List<Spec> outputs() {
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
        .orElseThrow(
            () ->
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

  /// Tells whether the trace uses tensors of another trace around it, so that it is good there only.
  boolean isLocal() {
    for (Tensor t : captured) {
      if (t.storage() instanceof Symbol) {
        return true;
      }
    }
    return false;
  }

  /// Runs it; `tensors` are the tensors among the arguments, in order.
  public @Nullable Object call(Tensor... tensors) {
    Tensor[] in = tensors;
    if (captured.length > 0) {
      in = new Tensor[tensors.length + captured.length];
      System.arraycopy(tensors, 0, in, 0, tensors.length);
      System.arraycopy(captured, 0, in, tensors.length, captured.length);
    }
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
