package dev.merapi.autodiff;

import dev.merapi.eager.Variable;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;

/// Finds the first place at which the way from a target back to a source breaks, and says it in
/// words.
final class WhyNull {
  private WhyNull() {}

  static String explain(
      List<Entry> entries,
      LongSet tracked,
      Map<Object, List<Tensor>> reads,
      Object target,
      Object source) {
    if (source instanceof Tensor t && !t.dtype().isDifferentiable()) {
      return "the source is " + t.dtype() + ": only float and complex tensors have gradients";
    }
    if (source instanceof Variable v && !reads.containsKey(v)) {
      return "variable '"
          + v.name()
          + "' was not read while the tape was recording"
          + (v.isTrainable() ? "" : " (it is not trainable; watch it with tape.watch)");
    }
    if (source instanceof Tensor t && !tracked.has(t.idOrZero())) {
      return "the source is not watched: call tape.watch(x) before it is used";
    }
    LongSet reached = new LongSet();
    if (source instanceof Variable v) {
      reads.getOrDefault(v, List.of()).forEach(t -> reached.add(t.id()));
    } else {
      reached.add(((Tensor) source).id());
    }
    String lastBreak = "";
    boolean used = false;
    for (Entry e : entries) {
      boolean touched = false;
      for (int i = 0; i < e.ins; i++) {
        touched |= reached.has(e.ids[i]);
      }
      if (!touched) {
        continue;
      }
      used = true;
      if (e.op != null && e.op.gradient() == null) {
        lastBreak = "the way breaks at " + e.name + ": " + e.op.noGradient();
        continue;
      }
      for (int i = e.ins; i < e.ids.length; i++) {
        if (e.specs[i].dtype().isDifferentiable()) {
          reached.add(e.ids[i]);
        } else {
          lastBreak = "the way breaks at " + e.name + ": its result is " + e.specs[i].dtype();
        }
      }
    }
    Tensor y = target instanceof Variable v ? v.peek() : (Tensor) target;
    if (reached.has(y.idOrZero())) {
      return "the gradient is not null: the target depends on the source";
    }
    if (!used) {
      return "no operation that the tape recorded used the source";
    }
    return lastBreak.isEmpty()
        ? "the target was not computed from the source (or outside the tape)"
        : lastBreak;
  }
}
