package dev.merapi.autodiff;

import dev.merapi.eager.Variable;
import dev.merapi.op.Call;
import dev.merapi.op.Context;
import dev.merapi.op.Recorder;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Remembers the operations carried out on this thread while it is open, and computes gradients
/// from them.
///
/// ```java
/// try (var tape = new GradientTape()) {
///   Tensor loss = …;
///   List<Tensor> grads = tape.gradient(loss, variables);
/// }
/// ```
///
/// Trainable variables are watched when they are read; other tensors with [#watch]. Tapes nest: an
/// outer tape sees the inner tape's gradient, which gives derivatives of any order.
public final class GradientTape implements AutoCloseable, Recorder {
  private final boolean persistent;
  private final boolean watchVariables;
  private final LongSet tracked = new LongSet();
  private final List<Entry> entries = new ArrayList<>();
  private final Map<Object, List<Tensor>> reads = new IdentityHashMap<>();
  private final List<Variable> readOrder = new ArrayList<>();

  private final Context context = Context.get();
  private @Nullable Recorder outer;
  private boolean recording;
  private boolean spent;

  /// Opens a tape that gives one gradient and watches the variables that are read.
  public GradientTape() {
    this(false, true);
  }

  public GradientTape(boolean persistent) {
    this(persistent, true);
  }

  /// Opens a tape on this thread.
  ///
  /// @param persistent whether more than one gradient may be asked for
  /// @param watchAccessedVariables whether trainable variables are watched when they are read
  public GradientTape(boolean persistent, boolean watchAccessedVariables) {
    this.persistent = persistent;
    this.watchVariables = watchAccessedVariables;
    start();
  }

  private void start() {
    outer = context.recorder();
    context.setRecorder(this);
    recording = true;
  }

  /// Lets gradients flow to a tensor, or to a variable when variables are not watched by
  /// themselves.
  ///
  /// Whole numbers have no gradient: watching them only writes a warning, as in TensorFlow.
  public void watch(Object x) {
    if (x instanceof Variable v) {
      reads.computeIfAbsent(v, k -> new ArrayList<>());
      note(v, v.peek());
      return;
    }
    if (!(x instanceof Tensor t)) {
      throw Message.what("GradientTape.watch takes a tensor or a variable")
          .given(String.valueOf(x))
          .fix("make a tensor first: tf.constant(…)")
          .typeError();
    }
    if (t.dtype() != DType.RESOURCE && !t.dtype().isDifferentiable()) {
      System.Logger log = System.getLogger("dev.merapi");
      log.log(
          System.Logger.Level.WARNING,
          "The dtype of the watched tensor must be floating (e.g. tf.float32), got tf."
              + t.dtype());
      return;
    }
    tracked.add(t.id());
  }

  /// Runs `body` without remembering it.
  public void stopRecording(Runnable body) {
    boolean was = recording;
    recording = false;
    try {
      body.run();
    } finally {
      recording = was;
    }
  }

  /// Forgets everything and starts anew.
  public void reset() {
    forgetAll();
    reads.clear();
    readOrder.clear();
    spent = false;
  }

  /// Returns the variables that were read, in the order of their first reads.
  public List<Variable> watchedVariables() {
    return List.copyOf(readOrder);
  }

  @Override
  public void read(Object owner, Tensor value, boolean trainable) {
    if (recording && (watchVariables && trainable || reads.containsKey(owner))) {
      note((Variable) owner, value);
    }
    Recorder o = outer;
    if (o != null) {
      o.read(owner, value, trainable);
    }
  }

  private void note(Variable v, Tensor value) {
    List<Tensor> seen = reads.computeIfAbsent(v, k -> new ArrayList<>(1));
    if (seen.isEmpty()) {
      readOrder.add(v);
    } else if (seen.get(seen.size() - 1) == value) {
      return;
    }
    boolean handle = value.dtype() == DType.RESOURCE && v.dtype().isDifferentiable();
    if (handle || value.dtype().isDifferentiable()) {
      seen.add(value);
      tracked.add(value.id());
    }
  }

  @Override
  public void record(Call call) {
    if (recording && touches(call.inputs())) {
      entries.add(new Entry(call));
      for (int i = 0; i < call.outs(); i++) {
        track(call.out(i));
      }
    }
    Recorder o = outer;
    if (o != null) {
      o.record(call);
    }
  }

