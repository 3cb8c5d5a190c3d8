package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;

import dev.merapi.op.Call;
import java.lang.foreign.MemorySegment;
import org.joml.Matrix3x2d;

/// Composes affine transforms of pictures, in float64 and rounded once.
public final class AffineCpu {
  private AffineCpu() {}

  public static void compose(Call c) {
    MemorySegment angle = c.in("angle").segment();
    MemorySegment shear = c.in("shear").segment();
    MemorySegment scale = c.in("scale").segment();
    MemorySegment move = c.in("move").segment();
    double cx = at(c.in("center").segment(), 0);
    double cy = at(c.in("center").segment(), 1);
    MemorySegment y = c.out(0).segment();
    int n = c.out(0).shape().dim(0);
    Matrix3x2d m = new Matrix3x2d();
    Matrix3x2d sheared = new Matrix3x2d();
    for (int i = 0; i < n; i++) {
      sheared.set(1, at(shear, 2 * i + 1), at(shear, 2 * i), 1, 0, 0);
      m.translation(cx + at(move, 2 * i), cy + at(move, 2 * i + 1))
          .scale(at(scale, 2 * i), at(scale, 2 * i + 1))
          .mul(sheared)
          .rotate(Math.toRadians(at(angle, i)))
          .translate(-cx, -cy);
      put(y, i, m.m00, m.m10, m.m20, m.m01, m.m11, m.m21, 0, 0);
    }
  }

  private static double at(MemorySegment s, long i) {
    return s.getAtIndex(JAVA_FLOAT, i);
  }

  private static void put(MemorySegment s, int row, double... values) {
    for (int k = 0; k < values.length; k++) {
      s.setAtIndex(JAVA_FLOAT, 8L * row + k, (float) values[k]);
    }
  }
}
