package dev.merapi.data.digits;

/// Draws random numbers that are the same in every release and on every machine.
///
/// `java.util.random` leaves its algorithms free to change, so this one is spelled out.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014;
/// finalizer constants: Stafford's variant 13, as used there.
final class SplitMix {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /// Starts the stream number `stream` of a seed; streams do not depend on each other, so pictures
  /// can be drawn in any order.
  SplitMix(long seed, long stream) {
    state = mix(seed + GOLDEN) ^ mix(stream * GOLDEN + 1);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private long next() {
    state += GOLDEN;
    return mix(state);
  }

  /// Returns a whole number from 0 to `bound - 1`.
  int below(int bound) {
    return (int) (((next() >>> 32) * bound) >>> 32);
  }

  /// Returns a number from 0 (included) to 1 (excluded).
  double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  /// Returns a number between `low` and `high`.
  double between(double low, double high) {
    return low + (high - low) * unit();
  }

  /// Returns a number near 0 with standard deviation 1, never beyond ±3.5.
  ///
  /// The sum of four uniform numbers is close enough to a normal one here, and needs no logarithm.
  double bell() {
    return (unit() + unit() + unit() + unit() - 2) * 1.7320508075688772;
  }
}
