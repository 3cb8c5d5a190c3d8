package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.op.Kernel;
import dev.merapi.op.Rules;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Compares and chooses strings; numbers go on to the element-wise kernel.
public final class TextCompareCpu {
  private TextCompareCpu() {}

  /// Returns a kernel that tells where strings are equal (or differ), and gives numbers to
  /// `numbers`.
  public static Kernel or(Kernel numbers, boolean equal) {
    return c -> {
      if (!Rules.fit(c.shape(0), c.shape(1))) {
        c.out(0).segment().set(ValueLayout.JAVA_BYTE, 0, (byte) (equal ? 0 : 1));
        return;
      }
      if (c.dtype(0) != DType.STRING) {
        numbers.run(c);
        return;
      }
      Shape out = c.outSpec(0).shape();
      byte[][] x = c.in(0).strings();
      byte[][] y = c.in(1).strings();
      int[] xi = Positions.of(c.shape(0), out);
      int[] yi = Positions.of(c.shape(1), out);
      MemorySegment z = c.out(0).segment();
      for (int i = 0; i < xi.length; i++) {
        z.set(
            ValueLayout.JAVA_BYTE, i, (byte) (Arrays.equals(x[xi[i]], y[yi[i]]) == equal ? 1 : 0));
      }
    };
  }

  /// Returns a kernel that takes one of two strings by a condition, and gives numbers to `numbers`.
  public static Kernel orSelect(Kernel numbers) {
    return c -> {
      if (c.dtype(1) == DType.STRING) {
        choose(c);
      } else {
        numbers.run(c);
      }
    };
  }

  /// Returns a kernel that joins strings, and gives numbers to `numbers`.
  public static Kernel orJoin(Kernel numbers) {
    return c -> {
      if (c.dtype(0) != DType.STRING) {
        numbers.run(c);
        return;
      }
      Shape out = c.outSpec(0).shape();
      byte[][] x = c.in(0).strings();
      byte[][] y = c.in(1).strings();
      int[] xi = Positions.of(c.shape(0), out);
      int[] yi = Positions.of(c.shape(1), out);
      byte[][] z = c.out(0).strings();
      for (int i = 0; i < z.length; i++) {
        byte[] a = x[xi[i]];
        byte[] b = y[yi[i]];
        z[i] = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, z[i], a.length, b.length);
      }
    };
  }

  private static void choose(Call c) {
    Shape out = c.outSpec(0).shape();
    MemorySegment condition = c.in(0).segment();
    byte[][] x = c.in(1).strings();
    byte[][] y = c.in(2).strings();
    int[] ci = Positions.of(c.shape(0), out);
    int[] xi = Positions.of(c.shape(1), out);
    int[] yi = Positions.of(c.shape(2), out);
    byte[][] z = c.out(0).strings();
    for (int i = 0; i < z.length; i++) {
      z[i] = condition.get(ValueLayout.JAVA_BYTE, ci[i]) != 0 ? x[xi[i]] : y[yi[i]];
    }
  }
}
