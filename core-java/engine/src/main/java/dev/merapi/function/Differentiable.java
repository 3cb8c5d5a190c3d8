package dev.merapi.function;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Symbol;
import dev.merapi.graph.Tracer;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A graph with its gradient: a forward graph that also gives what the gradient needs, and a
/// backward graph that takes it.
///
/// Made by writing the graph once more under a tape; the backward graph is what the tape writes when
/// it is asked, so it is made of ordinary operations and has a gradient itself.
///
/// @param forward gives the graph's outputs, then the saved values
/// @param backward takes what arrives at the outputs `targets`, then the saved values
/// @param targets numbers of the outputs through which a gradient can flow
/// @param sources for each input the number of the backward output that is its gradient, or -1
record Differentiable(Graph forward, Graph backward, int[] targets, int[] sources) {
  private static final java.util.Map<Graph, Differentiable> MADE =
      java.util.Collections.synchronizedMap(new java.util.WeakHashMap<>());

  static Differentiable of(Graph g) {
    Differentiable d = MADE.get(g);
    if (d == null) {
      d = make(g);
      MADE.put(g, d);
    }
    return d;
  }

  private static Differentiable make(Graph g) {
    try (Tracer f = Tracer.openAlone(g.name() + "_forward")) {
      Tensor[] in = new Tensor[g.inputs().size()];
      for (int i = 0; i < in.length; i++) {
        Tensor t = g.inputs().get(i);
        in[i] = f.input(Symbol.node(t).name(), t);
      }
      Tensor[] out;
      List<Tensor> ask = new ArrayList<>();
      Graph backward;
      int[] targets;
      int[] sources = new int[in.length];
      try (GradientTape tape = new GradientTape(true, false)) {
        for (Tensor t : in) {
          if (t.dtype().isDifferentiable() || t.dtype() == DType.RESOURCE) {
            tape.follow(t);
            ask.add(t);
          }
        }
        out = g.replay(in);
        List<Integer> through = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
          if (tape.follows(out[i])) {
            through.add(i);
          }
        }
        targets = through.stream().mapToInt(Integer::intValue).toArray();
        try (Tracer b = Tracer.open(g.name() + "_backward")) {
          List<Object> ends = new ArrayList<>();
          List<@Nullable Tensor> arriving = new ArrayList<>();
          for (int t : targets) {
            ends.add(out[t]);
            arriving.add(b.input("dy" + t, out[t].spec()));
          }
          Gradients grads = tape.gradients(ends, ask, arriving, false);
          List<Tensor> found = new ArrayList<>();
          Arrays.fill(sources, -1);
          int p = 0;
          for (int i = 0; i < in.length; i++) {
            if (p < ask.size() && in[i] == ask.get(p)) {
              Tensor dx = grads.get(p++);
              if (dx != null) {
                sources[i] = found.size();
                found.add(dx);
              }
            }
          }
          backward = b.finish(found);
        }
      }
      List<Tensor> all = new ArrayList<>(List.of(out));
      for (Graph.Capture c : backward.captures()) {
        all.add(c.outer());
      }
      return new Differentiable(f.finish(all), backward, targets, sources);
    }
  }
}
