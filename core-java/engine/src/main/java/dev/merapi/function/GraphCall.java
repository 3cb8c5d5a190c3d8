package dev.merapi.function;

import dev.merapi.compile.Plans;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Cell;
import dev.merapi.op.Context;
import dev.merapi.op.Recorder;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Calls a graph where the thread is: runs its plan, writes its operations into the graph that is
/// being traced, or runs it so that a tape can go back through it.
public final class GraphCall {
  private GraphCall() {}

  /// Returns the outputs; `in` are values for all inputs, captures included.
  public static Tensor[] run(Graph g, Tensor[] in) {
    Context c = Context.get();
    if (c.executor() instanceof Tracer) {
      return g.replay(in);
    }
    Recorder r = c.recorder();
    return r != null && isFollowed(r, in) ? recorded(g, in, r) : Plans.of(g).run(in);
  }

  /// Tells whether a tape follows an input, be it a variable that it watches by itself.
  private static boolean isFollowed(Recorder r, Tensor[] in) {
    boolean any = false;
    for (Tensor t : in) {
      if (t.dtype() == DType.RESOURCE
          && t.storage().handles()[0] instanceof Cell cell
          && cell.owner() instanceof Object owner) {
        r.read(owner, t, cell.isTrainable());
      }
      any |= r.follows(t);
    }
    return any;
  }

  /// Runs a graph so that gradients of every order that the tapes may ask for find what they need.
  ///
  /// The forward graph of order k gives the values that the gradient of order k saves. These are
  /// told to the tape as outputs too: an outer tape's gradient flows through them.
  private static Tensor[] recorded(Graph g, Tensor[] in, Recorder r) {
    Differentiable[] levels = new Differentiable[Math.max(1, r.order())];
    Graph forward = g;
    for (int k = 0; k < levels.length; k++) {
      levels[k] = Differentiable.of(forward);
      forward = levels[k].forward();
    }
    Tensor[] all = distinct(Plans.of(forward).run(in), in);
    r.recordCustom(g.name(), in, all, dy -> backward(g, levels, dy, all));
    return Arrays.copyOf(all, g.outputs().size());
  }

  /// Gives a tensor object of its own to each output: tapes tell tensors by number.
  private static Tensor[] distinct(Tensor[] out, Tensor[] in) {
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.addAll(Arrays.asList(in));
    for (int i = 0; i < out.length; i++) {
      if (!seen.add(out[i])) {
        out[i] = out[i].alias(out[i].spec());
      }
    }
    return out;
  }

  private static @Nullable Tensor[] backward(
      Graph g, Differentiable[] levels, @Nullable Tensor[] dy, Tensor[] all) {
    int last = 0;
    for (int i = 0; i < dy.length; i++) {
      last = dy[i] == null ? last : i;
    }
    int known = g.outputs().size();
    for (Differentiable d : levels) {
      int saved = d.forward().outputs().size();
      if (last < known) {
        return backward(d, dy, all, Arrays.copyOfRange(all, known, saved));
      }
      known = saved;
    }
    throw Message.what(
            "a gradient of order "
                + (levels.length + 1)
                + " was asked for through a call of '"
                + g.name()
                + "', which was recorded for order "
                + levels.length)
        .expected("one tape around the call for each order")
        .fix("nest as many tapes as the order, or compute the gradients inside of the function")
        .gradientError();
  }

  private static @Nullable Tensor[] backward(
      Differentiable d, @Nullable Tensor[] dy, Tensor[] out, Tensor[] saved) {
    Tensor[] in = new Tensor[d.targets().length + saved.length];
    int p = 0;
    for (int t : d.targets()) {
      Tensor g = dy[t];
      in[p++] = g == null ? Values.filled(out[t].spec(), 0) : g;
    }
    System.arraycopy(saved, 0, in, p, saved.length);
    Tensor[] grads = run(d.backward(), in);
    @Nullable Tensor[] dx = new Tensor[d.sources().length];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = d.sources()[i] < 0 ? null : grads[d.sources()[i]];
    }
    return dx;
  }
}
