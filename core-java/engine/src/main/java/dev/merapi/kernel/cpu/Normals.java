package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Philox;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Makes normal numbers from uniform ones, two at a time.
///
/// Source: Box, Muller, "A note on the generation of random normal deviates", Annals of
/// Mathematical Statistics 29 (1958). The truncated distribution draws again until numbers lie
/// within two standard deviations.
final class Normals {
  /// Groups handled at once.
  static final int BLOCK = 512;

  /// Uniform numbers below this are taken for it: their logarithm would be too large or infinite.
  private static final double TINY = 1.0e-7;

  private static final double BOUND = 2;
  private static final double TWO_PI = 2 * Math.PI;

  private final DType dtype;
  private final boolean truncated;

  private Normals(DType dtype, boolean truncated) {
    this.dtype = dtype;
    this.truncated = truncated;
  }

  static Normals of(DType dtype, boolean truncated) {
    return new Normals(dtype, truncated);
  }

  /// Writes `n` elements from `at` on. `start` is the place of the first group in `bits`; a
  /// truncated distribution reads on from there where it must draw again.
  void write(int[] bits, MemorySegment out, long at, int n, Philox start) {
    if (dtype == DType.F64) {
      double[] y = new double[n + 1];
      doubles(bits, y, n);
      if (truncated) {
        redrawDoubles(y, n, start);
      }
      MemorySegment.copy(y, 0, out, ValueLayout.JAVA_DOUBLE, at * 8, n);
      return;
    }
    float[] y = new float[n + 3 & ~3];
    floats(bits, y);
    if (truncated) {
      redraw(y, start);
    }
    if (dtype == DType.F32) {
      MemorySegment.copy(y, 0, out, ValueLayout.JAVA_FLOAT, at * 4, n);
    } else if (dtype == DType.F16) {
      for (int i = 0; i < n; i++) {
        out.setAtIndex(ValueLayout.JAVA_SHORT, at + i, Half.toF16(y[i]));
      }
    } else {
      for (int i = 0; i < n; i++) {
        out.setAtIndex(ValueLayout.JAVA_SHORT, at + i, Half.toBf16(y[i]));
      }
    }
  }

  /// Sines go to even places, cosines to odd ones.
  private static void floats(int[] bits, float[] y) {
    for (int i = 0; i < y.length; i += 2) {
      double radius = Math.sqrt(-2 * log(Math.max(Philox.unit(bits[i]), (float) TINY)));
      float r = (float) radius;
      float angle = (float) (TWO_PI * Philox.unit(bits[i + 1]));
      // Quarter turns, and what is left of the angle: at most π/4.
      int q = (int) (angle * (2 / Math.PI) + 0.5);
      double a = angle - q * (Math.PI / 2);
      double s = sin(a);
      double c = cos(a);
      boolean odd = (q & 1) != 0;
      double sine = odd ? c : s;
      double cosine = odd ? s : c;
      y[i] = (float) ((q & 2) == 0 ? sine : -sine) * r;
      y[i + 1] = (float) ((q + 1 & 2) == 0 ? cosine : -cosine) * r;
    }
  }

  /// Taylor's series, for |a| ≤ π/4 exact to 2e-14: far below float32's rounding.
  private static double sin(double a) {
    double z = a * a;
    return a
        + a
            * z
            * (-1.0 / 6
                + z * (1.0 / 120 + z * (-1.0 / 5040 + z * (1.0 / 362880 + z * (-1.0 / 39916800)))));
  }

  private static double cos(double a) {
    double z = a * a;
    return 1
        + z
            * (-0.5
                + z
                    * (1.0 / 24
                        + z
                            * (-1.0 / 720
                                + z
                                    * (1.0 / 40320
                                        + z * (-1.0 / 3628800 + z * (1.0 / 479001600))))));
  }

  /// ln x = e·ln 2 + 2·artanh((m − 1)/(m + 1)), with m from 1/√2 to √2; exact to 1e-13.
  private static double log(float x) {
    int b = Float.floatToRawIntBits(x) - 0x3f3504f3;
    int e = b >> 23;
    double m = Float.intBitsToFloat((b & 0x7fffff) + 0x3f3504f3);
    double s = (m - 1) / (m + 1);
    double z = s * s;
    double t =
        1
            + z
                * (1.0 / 3
                    + z
                        * (1.0 / 5
                            + z * (1.0 / 7 + z * (1.0 / 9 + z * (1.0 / 11 + z * (1.0 / 13))))));
    return e * 0.6931471805599453 + 2 * s * t;
  }

  private static void doubles(int[] bits, double[] y, int n) {
    for (int i = 0; i < n; i += 2) {
      pair(bits[2 * i], bits[2 * i + 1], bits[2 * i + 2], bits[2 * i + 3], y, i);
    }
  }

  static void pair(int b0, int b1, int b2, int b3, double[] y, int i) {
    double radius = Math.sqrt(-2 * Math.log(Math.max(Philox.unit(b0, b1), TINY)));
    double angle = TWO_PI * Philox.unit(b2, b3);
    y[i] = Math.sin(angle) * radius;
    y[i + 1] = Math.cos(angle) * radius;
  }

  /// Looks for groups of four with a number out of bounds, and fills those again from the group's
  /// own sequence.
  private static void redraw(float[] y, Philox start) {
    long stride = RandomCpu.RESERVED;
    int[] bits = new int[4];
    float[] more = new float[4];
    for (int g = 0; g < y.length; g += 4) {
      int kept = 0;
      for (int i = 0; i < 4; i++) {
        if (Math.abs(y[g + i]) < BOUND) {
          y[g + kept++] = y[g + i];
        }
      }
      for (long draw = 1; kept < 4; draw++) {
        start.skip(g / 4 * stride + draw).fill(bits, 1);
        floats(bits, more);
        for (int i = 0; i < 4 && kept < 4; i++) {
          if (Math.abs(more[i]) < BOUND) {
            y[g + kept++] = more[i];
          }
        }
      }
    }
  }

  private static void redrawDoubles(double[] y, int n, Philox start) {
    long stride = RandomCpu.RESERVED / 2;
    int[] bits = new int[4];
    double[] more = new double[2];
    for (int g = 0; g < n; g += 2) {
      int kept = 0;
      for (int i = 0; i < 2; i++) {
        if (Math.abs(y[g + i]) < BOUND) {
          y[g + kept++] = y[g + i];
        }
      }
      for (long draw = 1; kept < 2; draw++) {
        start.skip(g / 2 * stride + draw).fill(bits, 1);
        doubles(bits, more, 2);
        for (int i = 0; i < 2 && kept < 2; i++) {
          if (Math.abs(more[i]) < BOUND) {
            y[g + kept++] = more[i];
          }
        }
      }
    }
  }
}
