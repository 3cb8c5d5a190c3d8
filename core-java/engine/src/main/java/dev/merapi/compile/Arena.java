package dev.merapi.compile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Places values in one stretch of memory so that two share bytes only if they never live at the
/// same time.
///
/// Greedy by size: the largest first, each at the lowest offset that is free for its whole life. A
/// value may lie where an input lay that its step reads element by element and nobody reads later.
final class Arena {
  /// Every value starts at a multiple of this, the width of a cache line.
  static final long ALIGNMENT = 64;

  private final List<Value> placed = new ArrayList<>();
  private long bytes;

  /// Places all values; `host[i]`, if any, is the dying input whose bytes value i may take over.
  void place(List<Value> values) {
    List<Value> order = new ArrayList<>(values);
    order.sort(Comparator.comparingLong((Value v) -> -size(v)).thenComparingInt(v -> v.made));
    for (Value v : order) {
      v.offset = lowest(v);
      bytes = Math.max(bytes, v.offset + size(v));
      placed.add(v);
    }
  }

  long bytes() {
    return bytes;
  }

  static long size(Value v) {
    return (Math.max(1, v.spec().bytes()) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private long lowest(Value v) {
    List<Value> rivals = new ArrayList<>();
    for (Value p : placed) {
      if (p.made <= v.lastUse && v.made <= p.lastUse) {
        rivals.add(p);
      }
    }
    rivals.sort(Comparator.comparingLong(p -> p.offset));
    long at = 0;
    for (Value p : rivals) {
      if (p.offset - at >= size(v)) {
        break;
      }
      at = Math.max(at, p.offset + size(p));
    }
    return at;
  }
}
