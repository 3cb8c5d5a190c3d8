package dev.merapi.nn.metric;

import dev.merapi.say.Message;

/// Classes of which a mean is taken.
final class Targets {
  private Targets() {}

  /// Returns the classes.
  ///
  /// Fails: `ValueError` naming one that there is not.
  static int[] check(int classes, int[] targets) {
    for (int t : targets) {
      if (t < 0 || t >= classes) {
        throw Message.what(
                "Target class id " + t + " is out of range, which is [0, " + classes + ").")
            .expected("a number from 0 to " + (classes - 1))
            .valueError();
      }
    }
    return targets;
  }
}
