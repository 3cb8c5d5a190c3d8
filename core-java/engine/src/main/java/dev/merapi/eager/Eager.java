package dev.merapi.eager;

import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.Context;
import dev.merapi.op.Executor;
import dev.merapi.op.OpDef;
import dev.merapi.op.Recorder;
import dev.merapi.tensor.Tensor;
import java.lang.ref.Reference;

/// Carries a call out at once: check, infer, run the kernel, tell the recorder.
public final class Eager implements Executor {
  /// The executor of threads that set no other.
  public static final Executor EXECUTOR = new Eager();

  private Eager() {}

  @Override
  public Tensor[] run(OpDef op, Attrs attrs, Tensor[] inputs) {
    Call call = new Call(op, attrs, inputs);
    op.infer().infer(call);
    Tensor[] out;
    try {
      op.cpu().run(call);
      out = call.finish();
    } finally {
      // Kernels read raw memory: without this the collector could take an input away while it is
      // read.
      Reference.reachabilityFence(inputs);
    }
    Recorder recorder = Context.get().recorder();
    if (recorder != null) {
      recorder.record(call);
    }
    Reference.reachabilityFence(out);
    return out;
  }
}