  @Override
  public void extended(Tensor first, Tensor[] more) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).grow(first, more)) {
        for (Tensor t : more) {
          track(t);
        }
        break;
      }
    }
    Recorder o = outer;
    if (o != null) {
      o.extended(first, more);
    }
  }

  @Override
  public void recordCustom(String name, Tensor[] in, Tensor[] out, CustomGradient gradient) {
    if (recording && touches(in)) {
      entries.add(new Entry(name, in, out, gradient));
      for (Tensor t : out) {
        track(t);
      }
    }
    Recorder o = outer;
    if (o != null) {
      o.recordCustom(name, in, out, gradient);
    }
  }

  private boolean touches(Tensor[] in) {
    for (Tensor t : in) {
      if (tracked.has(t.idOrZero())) {
        return true;
      }
    }
    return false;
  }

  private void track(Tensor result) {
    if (result.dtype().isDifferentiable() || result.dtype() == DType.VARIANT) {
      tracked.add(result.id());
    }
  }

  @Override
  public boolean follows(Tensor t) {
    Recorder o = outer;
    return recording && tracked.has(t.idOrZero()) || o != null && o.follows(t);
  }

  /// One for each tape; a persistent tape may be asked for the gradient of its own gradient.
  @Override
  public int order() {
    Recorder o = outer;
    return (recording ? persistent ? 2 : 1 : 0) + (o == null ? 0 : o.order());
  }

  /// Lets gradients flow to a tensor of any type, for the engine: handles of variables among them.
  public void follow(Tensor t) {
    tracked.add(t.id());
  }

  /// Returns the gradient of the sum of `target` with respect to one source, or null when they are
  /// not connected.
  public @Nullable Tensor gradient(Object target, Object source) {
    return gradients(List.of(target), List.of(source), null, false).get(0);
  }

  /// Returns the gradients with respect to each source, in their order; null where nothing
  /// connects.
  public Gradients gradient(Object target, List<?> sources) {
    return gradients(List.of(target), sources, null, false);
  }

  /// Returns gradients of several targets.
  ///
  /// @param outputGradients what arrives at each target; null stands for ones
  /// @param zeros whether unconnected sources get zeros instead of null
  public Gradients gradients(
      List<?> targets,
      List<?> sources,
      @Nullable List<@Nullable Tensor> outputGradients,
      boolean zeros) {
    return answer(() -> walk(targets, sources, outputGradients, zeros));
  }

  /// Returns all derivatives: of every element of `target` with respect to every element of
  /// `source`.
  ///
  /// Shapes: `target.shape + source.shape`; null when they are not connected. Cost: one backward
  /// pass for each element of the target.
  public @Nullable Tensor jacobian(Object target, Object source) {
    return answer(() ->
        Jacobian.of(Backprop.spec(target), Backprop.spec(source), dy -> pass(target, source, dy)));
  }

  /// Returns the derivatives of each sample of `target` with respect to the same sample of
  /// `source`.
  ///
  /// Shapes: target `(batch, …a)`, source `(batch, …b)` → `(batch, …a, …b)`; null when they are not
  /// connected. No sample may depend on another one: derivatives across samples would be added up.
  /// Fails: `ShapeError` when the two differ in the number of samples. Cost: one backward pass for
  /// each element of a sample of the target.
  public @Nullable Tensor batchJacobian(Object target, Object source) {
    return answer(() ->
        Jacobian.ofBatch(
            Backprop.spec(target), Backprop.spec(source), dy -> pass(target, source, dy)));
  }

  private @Nullable Tensor pass(Object target, Object source, Tensor dy) {
    return walk(List.of(target), List.of(source), List.of(dy), false).get(0);
  }

  private Gradients walk(
      List<?> targets,
      List<?> sources,
      @Nullable List<@Nullable Tensor> outputGradients,
      boolean zeros) {
    return new Backprop(entries, tracked, reads).run(targets, sources, outputGradients, zeros);
  }

  /// Lets the tape be asked: once, unless it is persistent.
  private <R extends @Nullable Object> R answer(Supplier<R> question) {
    if (spent) {
      throw Message.what(
              "A non-persistent GradientTape can only be used to compute one set of gradients (or"
                  + " jacobians)")
          .fix("open it with new GradientTape(true)")
          .closedError();
    }
    boolean was = recording;
    if (!persistent) {
      recording = false;
    }
    try {
      return question.get();
    } finally {
      recording = was && persistent;
      if (!persistent) {
        spent = true;
        forgetAll();
      }
    }
  }

  /// Explains in words why the gradient of `target` with respect to `source` is null: names the
  /// first break.
  public String whyNull(Object target, Object source) {
    return WhyNull.explain(entries, tracked, reads, target, source);
  }

  List<Entry> entries() {
    return entries;
  }

  /// Ends the recording. Gradients may still be asked for.
  @Override
  public void close() {
    if (context.recorder() == this) {
      context.setRecorder(outer);
    } else {
      unlink();
    }
    outer = null;
    recording = false;
  }

  /// Takes this tape out of the middle of the chain, when an outer tape ends before an inner one.
  private void unlink() {
    Recorder r = context.recorder();
    while (r instanceof GradientTape t) {
      if (t.outer == this) {
        t.outer = outer;
        return;
      }
      r = t.outer;
    }
  }

  private void forgetAll() {
    for (Entry e : entries) {
      e.forget();
    }
    entries.clear();
  }
}
