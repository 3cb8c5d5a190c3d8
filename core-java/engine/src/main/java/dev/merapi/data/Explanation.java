package dev.merapi.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes down what the iterations of a dataset did in each of its stages.
final class Explanation {
  private Explanation() {}

  private record Line(String stage, long elements, double seconds) {}

  static String text(Stage last, Map<Stage, Run.Count> counts) {
    List<Line> lines = new ArrayList<>();
    gather(last, "", "", counts, lines);
    int width = lines.stream().mapToInt(l -> l.stage.length()).max().orElse(0);
    StringBuilder s = new StringBuilder();
    s.append(
        String.format(
            Locale.ROOT,
            "%-" + width + "s  %12s  %10s  %12s%n",
            "stage",
            "elements",
            "seconds",
            "elements/s"));
    for (Line l : lines) {
      s.append(
          String.format(
              Locale.ROOT,
              "%-" + width + "s  %,12d  %10.4f  %12s%n",
              l.stage,
              l.elements,
              l.seconds,
              l.elements == 0 || l.seconds <= 0
                  ? "-"
                  : String.format(Locale.ROOT, "%,.0f", l.elements / l.seconds)));
    }
    return s.toString();
  }

  private static void gather(
      Stage stage, String own, String below, Map<Stage, Run.Count> counts, List<Line> lines) {
    Run.Count count = counts.get(stage);
    long nanos = count == null ? 0 : count.nanos.sum();
    if (!stage.readsAhead()) {
      for (Stage in : stage.inputs) {
        Run.Count c = counts.get(in);
        nanos -= c == null ? 0 : c.nanos.sum();
      }
    }
    lines.add(
        new Line(
            own + stage.title(),
            count == null ? 0 : count.elements.sum(),
            Math.max(0, nanos) / 1e9));
    for (int i = 0; i < stage.inputs.size(); i++) {
      boolean last = i == stage.inputs.size() - 1;
      gather(
          stage.inputs.get(i),
          below + (last ? "└─ " : "├─ "),
          below + (last ? "   " : "│  "),
          counts,
          lines);
    }
  }
}
