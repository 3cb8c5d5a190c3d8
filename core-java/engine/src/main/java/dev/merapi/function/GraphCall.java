package dev.merapi.function;

import dev.merapi.compile.Plans;
import dev.merapi.graph.Graph;
import dev.merapi.graph.Tracer;
import dev.merapi.memory.Cell;
import dev.merapi.op.Context;
import dev.merapi.op.Recorder;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
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

  private static Tensor[] recorded(Graph g, Tensor[] in, Recorder r) {
    Differentiable d = Differentiable.of(g);
    Tensor[] all = Plans.of(d.forward()).run(in);
    int n = g.outputs().size();
    Tensor[] out = Arrays.copyOf(all, n);
    Tensor[] saved = Arrays.copyOfRange(all, n, all.length);
    for (int i = 0; i < n; i++) {
      // The tape tells outputs from inputs by their numbers.
      out[i] = distinct(out[i], in);
    }
    r.recordCustom(g.name(), in, out, dy -> backward(d, dy, out, saved));
    return out;
  }

  private static Tensor distinct(Tensor t, Tensor[] in) {
    for (Tensor x : in) {
      if (x == t) {
        return t.alias(t.spec());
      }
    }
    return t;
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
