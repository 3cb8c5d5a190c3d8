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

  /// Places all values.
  void place(List<Value> values) {
    List<Value> order = new ArrayList<>(values);
    order.sort(Comparator.comparingLong((Value v) -> -size(v)).thenComparingInt(v -> v.made));
    for (Value v : order) {
      v.offset = inPlace(v);
      if (v.offset < 0) {
        v.offset = lowest(v);
      }
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

  /// Returns the offset of a dying input that `v` may be written over, or -1.
  private long inPlace(Value v) {
    for (Value host : v.hosts) {
      boolean fits =
          host.kind == Value.Kind.ARENA
              && host.offset >= 0
              && host.lastUse == v.made
              && size(host) == size(v);
      if (fits && isFree(v, host)) {
        return host.offset;
      }
    }
    return -1;
  }

  private boolean isFree(Value v, Value host) {
    for (Value p : placed) {
      boolean apart =
          p == host
              || p.made > v.lastUse
              || v.made > p.lastUse
              || p.offset >= host.offset + size(v)
              || p.offset + size(p) <= host.offset;
      if (!apart) {
        return false;
      }
    }
    return true;
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
