package dev.merapi.autodiff;

import dev.merapi.op.Attrs;
import dev.merapi.op.Call;
import dev.merapi.op.OpDef;
import dev.merapi.op.Recorder;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One remembered call: which tensors went in and out (by number), and the few whose values the
/// gradient needs.
final class Entry {
  final @Nullable OpDef op;
  final @Nullable Attrs attrs;
  final Recorder.@Nullable CustomGradient custom;
  final String name;

  /// Numbers of the tensors, inputs first.
  long[] ids;

  Spec[] specs;

  /// Kept tensors, inputs first; null where the value was not needed, and for an entry that keeps
  /// none.
  private @Nullable Tensor @Nullable [] kept;

  final int ins;

  Entry(Call call) {
    op = call.op;
    attrs = call.attrs;
    custom = null;
    name = op.name();
    ins = call.ins();
    int n = ins + call.outs();
    ids = new long[n];
    specs = new Spec[n];
    boolean grows = op.gradient() != null;
    for (int i = 0; i < ins; i++) {
      take(i, call.in(i), grows && op.keepsInput(argument(call, i)));
    }
    for (int i = 0; i < call.outs(); i++) {
      take(ins + i, call.out(i), grows && op.keepsOutput(Math.min(i, op.outputs().size() - 1)));
    }
  }

  Entry(String name, Tensor[] in, Tensor[] out, Recorder.CustomGradient custom) {
    this.op = null;
    this.attrs = null;
    this.custom = custom;
    this.name = name;
    ins = in.length;
    int n = ins + out.length;
    ids = new long[n];
    specs = new Spec[n];
    for (int i = 0; i < n; i++) {
      take(i, i < ins ? in[i] : out[i - ins], false);
    }
  }

  private void take(int i, Tensor t, boolean keep) {
    ids[i] = t.id();
    specs[i] = t.spec();
    // In a trace keeping costs nothing, and a gradient may ask for a shape that is not known yet.
    if (keep || t.isSymbolic()) {
      t.storage().retain();
      if (kept == null) {
        kept = new Tensor[ids.length];
      }
      kept[i] = t;
    }
  }

  /// Returns the tensor kept at a position, or null.
  @Nullable Tensor kept(int i) {
    return kept == null ? null : kept[i];
  }

  /// Takes more outputs in if this is the call whose first output is given.
  boolean grow(Tensor first, Tensor[] more) {
    int n = ids.length;
    if (n == ins || ids[ins] != first.idOrZero()) {
      return false;
    }
    ids = Arrays.copyOf(ids, n + more.length);
    specs = Arrays.copyOf(specs, n + more.length);
    if (kept != null) {
      kept = Arrays.copyOf(kept, n + more.length);
    }
    for (int i = 0; i < more.length; i++) {
      take(n + i, more[i], false);
    }
    return true;
  }

  private static int argument(Call call, int position) {
    int p = 0;
    for (int a = 0; a < call.op.inputs().size(); a++) {
      p += call.op.inputs().get(a).list() ? call.listLength() : 1;
      if (position < p) {
        return a;
      }
    }
    return 0;
  }

  int outs() {
    return ids.length - ins;
  }

  /// Gives back the claims on kept tensors.
  void forget() {
    if (kept == null) {
      return;
    }
    for (int i = 0; i < kept.length; i++) {
      Tensor t = kept[i];
      if (t != null) {
        t.storage().release();
        kept[i] = null;
      }
    }
  }
}
