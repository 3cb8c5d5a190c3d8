package dev.merapi.op;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes a nested host value into the memory of a tensor, row by row, converting with checks.
final class HostWriter {
  private final MemorySegment to;
  private final DType type;

  /// Whether the type was asked for, so that every value has to fit it.
  private final boolean asked;

  private long at;

  HostWriter(MemorySegment to, DType type, boolean asked) {
    this.to = to;
    this.type = type;
    this.asked = asked;
  }

  void write(@Nullable Object v) {
    if (v instanceof Number x) {
      number(x);
      return;
    }
    List<?> l = Literals.sequence(v);
    if (l != null) {
      for (Object o : l) {
        write(o);
      }
      return;
    }
    switch (v) {
      case float[] a -> floats(a);
      case double[] a -> doubles(a);
      case int[] a -> ints(a);
      case long[] a -> longs(a);
      case byte[] a -> bytes(a);
      case short[] a -> shorts(a);
      case boolean[] a -> booleans(a);
      case Boolean x -> truth(x);
      case null, default -> throw refused(String.valueOf(v), type);
    }
  }

  private void number(Number x) {
    if (x instanceof Double || x instanceof Float) {
      real(x.doubleValue(), x);
    } else if (x instanceof Integer
        || x instanceof Long
        || x instanceof Short
        || x instanceof Byte) {
      whole(x.longValue());
    } else {
      throw HostScan.unknown(x);
    }
  }

  private void floats(float[] a) {
    if (type == DType.F32) {
      MemorySegment.copy(a, 0, to, ValueLayout.JAVA_FLOAT, at * 4, a.length);
    } else if (type == DType.F64) {
      for (int i = 0; i < a.length; i++) {
        to.setAtIndex(ValueLayout.JAVA_DOUBLE, at + i, a[i]);
      }
    } else {
      for (float x : a) {
        measured(x);
      }
      return;
    }
    at += a.length;
  }

  private void doubles(double[] a) {
    if (type == DType.F64) {
      MemorySegment.copy(a, 0, to, ValueLayout.JAVA_DOUBLE, at * 8, a.length);
    } else if (type == DType.F32) {
      for (int i = 0; i < a.length; i++) {
        to.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, (float) a[i]);
      }
    } else {
      for (double x : a) {
        measured(x);
      }
      return;
    }
    at += a.length;
  }

  private void ints(int[] a) {
    if (type == DType.I32) {
      MemorySegment.copy(a, 0, to, ValueLayout.JAVA_INT, at * 4, a.length);
    } else if (type == DType.F32) {
      for (int i = 0; i < a.length; i++) {
        to.setAtIndex(ValueLayout.JAVA_FLOAT, at + i, a[i]);
      }
    } else if (type == DType.I64) {
      for (int i = 0; i < a.length; i++) {
        to.setAtIndex(ValueLayout.JAVA_LONG, at + i, a[i]);
      }
    } else {
      for (int x : a) {
        whole(x);
      }
      return;
    }
    at += a.length;
  }

  private void longs(long[] a) {
    if (type == DType.I64 || type == DType.U64 && !asked) {
      MemorySegment.copy(a, 0, to, ValueLayout.JAVA_LONG, at * 8, a.length);
      at += a.length;
      return;
    }
    for (long x : a) {
      whole(x);
    }
  }

  private void bytes(byte[] a) {
    if (type == DType.I8 || type == DType.U8) {
      MemorySegment.copy(a, 0, to, ValueLayout.JAVA_BYTE, at, a.length);
      at += a.length;
      return;
    }
    for (byte x : a) {
      whole(x);
    }
  }

  private void shorts(short[] a) {
    if (type == DType.I16) {
      MemorySegment.copy(a, 0, to, ValueLayout.JAVA_SHORT, at * 2, a.length);
      at += a.length;
      return;
    }
    for (short x : a) {
      whole(x);
    }
  }

  private void booleans(boolean[] a) {
    for (boolean x : a) {
      truth(x);
    }
  }

  private void truth(boolean x) {
    Values.put(to, type, at++, x ? 1 : 0);
  }

  private void whole(long x) {
    switch (type.kind()) {
      case INT, UINT -> {
        if (type != DType.I64 && !inRange(x)) {
          throw Message.what(x + " is outside the range of " + type)
              .given(Long.toString(x))
              .expected("a value that " + type + " holds")
              .fix("choose a wider dtype")
              .valueError();
        }
        switch (type.bytes()) {
          case 1 -> to.set(ValueLayout.JAVA_BYTE, at++, (byte) x);
          case 2 -> to.setAtIndex(ValueLayout.JAVA_SHORT, at++, (short) x);
          case 4 -> to.setAtIndex(ValueLayout.JAVA_INT, at++, (int) x);
          default -> to.setAtIndex(ValueLayout.JAVA_LONG, at++, x);
        }
      }
      case FLOAT, COMPLEX -> Values.put(to, type, at++, x);
      default -> throw refused(Long.toString(x), type);
    }
  }

  private boolean inRange(long x) {
    if (type == DType.U64) {
      return x >= 0;
    }
    int bits = type.bytes() * 8;
    return type.kind() == DType.Kind.UINT
        ? x >= 0 && x < 1L << bits
        : x >= -(1L << (bits - 1)) && x < 1L << (bits - 1);
  }

  /// Writes a number literal with a fraction: only float types take it.
  private void real(double x, Object shown) {
    if (!type.isFloating() && !type.isComplex()) {
      throw refused(shown.toString(), type);
    }
    if (type.real() == DType.F32 && Math.abs(x) > Float.MAX_VALUE && !Double.isInfinite(x)) {
      // Up to here rounding still gives the largest float.
      if (Double.isInfinite((double) (float) x)) {
        throw Message.what(shown + " is out of range for " + type)
            .given(shown.toString())
            .expected("at most " + Float.MAX_VALUE)
            .fix("ask for float64: tf.constant(x, tf.float64)")
            .valueError();
      }
    }
    Values.put(to, type, at++, x);
  }

  /// Writes an element of a typed array of floats: a whole number may become an integer.
  private void measured(double x) {
    if (type.isFloating() || type.isComplex()) {
      Values.put(to, type, at++, x);
    } else if (type.isInteger() && x == Math.rint(x) && Math.abs(x) < 0x1p63) {
      whole((long) x);
    } else {
      throw refused(Double.toString(x), type);
    }
  }

  static RuntimeException refused(String shown, DType type) {
    return Message.what("Cannot convert " + shown + " to EagerTensor of dtype " + type)
        .given(shown)
        .expected("a value that " + type + " holds without loss")
        .fix("convert with tf.cast, or leave the dtype out")
        .typeError();
  }
}
