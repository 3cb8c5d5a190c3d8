package dev.merapi.nn.layer.preprocess;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts how often tokens occur, and in how many documents.
final class TokenCounts {
  /// How often a token occurs, in how many documents.
  private static final class Count {
    long all;
    long documents;
  }

  private final Map<Object, Count> counts = new HashMap<>();
  private long documents;

  void add(List<?> document) {
    documents++;
    Set<Object> here = new HashSet<>();
    for (Object token : document) {
      Count c = counts.computeIfAbsent(token, t -> new Count());
      c.all++;
      if (here.add(token)) {
        c.documents++;
      }
    }
  }

  void remove(@Nullable Object token) {
    if (token != null) {
      counts.remove(token);
    }
  }

  boolean isEmpty() {
    return counts.isEmpty();
  }

  /// Returns the most frequent tokens first; of equally frequent ones the last by bytes or number.
  List<Object> byFrequency(int atMost) {
    List<Object> tokens = new ArrayList<>(counts.keySet());
    tokens.sort(
        (a, b) -> {
          int frequent = Long.compare(count(b).all, count(a).all);
          return frequent != 0 ? frequent : order(b, a);
        });
    return List.copyOf(tokens.subList(0, Math.min(Math.max(0, atMost), tokens.size())));
  }

  private Count count(Object token) {
    return counts.getOrDefault(token, new Count());
  }

  private static int order(Object a, Object b) {
    if (a instanceof Long x && b instanceof Long y) {
      return Long.compare(x, y);
    }
    return Arrays.compareUnsigned(
        ((String) a).getBytes(StandardCharsets.UTF_8),
        ((String) b).getBytes(StandardCharsets.UTF_8));
  }

  /// Returns how telling a token is: the logarithm of one part in how many documents holds it.
  double inverseDocumentFrequency(Object token) {
    return Math.log(1 + (double) documents / (1 + count(token).documents));
  }
}
