package dev.merapi.function;

import dev.merapi.compile.Plans;
import dev.merapi.graph.Differentiable;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Cell;
import dev.merapi.memory.Memory;
import dev.merapi.op.Context;
import dev.merapi.op.Recorder;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
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

  /// Runs a graph so that a gradient can go back through it, as often as tapes may ask: the
  /// gradient of the gradient needs more from inside, and all of it is made here, in the one run
  /// there is.
  private static Tensor[] recorded(Graph g, Tensor[] in, Recorder r) {
    List<Differentiable> orders = new ArrayList<>();
    Graph forward = g;
    for (int i = 0; i < Math.max(1, r.order()); i++) {
      Differentiable d = Differentiable.of(forward);
      orders.add(d);
      forward = d.forward();
    }
    Tensor[] all = distinct(Plans.of(forward).run(in), in);
    for (Differentiable d : orders) {
      claim(d, in);
    }
    r.recordCustom(g.name(), in, all, dy -> backward(g, orders, in, all, dy));
    return Arrays.copyOf(all, g.outputs().size());
  }

  /// Keeps the inputs that a gradient will ask for, whoever gives them up meanwhile.
  private static void claim(Differentiable d, Tensor[] in) {
    for (int s : d.saved()) {
      int i = Differentiable.input(s);
      if (i >= 0 && !Memory.lease(in[i])) {
        in[i].storage().retain();
      }
    }
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
      Graph g, List<Differentiable> orders, Tensor[] in, Tensor[] all, @Nullable Tensor[] dy) {
    int used = dy.length;
    while (used > 0 && dy[used - 1] == null) {
      used--;
    }
    Graph forward = g;
    for (Differentiable d : orders) {
      if (used <= forward.outputs().size()) {
        return backward(d, dy, in, all);
      }
      forward = d.forward();
    }
    if (g.isStateful()) {
      throw Message.what(
              "a gradient of order "
                  + (orders.size() + 1)
                  + " was asked for through a call of '"
                  + g.name()
                  + "', which was recorded for order "
                  + orders.size())
          .expected("one tape around the call for each order")
          .fix("nest as many tapes as the order, or compute the gradients inside of the function")
          .gradientError();
    }
    // Without state and effects the function can run once more.
    Differentiable d = Differentiable.of(forward);
    return backward(d, dy, in, Plans.of(d.forward()).run(in));
  }

  private static @Nullable Tensor[] backward(
      Differentiable d, @Nullable Tensor[] dy, Tensor[] in, Tensor[] all) {
    Tensor[] saved = d.saved(in, all);
    Tensor[] args = new Tensor[d.targets().length + saved.length];
    int p = 0;
    for (int t : d.targets()) {
      Tensor g = dy[t];
      args[p++] = g == null ? Differentiable.zeros(all[t]) : g;
    }
    System.arraycopy(saved, 0, args, p, saved.length);
    Tensor[] grads = run(d.backward(), args);
    @Nullable Tensor[] dx = new Tensor[d.sources().length];
    for (int i = 0; i < dx.length; i++) {
      dx[i] = d.sources()[i] < 0 ? null : grads[d.sources()[i]];
    }
    return dx;
  }
}
