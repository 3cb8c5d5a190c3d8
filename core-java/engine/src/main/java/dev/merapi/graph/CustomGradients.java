package dev.merapi.graph;

import dev.merapi.op.Grad;
import dev.merapi.op.OpDef;
import dev.merapi.op.Recorder;
import dev.merapi.op.Registry;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gradients that a program gives itself, as part of a graph: the way back is traced together with
/// the results, so that it holds wherever the graph is run or written again.
public final class CustomGradients {
  private CustomGradients() {}

  /// Writes the results of a computation whose gradient is given, and returns what stands for them.
  public static Tensor[] write(Tensor[] in, Tensor[] out, Recorder.CustomGradient gradient) {
    Tracer around = Tracer.current();
    if (around == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: a custom gradient written outside a trace");
    }
    int[] sources = new int[in.length];
    Arrays.fill(sources, -1);
    Graph way;
    try (Tracer t = Tracer.open("custom_gradient")) {
      @Nullable Tensor[] dy = new Tensor[out.length];
      for (int i = 0; i < dy.length; i++) {
        if (out[i].dtype().isDifferentiable()) {
          dy[i] = t.input("dy" + i, out[i].spec());
        }
      }
      @Nullable Tensor[] dx = gradient.apply(dy);
      if (dx.length != in.length) {
        throw Message.what("customGradient: the gradient returned " + dx.length + " gradients")
            .expected("one for each of the " + in.length + " inputs, null where none flows")
            .gradientError();
      }
      List<Tensor> found = new ArrayList<>();
      for (int i = 0; i < dx.length; i++) {
        Tensor g = dx[i];
        if (g != null) {
          sources[i] = found.size();
          found.add(g);
        }
      }
      way = t.finish(found);
    }
    List<Tensor> all = new ArrayList<>(List.of(out));
    all.addAll(List.of(in));
    for (Graph.Capture c : way.captures()) {
      all.add(c.outer());
    }
    OpDef op = Registry.find("CustomGradient");
    return around.run(
        op,
        op.attrs(
            "Tin",
            Control.types(all),
            "Tout",
            Control.types(List.of(out)),
            "gradient",
            way,
            "sources",
            sources,
            "outputs",
            out.length),
        all.toArray(Tensor[]::new));
  }

  /// Writes the way back.
  static void of(Grad g, Node node) {
    Graph way = ControlGradients.graph(node.attrs().body("gradient"));
    int[] sources = node.attrs().ints("sources");
    int n = node.attrs().i("outputs");
    Tensor[] in = g.keptList("input");
    List<Tensor> args = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (in[i].dtype().isDifferentiable()) {
        args.add(g.dyOrZeros(i));
      }
    }
    args.addAll(Arrays.asList(in).subList(n + sources.length, in.length));
    Tensor[] dx = way.replay(args.toArray(Tensor[]::new));
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] >= 0) {
        g.to("input", n + i, dx[sources[i]]);
      }
    }
  }
}
