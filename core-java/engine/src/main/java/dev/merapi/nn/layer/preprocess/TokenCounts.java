package dev.merapi.nn.layer.preprocess;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Counts how often tokens occur, and in how many documents.
final class TokenCounts {
  /// How often a token occurs, in how many documents.
  private static final class Count {
    long all;
    long documents;

    /// Number of the last document that held it.
    long last;
  }

  private final Map<Object, Count> counts = new HashMap<>();
  private long documents;

  void add(List<?> document) {
    documents++;
    for (Object token : document) {
      Count c = counts.computeIfAbsent(token, t -> new Count());
      c.all++;
      if (c.last != documents) {
        c.last = documents;
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
    List<Map.Entry<Object, Count>> all = new ArrayList<>(counts.entrySet());
    all.sort((a, b) -> {
      int frequent = Long.compare(b.getValue().all, a.getValue().all);
      return frequent != 0 ? frequent : order(b.getKey(), a.getKey());
    });
    int n = Math.min(Math.max(0, atMost), all.size());
    return all.subList(0, n).stream().map(Map.Entry::getKey).toList();
  }

  private static int order(Object a, Object b) {
    return a instanceof Long x && b instanceof Long y
        ? Long.compare(x, y)
        : order((String) a, (String) b);
  }

  /// Orders texts as their bytes in UTF-8: by code points, so that pairs of surrogates come last.
  private static int order(String a, String b) {
    int n = Math.min(a.length(), b.length());
    for (int i = 0; i < n; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }

  /// Returns how telling a token is: the logarithm of one part in how many documents holds it.
  double inverseDocumentFrequency(Object token) {
    Count c = counts.get(token);
    return Math.log(1 + (double) documents / (1 + (c == null ? 0 : c.documents)));
  }
}
