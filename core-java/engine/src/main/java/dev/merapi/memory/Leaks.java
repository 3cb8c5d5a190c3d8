package dev.merapi.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Tells which tensors are alive and, in debug mode (`-Dmerapi.memory.debug=true`), where they were
/// made.
public final class Leaks {
  static final boolean DEBUG = Boolean.getBoolean("merapi.memory.debug");

  /// Rooms on the way from a user's call to the memory; the first class elsewhere asked for the
  /// tensor.
  private static final Pattern ENGINE =
      Pattern.compile(
          "dev\\.merapi\\.(tf\\b|(tensor|memory|device|kernel|op|eager|autodiff|graph|compile|function|facade)\\.)");

  private Leaks() {}

  /// Tensors made at one place. `bytes` and `tensors` count those alive.
  public record Site(String place, long bytes, int tensors) {}

  /// Returns the live tensors by the place that made them, most bytes first.
  public static List<Site> report() {
    Map<String, long[]> sums = new LinkedHashMap<>();
    Claim.forEach(c -> {
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
      s.append(
          String.format(
              Locale.ROOT,
              "%,15d bytes in %d tensors made at %s%n",
              site.bytes,
              site.tensors,
              site.place));
    }
    return s.toString();
  }

  /// Returns the largest live tensors, one line each.
  static String largest(int lines) {
    List<Claim> live = new ArrayList<>();
    Claim.forEach(live::add);
    live.sort(Comparator.comparingLong(Claim::bytes).reversed());
    StringBuilder s = new StringBuilder();
    for (Claim c : live.subList(0, Math.min(lines, live.size()))) {
      String what = c.spec == null ? "a page of small tensors" : c.spec.toString();
      s.append(
          String.format(
              Locale.ROOT, "%,15d bytes: %s, made at %s%n", c.bytes(), what, place(c.site)));
    }
    return s.toString();
  }

  private static String place(@org.jspecify.annotations.Nullable Throwable site) {
    if (site == null) {
      return "unknown places (run with -Dmerapi.memory.debug=true to see them)";
    }
    for (StackTraceElement e : site.getStackTrace()) {
      if (!ENGINE.matcher(e.getClassName()).lookingAt()) {
        return e.toString();
      }
    }
    return "the engine";
  }
}
