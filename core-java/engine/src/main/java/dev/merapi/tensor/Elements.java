package dev.merapi.tensor;

import dev.merapi.say.Message;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.charset.StandardCharsets;

/// Copies elements between tensors and host arrays, converting on the way.
final class Elements {
  private static final ValueLayout.OfShort I16 = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfInt I32 = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private Elements() {}

  static int count(Tensor t) {
    real(t);
    long n = t.size();
    if (n > Integer.MAX_VALUE - 8) {
      throw Message.what("a tensor of " + n + " elements does not fit one Java array")
          .fix("read it in slices")
          .shapeError();
    }
    return (int) n;
  }

  /// Refuses a value that only a graph will compute; its storage says what to do instead.
  static void real(Tensor t) {
    if (t.isSymbolic()) {
      t.segment();
    }
  }

  private static Tensor numeric(Tensor t) {
    real(t);
    if (t.dtype() == DType.STRING) {
      throw Message.what("a string tensor has no numbers to read")
          .given(t.spec().toString())
          .fix("read it with toStringArray() or strings()")
          .typeError();
    }
    if (t.dtype().isHandle()) {
      throw Message.what("a tensor of " + t.dtype() + " has no numbers to read")
          .given(t.spec().toString())
          .expected("a tensor of numbers or truth values")
          .typeError();
    }
    return t;
  }

  static double doubleAt(MemorySegment s, DType d, long i) {
    return switch (d) {
      case F32 -> s.getAtIndex(F32, i);
      case F64 -> s.getAtIndex(F64, i);
      case F16 -> Half.fromF16(s.getAtIndex(I16, i));
      case BF16 -> Half.fromBf16(s.getAtIndex(I16, i));
      case C64 -> s.getAtIndex(F32, 2 * i);
      case C128 -> s.getAtIndex(F64, 2 * i);
      case U64 -> unsigned(s.getAtIndex(I64, i));
      default -> (double) longAt(s, d, i);
    };
  }

  static double imaginaryAt(MemorySegment s, DType d, long i) {
    return switch (d) {
      case C64 -> s.getAtIndex(F32, 2 * i + 1);
      case C128 -> s.getAtIndex(F64, 2 * i + 1);
      default -> 0;
    };
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }

  static long longAt(MemorySegment s, DType d, long i) {
    return switch (d) {
      case I8, BOOL -> s.get(ValueLayout.JAVA_BYTE, i);
      case U8 -> s.get(ValueLayout.JAVA_BYTE, i) & 0xff;
      case I16 -> s.getAtIndex(I16, i);
      case U16 -> s.getAtIndex(I16, i) & 0xffff;
      case I32 -> s.getAtIndex(I32, i);
      case U32 -> s.getAtIndex(I32, i) & 0xffffffffL;
      case I64, U64 -> s.getAtIndex(I64, i);
      default -> (long) doubleAt(s, d, i);
    };
  }

  static float[] toFloats(Tensor t) {
    numeric(t);
    float[] y = new float[count(t)];
    MemorySegment s = t.segment();
    if (t.dtype() == DType.F32) {
      MemorySegment.copy(s, F32, 0, y, 0, y.length);
    } else {
      DType d = t.dtype();
      for (int i = 0; i < y.length; i++) {
        y[i] = (float) doubleAt(s, d, i);
      }
    }
    Reference.reachabilityFence(t);
    return y;
  }

  static double[] toDoubles(Tensor t) {
    numeric(t);
    double[] y = new double[count(t)];
    MemorySegment s = t.segment();
    if (t.dtype() == DType.F64) {
      MemorySegment.copy(s, F64, 0, y, 0, y.length);
    } else {
      DType d = t.dtype();
      for (int i = 0; i < y.length; i++) {
        y[i] = doubleAt(s, d, i);
      }
    }
    Reference.reachabilityFence(t);
    return y;
  }

  static int[] toInts(Tensor t) {
    numeric(t);
    int[] y = new int[count(t)];
    MemorySegment s = t.segment();
    DType d = t.dtype();
    if (d == DType.I32 || d == DType.U32) {
      MemorySegment.copy(s, I32, 0, y, 0, y.length);
    } else {
      for (int i = 0; i < y.length; i++) {
        y[i] = d.isInteger() || d == DType.BOOL ? (int) longAt(s, d, i) : (int) doubleAt(s, d, i);
      }
    }
    Reference.reachabilityFence(t);
    return y;
  }

  static long[] toLongs(Tensor t) {
    numeric(t);
    long[] y = new long[count(t)];
    MemorySegment s = t.segment();
    DType d = t.dtype();
    for (int i = 0; i < y.length; i++) {
      y[i] = longAt(s, d, i);
    }
    Reference.reachabilityFence(t);
    return y;
  }

  static boolean[] toBooleans(Tensor t) {
    numeric(t);
    boolean[] y = new boolean[count(t)];
    MemorySegment s = t.segment();
    DType d = t.dtype();
    for (int i = 0; i < y.length; i++) {
      y[i] = doubleAt(s, d, i) != 0;
    }
    Reference.reachabilityFence(t);
    return y;
  }

  static byte[] toBytes(Tensor t) {
    numeric(t);
    long bytes = t.spec().bytes();
    if (bytes > Integer.MAX_VALUE - 8) {
      throw Message.what("a tensor of " + bytes + " bytes does not fit one Java array")
          .fix("read it in slices")
          .shapeError();
    }
    byte[] y = new byte[(int) bytes];
    MemorySegment.copy(t.segment(), ValueLayout.JAVA_BYTE, 0, y, 0, y.length);
    Reference.reachabilityFence(t);
    return y;
  }

  static String[] toStrings(Tensor t) {
    if (t.dtype() != DType.STRING) {
      throw Message.what("a tensor of " + t.dtype() + " holds no strings")
          .given(t.spec().toString())
          .fix("turn numbers into text with tf.strings.asString")
          .typeError();
    }
    byte[][] s = t.strings();
    String[] y = new String[s.length];
    for (int i = 0; i < y.length; i++) {
      y[i] = new String(s[i], StandardCharsets.UTF_8);
    }
    return y;
  }
}
