package dev.merapi.eager;

import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Context;
import dev.merapi.op.Deferred;
import dev.merapi.op.Executor;
import dev.merapi.op.Numerics;
import dev.merapi.op.OpDef;
import dev.merapi.op.Recorder;
import dev.merapi.tensor.Tensor;
import java.lang.ref.Reference;
import java.util.function.Supplier;

/// Carries a call out at once: check, infer, run the kernel, tell the recorder.
public final class Eager implements Executor {
  /// The executor of threads that set no other.
  public static final Executor EXECUTOR = new Eager();

  private Eager() {}

  /// Computes something at once and unseen by tapes, also while this thread traces a graph; what
  /// TensorFlow calls `init_scope`. First values of variables are made so.
  public static Tensor outside(Supplier<Tensor> computation) {
    Context context = Context.get();
    Executor before = context.executor();
    Recorder recorder = context.recorder();
    context.setExecutor(EXECUTOR);
    context.setRecorder(null);
    try {
      return computation.get();
    } finally {
      context.setExecutor(before);
      context.setRecorder(recorder);
    }
  }

  @Override
  public Tensor[] run(OpDef op, Attrs attrs, Tensor[] inputs) {
    Deferred deferred = Deferred.among(inputs);
    if (deferred != null) {
      return deferred.call(op, attrs, inputs);
    }
    Context context = Context.get();
    Call call = context.borrow(op, attrs);
    try {
      call.take(inputs);
      carryOut(call, context);
      return call.outputs();
    } finally {
      // Kernels read raw memory: without this the collector could take an input away while it is
      // read.
      Reference.reachabilityFence(inputs);
      context.giveBack(call);
    }
  }

  @Override
  public Tensor run(Context context, OpDef op, Attrs attrs, Tensor x) {
    if (x.storage() instanceof Deferred d) {
      return d.call(op, attrs, new Tensor[] {x})[0];
    }
    Call call = context.borrow(op, attrs);
    try {
      call.take(x);
      return carryOut(call, context)[0];
    } finally {
      Reference.reachabilityFence(x);
      context.giveBack(call);
    }
  }

  @Override
  public Tensor run(Context context, OpDef op, Attrs attrs, Tensor x, Tensor y) {
    if (x.storage() instanceof Deferred || y.storage() instanceof Deferred) {
      return run(op, attrs, new Tensor[] {x, y})[0];
    }
    Call call = context.borrow(op, attrs);
    try {
      call.take(x, y);
      return carryOut(call, context)[0];
    } finally {
      Reference.reachabilityFence(x);
      Reference.reachabilityFence(y);
      context.giveBack(call);
    }
  }

  /// Returns the outputs, in an array to be read before the call is given back.
  private static Tensor[] carryOut(Call call, Context context) {
    call.op.infer().infer(call);
    call.op.cpu().run(call);
    Tensor[] out = call.finish();
    if (Numerics.isOn()) {
      Numerics.look(call, out, null);
    }
    Recorder recorder = context.recorder();
    if (recorder != null) {
      recorder.record(call);
    }
    Reference.reachabilityFence(out);
    return out;
  }
}
