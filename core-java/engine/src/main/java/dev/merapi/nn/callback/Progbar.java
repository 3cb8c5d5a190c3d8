package dev.merapi.nn.callback;

import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Keras 2's progress bar: `10/10 [====…====] - 1s 15ms/step - loss: 0.5000`.
final class Progbar {
  private static final int WIDTH = 30;

  /// Seconds between two pictures of the bar.
  private static final double INTERVAL = 0.05;

  private final @Nullable Long target;
  private final int verbose;
  private final PrintStream out;
  private final boolean terminal;
  private final double start = now();
  private double last;
  private int shown;
  private boolean finished;

  /// @param target how many steps there will be, or null
  /// @param verbose 0 nothing, 1 a bar, 2 one line at the end
  Progbar(@Nullable Long target, int verbose, PrintStream out, boolean terminal) {
    this.target = target;
    this.verbose = verbose;
    this.out = out;
    this.terminal = terminal;
  }

  private static double now() {
    return System.nanoTime() / 1e9;
  }

  /// Draws the bar anew if it is time.
  void update(long step, Map<String, Double> values) {
    double t = now();
    if (verbose == 1 && terminal && t - last >= INTERVAL && (target == null || step < target)) {
      last = t;
      draw(text(step, values, t - start, false));
    }
  }

  /// Draws the last picture, once.
  void finish(long step, Map<String, Double> values) {
    if (finished || verbose == 0) {
      return;
    }
    finished = true;
    double taken = now() - start;
    if (verbose == 1) {
      draw(text(step, values, taken, true));
      out.println();
    } else {
      double each = step == 0 ? 0 : taken / step;
      out.println(
          step
              + "/"
              + (target == null ? step : target)
              + " - "
              + Math.round(taken)
              + "s"
              + list(values)
              + " -"
              + time(taken, "epoch")
              + " -"
              + time(each, "step"));
    }
    out.flush();
  }

  private void draw(String line) {
    String blank = line.length() < shown ? " ".repeat(shown - line.length()) : "";
    out.print((terminal && shown > 0 ? "\r" : "") + line + blank);
    out.flush();
    shown = line.length();
  }

  private String text(long step, Map<String, Double> values, double taken, boolean end) {
    double each = step == 0 ? 0 : taken / step;
    String bar = bar(step, end);
    String how;
    if (end || target == null) {
      how = " - " + Math.round(taken) + "s" + time(each, "step");
    } else {
      how = " - ETA: " + eta(each * (target - step));
    }
    return bar + how + list(values);
  }

  private String bar(long step, boolean end) {
    Long n = target == null && end ? (Long) step : target;
    if (n == null || n == 0) {
      return String.format(Locale.ROOT, "%7d/Unknown", step);
    }
    int digits = Long.toString(n).length();
    int filled = (int) (WIDTH * Math.min(1.0, step / (double) n));
    StringBuilder s = new StringBuilder();
    s.append(String.format(Locale.ROOT, "%" + digits + "d/%d [", step, n));
    if (filled > 0) {
      s.append("=".repeat(filled - 1)).append(step < n ? '>' : '=');
    }
    return s.append(".".repeat(WIDTH - filled)).append(']').toString();
  }

  private static String list(Map<String, Double> values) {
    StringBuilder s = new StringBuilder();
    values.forEach((name, value) ->
        s.append(" - ")
            .append(name)
            .append(": ")
            .append(
                Math.abs(value) > 1e-3
                    ? String.format(Locale.ROOT, "%.4f", value)
                    : exponent(value)));
    return s.toString();
  }

  private static String exponent(double value) {
    return Double.isNaN(value) ? "nan" : String.format(Locale.ROOT, "%.4e", value);
  }

  private static String eta(double seconds) {
    long s = Math.round(seconds);
    if (s > 3600) {
      return String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s % 3600 / 60, s % 60);
    }
    return s > 60 ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60) : s + "s";
  }

  private static String time(double seconds, String unit) {
    if (seconds >= 1 || seconds == 0) {
      return String.format(Locale.ROOT, " %.0fs/%s", seconds, unit);
    }
    return seconds >= 1e-3
        ? String.format(Locale.ROOT, " %.0fms/%s", seconds * 1e3, unit)
        : String.format(Locale.ROOT, " %.0fus/%s", seconds * 1e6, unit);
  }
}
