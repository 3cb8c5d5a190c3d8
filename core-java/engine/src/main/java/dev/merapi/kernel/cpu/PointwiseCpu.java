package dev.merapi.kernel.cpu;

import dev.merapi.device.Workers;
import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Half;
import dev.merapi.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Computes functions that take microseconds themselves, in float64, element by element.
///
/// Only for functions too rare for a compiled loop: each costs so much that how it is called does
/// not count.
public final class PointwiseCpu {
  /// Elements of one piece of work; at some 200 ns each, a piece is worth a thread.
  private static final int CHUNK = 1024;

  /// A function of three numbers.
  public interface Ternary {
    double apply(double x, double y, double z);
  }

  /// A function whose numbers are found by their position.
  private interface At {
    double apply(int i);
  }

  private PointwiseCpu() {}

  /// Returns the kernel of a function of one number.
  public static Kernel of(DoubleUnaryOperator f) {
    return c -> {
      MemorySegment x = c.in(0).segment();
      DType t = c.dtype(0);
      fill(c, i -> f.applyAsDouble(get(x, t, i)));
    };
  }

  /// Returns the kernel of a function of two numbers.
  public static Kernel of(DoubleBinaryOperator f) {
    return c -> {
      MemorySegment x = c.in(0).segment();
      MemorySegment y = c.in(1).segment();
      int[] xi = positions(c, 0);
      int[] yi = positions(c, 1);
      DType t = c.dtype(0);
      fill(c, i -> f.applyAsDouble(get(x, t, xi[i]), get(y, t, yi[i])));
    };
  }

  /// Returns the kernel of a function of three numbers.
  public static Kernel of(Ternary f) {
    return c -> {
      MemorySegment x = c.in(0).segment();
      MemorySegment y = c.in(1).segment();
      MemorySegment z = c.in(2).segment();
      int[] xi = positions(c, 0);
      int[] yi = positions(c, 1);
      int[] zi = positions(c, 2);
      DType t = c.dtype(0);
      fill(c, i -> f.apply(get(x, t, xi[i]), get(y, t, yi[i]), get(z, t, zi[i])));
    };
  }

  private static int[] positions(Call c, int input) {
    return Positions.of(c.shape(input), c.outSpec(0).shape());
  }

  private static void fill(Call c, At f) {
    MemorySegment out = c.out(0).segment();
    Shape shape = c.outSpec(0).shape();
    int n = Math.toIntExact(shape.size());
    DType t = c.outSpec(0).dtype();
    int chunks = (n + CHUNK - 1) / CHUNK;
    if (chunks <= 1) {
      part(f, out, t, 0, n);
    } else {
      Workers.run(chunks, k -> part(f, out, t, k * CHUNK, Math.min(n, (k + 1) * CHUNK)));
    }
  }

  private static void part(At f, MemorySegment out, DType t, int from, int to) {
    for (int i = from; i < to; i++) {
      put(out, t, i, f.apply(i));
    }
  }

  private static double get(MemorySegment s, DType t, int i) {
    return switch (t) {
      case F64 -> s.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
      case F32 -> s.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      case F16 -> Half.fromF16(s.getAtIndex(ValueLayout.JAVA_SHORT, i));
      default -> Half.fromBf16(s.getAtIndex(ValueLayout.JAVA_SHORT, i));
    };
  }

  private static void put(MemorySegment s, DType t, int i, double v) {
    switch (t) {
      case F64 -> s.setAtIndex(ValueLayout.JAVA_DOUBLE, i, v);
      case F32 -> s.setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) v);
      case F16 -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toF16((float) v));
      default -> s.setAtIndex(ValueLayout.JAVA_SHORT, i, Half.toBf16((float) v));
    }
  }

  /// Steps from the first number to its neighbour in the direction of the second.
  public static void nextAfter(Call c) {
    if (c.dtype(0) == DType.F64) {
      of((DoubleBinaryOperator) Math::nextAfter).run(c);
    } else {
      of((x, y) -> Math.nextAfter((float) x, y)).run(c);
    }
  }

  /// Counts the bits of whole numbers that are 1.
  public static void countBits(Call c) {
    MemorySegment x = c.in(0).segment();
    MemorySegment y = c.out(0).segment();
    long n = c.shape(0).size();
    switch (c.dtype(0).bytes()) {
      case 1 -> {
        for (long i = 0; i < n; i++) {
          y.set(
              ValueLayout.JAVA_BYTE,
              i,
              (byte) Integer.bitCount(x.get(ValueLayout.JAVA_BYTE, i) & 0xff));
        }
      }
      case 2 -> {
        for (long i = 0; i < n; i++) {
          int v = x.getAtIndex(ValueLayout.JAVA_SHORT, i) & 0xffff;
          y.set(ValueLayout.JAVA_BYTE, i, (byte) Integer.bitCount(v));
        }
      }
      case 4 -> {
        for (long i = 0; i < n; i++) {
          y.set(
              ValueLayout.JAVA_BYTE,
              i,
              (byte) Integer.bitCount(x.getAtIndex(ValueLayout.JAVA_INT, i)));
        }
      }
      default -> {
        for (long i = 0; i < n; i++) {
          y.set(
              ValueLayout.JAVA_BYTE,
              i,
              (byte) Long.bitCount(x.getAtIndex(ValueLayout.JAVA_LONG, i)));
        }
      }
    }
  }
}
