package dev.merapi.bench;

import java.util.Locale;

/// One result: how long a step of one case took; a line of JSON.
///
/// @param median milliseconds a step
/// @param low the tenth of the rounds below this
/// @param high the tenth of the rounds above this
/// @param gain how many times longer our eager step took in the same round, as the median
/// @param gainLow the lowest tenth of that
/// @param gainHigh the highest tenth of that
/// @param others the share of the machine that other processes had meanwhile, NaN if not known
record Line(
    String work,
    String system,
    String mode,
    int threads,
    double median,
    double low,
    double high,
    double gain,
    double gainLow,
    double gainHigh,
    double others,
    int rounds,
    String check) {

  static Line of(Workload w, int threads, Case c, int i, Timing.Times t) {
    return new Line(
        w.id(),
        c.system(),
        c.mode(),
        threads,
        t.median(i),
        t.quantile(i, 0.1),
        t.quantile(i, 0.9),
        t.ratio(0, i, 0.5),
        t.ratio(0, i, 0.1),
        t.ratio(0, i, 0.9),
        t.others(),
        t.rounds().length,
        c.check());
  }

  String json() {
    return String.format(
        Locale.ROOT,
        "{\"work\": \"%s\", \"system\": \"%s\", \"mode\": \"%s\", \"threads\": %d,"
            + " \"median_ms\": %.5g, \"p10_ms\": %.5g, \"p90_ms\": %.5g,"
            + " \"gain\": %.4g, \"gain_p10\": %.4g, \"gain_p90\": %.4g,"
            + " \"others\": %s, \"rounds\": %d, \"check\": \"%s\"}",
        work,
        system,
        mode,
        threads,
        median,
        low,
        high,
        gain,
        gainLow,
        gainHigh,
        Double.isNaN(others) ? "null" : String.format(Locale.ROOT, "%.3f", others),
        rounds,
        check);
  }
}
