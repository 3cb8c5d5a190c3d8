package dev.merapi.function;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.eager.Variable;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Names;
import dev.merapi.graph.Node;
import dev.merapi.graph.Tracer;
import dev.merapi.op.Context;
import dev.merapi.op.Recorder;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `tf.gradients`: derivatives of tensors of a graph with respect to others of the same graph, no
/// tape having looked on.
public final class SymbolicGradients {
  private SymbolicGradients() {}

  /// Returns the derivative of the sum of `ys` with respect to each of `xs`, tensors or variables;
  /// null where nothing connects.
  ///
  /// Fails: `SymbolError` outside of a trace.
  public static List<@Nullable Tensor> of(
      List<Tensor> ys, List<?> xs, @Nullable List<@Nullable Tensor> arriving) {
    Tracer tracer = Tracer.current();
    if (tracer == null) {
      throw Message.what("tf.gradients works on tensors of a graph, and no graph is being traced")
          .expected("a call inside of a function")
          .fix("use a GradientTape in eager mode")
          .symbolError();
    }
    Graph g = tracer.graph();
    List<Node> nodes = new ArrayList<>(g.nodes());
    Context context = Context.get();
    Recorder user = context.recorder();
    List<Tensor> sources = new ArrayList<>();
    List<Object> targets = new ArrayList<>();
    // A tape of the user's must not see the same operations twice, but sees their gradients.
    context.setRecorder(null);
    GradientTape tape = new GradientTape(true, false);
    try {
      for (Object x : xs) {
        Tensor t = tracer.inside(x instanceof Variable v ? v.handle() : (Tensor) x);
        sources.add(t);
        tape.follow(t);
      }
      for (Node n : nodes) {
        tape.record(n.call());
      }
      for (Tensor y : ys) {
        targets.add(tracer.inside(y));
      }
    } finally {
      tape.close();
      context.setRecorder(user);
    }
    try (Names.Scope _ = Names.open("gradients")) {
      Gradients grads = tape.gradients(targets, sources, arriving, false);
      List<@Nullable Tensor> all = new ArrayList<>();
      for (int i = 0; i < sources.size(); i++) {
        all.add(grads.get(i));
      }
      return all;
    }
  }
}
