package dev.merapi.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Work that every system does with the same numbers.
///
/// @param id its name in results
/// @param title what it is, in one line
/// @param sound the check value of double-precision or of several other systems that agree, by
///   which ours is judged
/// @param setUp makes its steps, run as a graph or eagerly
/// @param tolerance the largest relative difference of a check value
record Workload(
    String id, String title, List<Double> sound, double tolerance, Function<Boolean, Steps> setUp) {
  /// The largest relative difference between a check value and what is known: systems sum in
  /// different orders, and the sum of W6's gradients cancels to a hundred-thousandth of its terms.
  private static final double TOLERANCE = 2e-4;

  Workload(String id, String title, List<Double> sound, Function<Boolean, Steps> setUp) {
    this(id, title, sound, TOLERANCE, setUp);
  }

  /// Tells whether a check value is what it should be.
  boolean accepts(String check) {
    String[] parts = check.split(" ");
    if (parts.length != sound.size()) {
      return false;
    }
    for (int i = 0; i < parts.length; i++) {
      double want = sound.get(i);
      if (!(Math.abs(Double.parseDouble(parts[i]) - want) <= tolerance * Math.abs(want))) {
        return false;
      }
    }
    return true;
  }

  static String numbers(double... v) {
    StringBuilder b = new StringBuilder();
    for (double d : v) {
      b.append(b.isEmpty() ? "" : " ").append(String.format(Locale.ROOT, "%.6g", d));
    }
    return b.toString();
  }

  @Override
  public String toString() {
    return id;
  }
}
