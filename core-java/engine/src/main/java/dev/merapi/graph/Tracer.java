package dev.merapi.graph;

import dev.merapi.op.Attrs;
import dev.merapi.op.Context;
import dev.merapi.op.Executor;
import dev.merapi.op.OpDef;
import dev.merapi.op.Recorder;
import dev.merapi.say.Message;
import dev.merapi.say.Where;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Carries calls out by writing them into a graph, on this thread, until it is closed.
///
/// Tensors that have a value become constants of the graph; variables' resources and tensors of the
/// graphs around it become captures.
public final class Tracer implements Executor, AutoCloseable {
  /// How many traces are open, on all threads.
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final Builder builder;
  private final Context context = Context.get();
  private final Executor before;
  private final @Nullable Recorder recorderBefore;
  private final List<Object> made = new ArrayList<>();
  private boolean closed;

  private Tracer(Builder builder) {
    this.builder = builder;
    this.before = context.executor();
    this.recorderBefore = context.recorder();
    context.setExecutor(this);
    OPEN.getAndIncrement();
    // A tape around the trace sees the call of the finished graph, not its parts.
    context.setRecorder(null);
  }

  /// Starts a trace on this thread; inside another trace it may use that one's tensors.
  public static Tracer open(String name) {
    Tracer t = current();
    return new Tracer(new Builder(name, t == null ? null : t.graph()));
  }

  /// Starts a trace that may use no other trace's tensors.
  public static Tracer openAlone(String name) {
    return new Tracer(new Builder(name));
  }

  /// Returns the trace that this thread is in, or null.
  public static @Nullable Tracer current() {
    return Context.get().executor() instanceof Tracer t ? t : null;
  }

  /// Tells whether any thread is in a trace; cheaper to ask than [#current()].
  public static boolean isAnyOpen() {
    return OPEN.getPlain() != 0;
  }

  public Graph graph() {
    return builder.graph();
  }

  public Builder builder() {
    return builder;
  }

  /// Adds an input.
  public Tensor input(String name, Spec spec) {
    return builder.input(name, spec);
  }

  /// Adds an input like a tensor of another graph.
  public Tensor input(String name, Tensor like) {
    return builder.input(name, like);
  }

  /// Ends the trace and its graph; `outputs` may hold any tensors that the graph can reach.
  public Graph finish(List<Tensor> outputs) {
    List<Tensor> inside = outputs.stream().map(this::inside).toList();
    close();
    return builder.finish(inside);
  }

  /// Gives the thread back to whoever had it before; a second call does nothing.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      OPEN.getAndDecrement();
      context.setExecutor(before);
      context.setRecorder(recorderBefore);
    }
  }

  /// Returns the variables that were made during the trace.
  public List<Object> made() {
    return made;
  }

  @Override
  public void made(Object variable) {
    made.add(variable);
    before.made(variable);
  }

  @Override
  public Tensor lift(Tensor t) {
    return t.isSymbolic() ? Lift.value(t) : t;
  }

  @Override
  public Tensor[] run(OpDef op, Attrs attrs, Tensor[] given) {
    Tensor[] in = new Tensor[given.length];
    for (int i = 0; i < in.length; i++) {
      in[i] = inside(given[i]);
    }
    Tensor[] out =
        builder.append(
            op, attrs, in, Names.scoped(op.name()), Names.device(), Where.user().orElse(null));
    Recorder recorder = context.recorder();
    if (recorder != null) {
      tell(recorder, builder.last(), given);
    }
    return out;
  }

  /// Tells a tape in the terms of the program: the tensors that the caller holds, not those that
  /// stand for them here.
  private static void tell(Recorder r, Node node, Tensor[] given) {
    for (Tensor t : given) {
      if (t.dtype() == DType.RESOURCE && !t.isSymbolic()) {
        Resources.read(r, t);
      }
    }
    r.record(node.call(given));
  }

  /// Tells all tapes around that a call has got more outputs.
  static void extended(Tensor first, Tensor[] more) {
    Context c = Context.get();
    Recorder r = c.recorder();
    if (r != null) {
      r.extended(first, more);
    }
    for (Executor e = c.executor(); e instanceof Tracer t; e = t.before) {
      if (t.recorderBefore != null) {
        t.recorderBefore.extended(first, more);
      }
    }
  }

  /// Returns the tensor of this graph that stands for `t`.
  ///
  /// Fails: `SymbolError` naming both places when `t` belongs to a trace or a branch that this one
  /// does not lie in.
  public Tensor inside(Tensor t) {
    if (!(t.storage() instanceof Symbol s)) {
      return t.dtype() == DType.RESOURCE || isFollowedOutside(t)
          ? builder.capture(t, Resources.name(t))
          : builder.constant(t);
    }
    Graph home = s.node().graph();
    if (home == graph()) {
      // The node's own tensor: others over the same symbol are aliases.
      return s.node().output(s.index());
    }
    if (!home.isOpen() || !graph().within(home)) {
      throw outOfScope(t, s);
    }
    return builder.capture(s.node().output(s.index()), s.node().name());
  }

  /// Tells whether a tape of a trace around this one follows a value: then the value goes into this
  /// graph through an input, so that the tape finds the way.
  private boolean isFollowedOutside(Tensor t) {
    for (Tracer r = this; r.before instanceof Tracer around; r = around) {
      if (r.recorderBefore != null && r.recorderBefore.follows(t)) {
        return true;
      }
    }
    return false;
  }

  private RuntimeException outOfScope(Tensor t, Symbol s) {
    StackTraceElement made = s.node().where();
    return Message.what(
            s.symbol()
                + " is out of scope: it was made in graph '"
                + s.node().graph().name()
                + "' and cannot be used in '"
                + graph().name()
                + "'")
        .given(
            t
                + (made == null ? "" : ", made at " + Where.line(made))
                + " · used at "
                + Where.userLine())
        .expected("a tensor of this function, branch or loop body, or of one around it")
        .fix("return it from the function or branch that makes it; keep state in a tf.Variable")
        .symbolError();
  }
}
