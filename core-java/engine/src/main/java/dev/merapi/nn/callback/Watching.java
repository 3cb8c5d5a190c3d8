package dev.merapi.nn.callback;

import dev.merapi.say.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What callbacks share that wait for a number to get better.
final class Watching {
  private static final List<String> GROWING =
      List.of("acc", "auc", "precision", "recall", "f1", "iou", "r2");

  private final String monitor;
  private final boolean growing;
  private final double minDelta;
  private double best;

  /// @param mode `min`, `max`, or `auto`: by the name of the number
  /// @param minDelta smaller changes do not count
  Watching(String owner, String monitor, String mode, double minDelta) {
    this.monitor = monitor;
    this.minDelta = Math.abs(minDelta);
    this.growing =
        switch (mode.toLowerCase(Locale.ROOT)) {
          case "min" -> false;
          case "max" -> true;
          case "auto" -> GROWING.stream().anyMatch(monitor.toLowerCase(Locale.ROOT)::contains);
          default ->
              throw Message.what(owner + ": mode knows no '" + mode + "'")
                  .expected("'auto', 'min' or 'max'")
                  .valueError();
        };
    reset();
  }

  void reset() {
    best = growing ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
  }

  String monitor() {
    return monitor;
  }

  double best() {
    return best;
  }

  boolean isBetter(double value, double than) {
    return growing ? value - minDelta > than : value + minDelta < than;
  }

  /// Takes note of a value; returns whether it is the best so far.
  boolean improves(double value) {
    if (isBetter(value, best)) {
      best = value;
      return true;
    }
    return false;
  }

  /// Returns the number to watch; prints once what there is instead when it is missing.
  @Nullable Double in(Map<String, Double> logs, String owner) {
    Double value = logs.get(monitor);
    if (value == null && !warned) {
      warned = true;
      System.err.println(
          owner
              + ": conditioned on metric `"
              + monitor
              + "` which is not available. Available metrics are: "
              + String.join(",", logs.keySet()));
    }
    return value;
  }

  private boolean warned;
}
