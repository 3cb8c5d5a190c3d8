package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.DoubleBinaryOperator;

/// Computes functions of two numbers that take microseconds themselves, in float64, element by element.
///
/// Only for functions too rare for a compiled loop: each costs so much that how it is called does not count.
public final class PairwiseCpu {
  private PairwiseCpu() {}

  /// Returns the kernel of `f` for float32 and float64.
  public static Kernel of(DoubleBinaryOperator f) {
    return c -> {
      MemorySegment z = c.out(0).segment();
      int[] x = Positions.of(c.shape(0), c.outSpec(0).shape());
      int[] y = Positions.of(c.shape(1), c.outSpec(0).shape());
      boolean wide = c.dtype(0) == DType.F64;
      for (int i = 0; i < x.length; i++) {
        double v = f.applyAsDouble(get(c, 0, x[i], wide), get(c, 1, y[i], wide));
        if (wide) {
          z.setAtIndex(ValueLayout.JAVA_DOUBLE, i, v);
        } else {
          z.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) v);
        }
      }
    };
  }

  private static double get(Call c, int input, int i, boolean wide) {
    MemorySegment s = c.in(input).segment();
    return wide ? s.getAtIndex(ValueLayout.JAVA_DOUBLE, i) : s.getAtIndex(ValueLayout.JAVA_FLOAT, i);
  }

  /// Steps from the first number to its neighbour in the direction of the second.
  public static void nextAfter(Call c) {
    boolean wide = c.dtype(0) == DType.F64;
    if (wide) {
      of(Math::nextAfter).run(c);
    } else {
      of((x, y) -> Math.nextAfter((float) x, y)).run(c);
    }
  }
}
