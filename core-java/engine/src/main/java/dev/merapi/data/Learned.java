package dev.merapi.data;

import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// How elements are built that come from host code, learned from those seen so far.
final class Learned {
  private final String who;
  private volatile @Nullable Structure now;

  Learned(String who) {
    this.who = who;
  }

  @Nullable Structure known() {
    return now;
  }

  /// Takes an element apart, whatever its shapes.
  ///
  /// Fails: `TypeError` when it is built in another way than those before.
  Tensor[] flatten(Object value) {
    Structure s = now;
    if (s == null) {
      s = first(Structure.of(value, who));
    }
    Spec[] open = new Spec[s.size()];
    for (int i = 0; i < open.length; i++) {
      open[i] = s.specs()[i].withShape(Shape.UNKNOWN);
    }
    Tensor[] parts = s.with(open).flatten(value, who);
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].spec().equals(s.specs()[i])) {
        Spec[] seen = new Spec[parts.length];
        for (int k = 0; k < seen.length; k++) {
          seen[k] = parts[k].spec();
        }
        widen(s.with(seen));
        break;
      }
    }
    return parts;
  }

  private synchronized Structure first(Structure s) {
    Structure before = now;
    if (before == null) {
      now = s;
      return s;
    }
    return before;
  }

  private synchronized void widen(Structure s) {
    Structure before = now;
    now = before == null ? s : before.union(s);
  }

  /// Learns how the elements of an inner dataset are built.
  ///
  /// Fails: `TypeError` when that is different from those before by more than shapes.
  void meet(Structure inner) {
    Structure before = now;
    if (before == inner) {
      return;
    }
    if (before != null && !before.isAlike(inner)) {
      throw Message.what(who + ": the inner datasets hold different things")
          .given(inner.toString())
          .expected(before.toString())
          .fix("make all of them of the same structure and types")
          .typeError();
    }
    widen(inner);
  }
}
