package dev.merapi.cli;

import dev.merapi.formats.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleUnaryOperator;

/// Draws how loss and accuracy went, as an SVG of two panels over the steps.
///
/// Every batch is a faint line, its running mean a strong one. Colours follow the reader's light or
/// dark setting.
final class LearningCurve implements Trainer.Watcher {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 540;
  private static final int LEFT = 70;
  private static final int RIGHT = 740;
  private static final int[] TOP = {70, 300};
  private static final int PANEL = 180;

  /// More points than there are pixels would only make the file large.
  private static final int MOST_POINTS = 600;

  private final List<Double> losses = new ArrayList<>();
  private final List<Double> accuracies = new ArrayList<>();
  private final List<Integer> epochEnds = new ArrayList<>();
  private int epoch = 1;

  @Override
  public void saw(Trainer.Step step) {
    if (step.epoch() != epoch) {
      epochEnds.add(losses.size());
      epoch = step.epoch();
    }
    losses.add(step.loss());
    accuracies.add(step.accuracy());
  }

  /// Writes the picture, in one step: readers see the old file or the new one.
  ///
  /// @param testAccuracy share of the test pictures recognised in the end, 0 to 1
  void write(Path file, String title, double testAccuracy) throws IOException {
    AtomicFiles.write(
        file, out -> out.write(svg(title, testAccuracy).getBytes(StandardCharsets.UTF_8)));
  }

