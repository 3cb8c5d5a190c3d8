package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;

/// A float32 or float64 array in native memory with its values also at hand as doubles.
///
/// Before and after the values lie guards that a kernel must not touch.
final class Native {
  private static final int GUARD = 24;
  private static final double MARK = -77777;

  final boolean f64;
  final int size;
  final MemorySegment segment;

  Native(Arena arena, boolean f64, int size) {
    this.f64 = f64;
    this.size = size;
    this.segment = arena.allocate((long) (size + 2 * GUARD) * (f64 ? 8 : 4), 64);
    for (int i = -GUARD; i < size + GUARD; i++) {
      set(i, MARK);
    }
  }

  static Native random(Arena arena, boolean f64, int size, Random random) {
    Native n = new Native(arena, f64, size);
    for (int i = 0; i < size; i++) {
      n.set(i, random.nextGaussian());
    }
    return n;
  }

  /// Returns the offset of the first value, in elements.
  long off() {
    return GUARD;
  }

  double get(int i) {
    return f64
        ? segment.getAtIndex(JAVA_DOUBLE, GUARD + i)
        : segment.getAtIndex(JAVA_FLOAT, GUARD + i);
  }

  void set(int i, double v) {
    if (f64) {
      segment.setAtIndex(JAVA_DOUBLE, GUARD + i, v);
    } else {
      segment.setAtIndex(JAVA_FLOAT, GUARD + i, (float) v);
    }
  }

  double[] values() {
    double[] v = new double[size];
    for (int i = 0; i < size; i++) {
      v[i] = get(i);
    }
    return v;
  }

  /// Fails if the guards have changed, or if a value is farther from `expected` than `roundings`
  /// units of the type's precision times `magnitude` (the sum of the absolute values of what was
  /// added up).
  void check(String what, double[] expected, double[] magnitude, double roundings) {
    for (int i = 1; i <= GUARD; i++) {
      if (get(-i) != MARK || get(size - 1 + i) != MARK) {
        throw new AssertionError(what + ": wrote outside its output");
      }
    }
    double unit = f64 ? 0x1p-53 : 0x1p-24;
    for (int i = 0; i < size; i++) {
      double error = Math.abs(get(i) - expected[i]);
      if (!(error <= roundings * unit * magnitude[i] + Double.MIN_NORMAL)) {
        throw new AssertionError(
            what
                + ": element "
                + i
                + " is "
                + get(i)
                + ", expected "
                + expected[i]
                + ", off by "
                + error / (unit * magnitude[i])
                + " roundings, allowed "
                + roundings);
      }
    }
  }
}
