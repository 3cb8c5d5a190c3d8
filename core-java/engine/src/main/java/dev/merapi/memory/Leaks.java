package dev.merapi.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells which tensors are alive and, in debug mode (`-Dmerapi.memory.debug=true`), where they were made.
public final class Leaks {
  static final boolean DEBUG = Boolean.getBoolean("merapi.memory.debug");

  private Leaks() {}

  /// Tensors made at one place. `bytes` and `tensors` count those alive.
  public record Site(String place, long bytes, int tensors) {}

  /// Returns the live tensors by the place that made them, most bytes first.
  public static List<Site> report() {
    Map<String, long[]> sums = new LinkedHashMap<>();
    Claim.forEach(
        c -> {
          long[] s = sums.computeIfAbsent(place(c.site), k -> new long[2]);
          s[0] += c.bytes();
          s[1]++;
        });
    List<Site> sites = new ArrayList<>();
    sums.forEach((k, v) -> sites.add(new Site(k, v[0], (int) v[1])));
    sites.sort(Comparator.comparingLong(Site::bytes).reversed());
    return sites;
  }

  /// Returns the report as text, one line a place.
  public static String text(int lines) {
    StringBuilder s = new StringBuilder();
    List<Site> sites = report();
    for (Site site : sites.subList(0, Math.min(lines, sites.size()))) {
      s.append(String.format("%,15d bytes in %d tensors made at %s%n", site.bytes, site.tensors, site.place));
    }
    return s.toString();
  }

  private static String place(@org.jspecify.annotations.Nullable Throwable site) {
    if (site == null) {
      return "unknown places (run with -Dmerapi.memory.debug=true to see them)";
    }
    for (StackTraceElement e : site.getStackTrace()) {
      if (!e.getClassName().startsWith("dev.merapi.memory.") && !e.getClassName().startsWith("dev.merapi.op.")
          && !e.getClassName().startsWith("dev.merapi.eager.")) {
        return e.toString();
      }
    }
    return "the engine";
  }
}