  String svg(String title, double testAccuracy) {
    StringBuilder svg = new StringBuilder();
    line(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
            + " role=\"img\" font-family=\"system-ui, sans-serif\" font-size=\"13\">",
        WIDTH,
        HEIGHT,
        WIDTH,
        HEIGHT);
    line(svg, "<title>%s</title>", escaped(title));
    svg.append(
        """
        <style>
        .paper { fill: #ffffff } text { fill: #24292f } .grid { stroke: #d0d7de }
        .axis { stroke: #57606a } .loss { stroke: #c2410c } .accuracy { stroke: #0b62c4 }
        .test { stroke: #1a7f37; stroke-dasharray: 6 4 } .line { fill: none; stroke-width: 2 }
        .faint { fill: none; stroke-width: 1; opacity: 0.3 }
        @media (prefers-color-scheme: dark) {
        .paper { fill: #0d1117 } text { fill: #e6edf3 } .grid { stroke: #30363d }
        .axis { stroke: #8b949e } .loss { stroke: #fb923c } .accuracy { stroke: #6cb6ff }
        .test { stroke: #57d364 } }
        </style>
        """);
    line(svg, "<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, HEIGHT);
    line(
        svg,
        "<text x=\"%d\" y=\"32\" font-size=\"18\" font-weight=\"600\">%s</text>",
        LEFT,
        escaped(title));
    double most = losses.stream().filter(Double::isFinite).mapToDouble(l -> l).max().orElse(1);
    panel(svg, 0, "Loss (nats per image)", "loss", losses, 0, most > 0 ? most : 1, 1);
    double least = accuracies.stream().mapToDouble(a -> a).min().orElse(0);
    panel(
        svg,
        1,
        "Accuracy (%)",
        "accuracy",
        accuracies,
        100 * Math.min(least, testAccuracy),
        100,
        100);
    double range = 100 - floorTick(100 * Math.min(least, testAccuracy), 100);
    double y = TOP[1] + PANEL * (100 - 100 * testAccuracy) / range;
    line(
        svg,
        "<line class=\"test\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
        LEFT,
        RIGHT,
        y,
        y);
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">dashed: test set in the end, %.2f %%</text>",
        RIGHT,
        TOP[1] - 10,
        100 * testAccuracy);
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">faint: each batch · strong: mean</text>",
        RIGHT,
        TOP[0] - 10);
    line(
        svg,
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">Training step (batches)</text>",
        (LEFT + RIGHT) / 2,
        HEIGHT - 16);
    return svg.append("</svg>\n").toString();
  }

  private void panel(
      StringBuilder svg,
      int number,
      String label,
      String style,
      List<Double> values,
      double low,
      double high,
      double factor) {
    double bottomValue = floorTick(low, high);
    double tick = tick(high - low);
    double topValue = Math.ceil(high / tick - 1e-9) * tick;
    int top = TOP[number];
    int count = Math.max(values.size(), 2);
    DoubleUnaryOperator x = i -> LEFT + (RIGHT - LEFT) * i / (count - 1);
    DoubleUnaryOperator y = v -> top + PANEL * (topValue - factor * v) / (topValue - bottomValue);
    line(svg, "<text x=\"%d\" y=\"%d\" font-weight=\"600\">%s</text>", LEFT, top - 10, label);
    for (int i = 0; bottomValue + i * tick <= topValue + tick / 2; i++) {
      double v = bottomValue + i * tick;
      double at = y.applyAsDouble(v / factor);
      line(
          svg,
          "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT,
          RIGHT,
          at,
          at);
      line(
          svg,
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
          LEFT - 8,
          at + 4.5,
          number(v));
    }
    double step = Math.max(1, tick(count - 1));
    for (double i = 0; i <= count - 1; i += step) {
      double at = x.applyAsDouble(i);
      line(
          svg,
          "<line class=\"axis\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\"/>",
          at,
          at,
          top + PANEL,
          top + PANEL + 5);
      line(
          svg,
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
          at,
          top + PANEL + 20,
          number(i));
    }
    for (int end : epochEnds) {
      double at = x.applyAsDouble(end);
      line(
          svg,
          "<line class=\"grid\" stroke-dasharray=\"2 3\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\""
              + " y2=\"%d\"/>",
          at,
          at,
          top,
          top + PANEL);
    }
    line(
        svg,
        "<line class=\"axis\" x1=\"%d\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
        LEFT,
        RIGHT,
        top + PANEL,
        top + PANEL);
    polyline(svg, "faint " + style, values, x, y);
    polyline(svg, "line " + style, runningMean(values), x, y);
  }

  /// Averages each value with its neighbours over about a fortieth of the training.
  private static List<Double> runningMean(List<Double> values) {
    int reach = Math.max(1, values.size() / 80);
    double[] sums = new double[values.size() + 1];
    int[] counts = new int[values.size() + 1];
    for (int i = 0; i < values.size(); i++) {
      boolean counted = Double.isFinite(values.get(i));
      sums[i + 1] = sums[i] + (counted ? values.get(i) : 0);
      counts[i + 1] = counts[i] + (counted ? 1 : 0);
    }
    List<Double> means = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      int from = Math.max(0, i - reach);
      int to = Math.min(values.size(), i + reach + 1);
      means.add((sums[to] - sums[from]) / (counts[to] - counts[from]));
    }
    return means;
  }

  private static void polyline(
      StringBuilder svg,
      String style,
      List<Double> values,
      DoubleUnaryOperator x,
      DoubleUnaryOperator y) {
    int stride = Math.ceilDiv(values.size(), MOST_POINTS);
    svg.append("<polyline class=\"").append(style).append("\" points=\"");
    for (int i = 0; i < values.size(); i += Math.max(1, stride)) {
      // A loss that is no number leaves a gap that a line bridges, rather than a broken file.
      if (Double.isFinite(values.get(i))) {
        svg.append(
            String.format(
                Locale.ROOT, "%.1f,%.1f ", x.applyAsDouble(i), y.applyAsDouble(values.get(i))));
      }
    }
    svg.append("\"/>\n");
  }

  /// Returns a round distance of ticks, 1, 2 or 5 times a power of ten, for about five of them.
  private static double tick(double range) {
    double raw = range > 0 ? range / 5 : 0.2;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double lead = raw / power;
    return power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
  }

  private static double floorTick(double low, double high) {
    double tick = tick(high - low);
    return Math.floor(low / tick + 1e-9) * tick;
  }

  private static String number(double value) {
    double rounded = Math.rint(value * 1e6) / 1e6;
    return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void line(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
