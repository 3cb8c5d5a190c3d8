package dev.merapi.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Writes `docs/functions-speed.md` from results: what a graph gains over eager calls, for each
/// model, also where it gains nothing.
public final class SpeedPage {
  private static final double NOISE = 0.05;

  /// One field of a result; results hold neither lists nor quotation marks.
  private static final Pattern FIELD = Pattern.compile("\"(\\w+)\": *(?:\"([^\"]*)\"|([^,}]+))");

  private SpeedPage() {}

  private static Map<String, String> fields(String line) {
    Map<String, String> fields = new HashMap<>();
    Matcher m = FIELD.matcher(line);
    while (m.find()) {
      fields.put(m.group(1), m.group(2) == null ? m.group(3) : m.group(2));
    }
    return fields;
  }

  static void write(Path results, Path page, String machine) throws IOException {
    Files.writeString(page, text(Files.readAllLines(results), machine));
  }

  /// Returns the page for results, one a line.
  public static String text(List<String> results, String machine) {
    List<Map<String, String>> lines = new ArrayList<>();
    for (String r : results) {
      if (!r.isBlank()) {
        lines.add(fields(r));
      }
    }
    StringBuilder s = new StringBuilder();
    s.append("# How fast functions are\n\n");
    s.append("Written by `./merapi bench page` from results of `./merapi bench functions`.");
    s.append(machine.isEmpty() ? "" : " " + machine).append("\n\n");
    s.append(
        """
        All cases of a workload take turns of some milliseconds in the same rounds, so that whatever
        else the machine does falls on all of them. A *gain* of 2 means that our eager step takes
        twice as long, as the median over the rounds; in brackets the lowest and highest tenth. The
        check value shows that all compute the same: sum and sum of squares of a result, losses at
        steps 1 and 20, or the result and the sums of its gradients.
        """);
    Set<String> works = new LinkedHashSet<>();
    lines.forEach(l -> works.add(l.get("work")));
    summary(s, lines, works);
    founding(s, lines);
    for (String work : works) {
      section(s, work, lines.stream().filter(l -> l.get("work").equals(work)).toList());
    }
    return s.toString();
  }

  private static void summary(StringBuilder s, List<Map<String, String>> lines, Set<String> works) {
    s.append("\n## What a graph gains\n\n| | threads | gain | |\n|---|---|---|---|\n");
    for (String work : works) {
      for (Map<String, String> l : lines) {
        if (l.get("work").equals(work) && isGraph(l)) {
          double gain = number(l, "gain");
          String word =
              gain > 1 + NOISE ? "faster" : gain < 1 - NOISE ? "**slower**" : "**no gain**";
          s.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %s | %s |%n",
                  title(work),
                  l.get("threads"),
                  gain(l),
                  word));
        }
      }
    }
  }

  /// The four lines of the founding notes: seconds for 1000 calls.
  private static void founding(StringBuilder s, List<Map<String, String>> lines) {
    String most =
        lines.stream()
            .map(l -> l.get("threads"))
            .max(Comparator.comparingInt(Integer::parseInt))
            .orElse("1");
    StringBuilder four = new StringBuilder();
    for (String[] model : new String[][] {{"W1", "Shallow"}, {"W2", "Deep"}}) {
      for (Map<String, String> l : lines) {
        if (l.get("work").equals(model[0])
            && l.get("system").equals("Merapi")
            && l.get("threads").equals(most)) {
          four.append(seconds(model[1], isGraph(l), number(l, "median_ms"))).append('\n');
        }
      }
    }
    if (!four.isEmpty()) {
      s.append("\nAs seconds for 1000 calls, all threads:\n\n```\n").append(four).append("```\n");
    }
  }

  /// Returns one line in the form of the founding notes.
  public static String seconds(String model, boolean graph, double millisACall) {
    return String.format(
        Locale.ROOT,
        "%s Model - %s execution time: %.7f",
        model,
        graph ? "Graph-based" : "Eager",
        millisACall);
  }

  private static void section(StringBuilder s, String work, List<Map<String, String>> lines) {
    s.append("\n## ").append(work).append(": ").append(title(work)).append("\n\n");
    s.append("| system | mode | threads | ms a step | p10 … p90 | gain | others' load | check |\n");
    s.append("|---|---|---|---|---|---|---|---|\n");
    for (Map<String, String> l : lines) {
      String others = l.get("others");
      s.append(
          String.format(
              Locale.ROOT,
              "| %s | %s | %s | %.4g | %.4g … %.4g | %s | %s | %s |%n",
              l.get("system"),
              l.get("mode"),
              l.get("threads"),
              number(l, "median_ms"),
              number(l, "p10_ms"),
              number(l, "p90_ms"),
              gain(l),
              others.equals("null") ? "?" : Math.round(100 * number(l, "others")) + " %",
              l.get("check")));
    }
  }

  private static String gain(Map<String, String> l) {
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f … %.2f)",
        number(l, "gain"),
        number(l, "gain_p10"),
        number(l, "gain_p90"));
  }

  private static boolean isGraph(Map<String, String> l) {
    return l.get("system").equals("Merapi") && l.get("mode").equals("graph");
  }

  private static double number(Map<String, String> l, String key) {
    return Double.parseDouble(l.get(key));
  }

  private static String title(String work) {
    return Workloads.ALL.stream()
        .filter(w -> w.id().equals(work))
        .map(Workload::title)
        .findFirst()
        .orElse(work);
  }
}
