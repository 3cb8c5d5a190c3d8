package dev.merapi.graph;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// A graph with its gradient: a forward graph that also gives what the gradient needs, and a
/// backward graph that takes it.
///
/// Made by writing the graph once more under a tape; the backward graph is what the tape writes
/// when it is asked, so it is made of ordinary operations and has a gradient itself.
///
/// @param forward gives the graph's outputs, then further values from inside
/// @param backward takes what arrives at the outputs `targets`, then the saved values
/// @param targets numbers of the outputs through which a gradient can flow
/// @param sources for each input the number of the backward output that is its gradient, or -1
/// @param saved where each saved value comes from: the number of an output of `forward`, or of one
///   of its inputs as [#input] tells
public record Differentiable(
    Graph forward, Graph backward, int[] targets, int[] sources, int[] saved) {
  private static final OpRef ZEROS_LIKE = OpRef.to("ZerosLike");
  private static final OpRef NO_ELEMENTS = OpRef.to("TensorListNone");

  private static final Map<Graph, Differentiable> MADE =
      Collections.synchronizedMap(new WeakHashMap<>());

  /// Returns the number of the input that a saved value is, or -1 when it is an output.
  public static int input(int saved) {
    return saved < 0 ? ~saved : -1;
  }

  /// Returns the graph with its gradient, made on first use.
  public static Differentiable of(Graph g) {
    Differentiable d = MADE.get(g);
    if (d == null) {
      d = make(g, false);
      MADE.put(g, d);
    }
    return d;
  }

  /// Picks the saved values out of the inputs and outputs of a run of `forward`.
  public Tensor[] saved(Tensor[] in, Tensor[] out) {
    Tensor[] all = new Tensor[saved.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = saved[i] < 0 ? in[~saved[i]] : out[saved[i]];
    }
    return all;
  }

  /// Returns zeros of the type and shape of a tensor; of a list, one of missing elements.
  public static Tensor zeros(Tensor like) {
    if (like.dtype() == DType.VARIANT) {
      return NO_ELEMENTS.of(like);
    }
    return like.shape().isKnown() ? Values.filled(like.spec(), 0) : ZEROS_LIKE.of(like);
  }

  /// Returns the body of a loop with its gradient, which gives zeros for loop variables to which no
  /// gradient flows, and passes over what an iteration does not change.
  static Differentiable ofLoop(Graph body) {
    return make(body, true);
  }

  private static Differentiable make(Graph g, boolean loop) {
    try (Tracer f = Tracer.openAlone(g.name() + "_forward")) {
      Tensor[] in = new Tensor[g.inputs().size()];
      for (int i = 0; i < in.length; i++) {
        Tensor t = g.inputs().get(i);
        in[i] = f.input(Symbol.node(t).name(), t);
      }
      int[] sources = new int[in.length];
      Arrays.fill(sources, -1);
      Tensor[] out;
      int[] targets;
      Graph backward;
      try (GradientTape tape = new GradientTape(true, false)) {
        List<Tensor> ask = new ArrayList<>();
        for (Tensor t : in) {
          if (carries(t.dtype()) || t.dtype() == DType.RESOURCE) {
            tape.follow(t);
            ask.add(t);
          }
        }
        out = g.replay(in);
        List<Integer> through = new ArrayList<>();
        for (int i = 0; i < out.length; i++) {
          boolean same = loop && out[i] == in[i];
          if (carries(out[i].dtype()) && tape.follows(out[i]) && !same) {
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
          for (int i = 0, p = 0; i < in.length; i++) {
            Tensor dx = p < ask.size() && in[i] == ask.get(p) ? grads.get(p++) : null;
            if (dx == null && loop && carries(in[i].dtype()) && out[i] != in[i]) {
              dx = zeros(in[i]);
            }
            if (dx != null) {
              sources[i] = found.size();
              found.add(dx);
            }
          }
          backward = b.finish(found);
        }
      }
      List<Tensor> all = new ArrayList<>(List.of(out));
      int[] saved = backward.captures().stream().mapToInt(c -> place(c.outer(), in, all)).toArray();
      return new Differentiable(f.finish(all), backward, targets, sources, saved);
    }
  }

  /// Tells whether gradients flow through values of a type: lists of tensors have lists.
  static boolean carries(DType d) {
    return d.isDifferentiable() || d == DType.VARIANT;
  }

  private static int place(Tensor t, Tensor[] in, List<Tensor> all) {
    for (int i = 0; i < in.length; i++) {
      if (in[i] == t) {
        return ~i;
      }
    }
    int at = all.indexOf(t);
    if (at < 0) {
      at = all.size();
      all.add(t);
    }
    return at;
  }
}
