package dev.merapi.nn.layer;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Numbers the names of layers: `dense`, `dense_1`, …
final class LayerNames {
  private static final Map<String, Integer> TAKEN = new ConcurrentHashMap<>();

  private LayerNames() {}

  static String next(String base) {
    int n = TAKEN.merge(base, 1, Integer::sum) - 1;
    return n == 0 ? base : base + "_" + n;
  }

  /// Takes back the number given last, when its layer got another name right away.
  static void giveBack(String name, String base) {
    TAKEN.computeIfPresent(
        base,
        (b, n) -> {
          String last = n == 1 ? base : base + "_" + (n - 1);
          return last.equals(name) ? n - 1 : n;
        });
    TAKEN.remove(base, 0);
  }

  static void reset() {
    TAKEN.clear();
  }
}
