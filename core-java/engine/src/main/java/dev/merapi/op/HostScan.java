package dev.merapi.op;

import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the shape and the natural element type of a nested host value, and refuses ragged ones.
final class HostScan {
  private int[] dims = new int[4];
  private int rank = -1;
  private final int[] path = new int[64];
  private int types;

  private HostScan() {}

  static HostScan of(@Nullable Object v) {
    HostScan s = new HostScan();
    s.shape(v);
    s.walk(v, 0);
    return s;
  }

  int[] dims() {
    return Arrays.copyOf(dims, rank);
  }

  /// Takes the shape from the first items all the way down.
  private void shape(@Nullable Object value) {
    Object v = value;
    rank = 0;
    while (true) {
      List<?> l = Literals.sequence(v);
      boolean row = l == null && v != null && v.getClass().isArray();
      if (l == null && !row) {
        return;
      }
      if (rank == dims.length) {
        dims = Arrays.copyOf(dims, 2 * rank);
      }
      if (rank == path.length) {
        throw Message.what("a value is nested more than " + path.length + " deep").shapeError();
      }
      dims[rank++] = l != null ? l.size() : Array.getLength(v);
      if (row) {
        return;
      }
      if (l.isEmpty()) {
        emptyArray(v);
        return;
      }
      v = l.get(0);
    }
  }

  /// An empty array still knows how deep it is and of what: `new double[0][3]` has shape (0, 0) as
  /// far as Java knows.
  private void emptyArray(@Nullable Object v) {
    Class<?> c = v == null ? null : v.getClass().getComponentType();
    while (c != null && c.isArray()) {
      if (rank == dims.length) {
        dims = Arrays.copyOf(dims, 2 * rank);
      }
      dims[rank++] = 0;
      c = c.getComponentType();
    }
    if (c != null && c.isPrimitive()) {
      types |= 1 << ofPrimitive(c).ordinal();
    } else if (c == String.class) {
      types |= 1 << DType.STRING.ordinal();
    }
  }

  private void walk(@Nullable Object v, int depth) {
    List<?> l = Literals.sequence(v);
    if (l != null) {
      expect(l.size(), depth);
      int i = 0;
      for (Object o : l) {
        path[depth] = i++;
        walk(o, depth + 1);
      }
      return;
    }
    if (v != null && v.getClass().isArray()) {
      expect(Array.getLength(v), depth);
      if (depth != rank - 1) {
        throw ragged(depth, "a row of numbers where rows of rows stand elsewhere");
      }
      types |= 1 << ofPrimitive(v.getClass().getComponentType()).ordinal();
      return;
    }
    if (depth != rank) {
      throw ragged(depth, "a single value where a row of " + dims[depth] + " stands elsewhere");
    }
    types |= 1 << one(v).ordinal();
  }

  private void expect(int n, int depth) {
    if (depth >= rank) {
      throw ragged(depth, "a row of " + n + " where single values stand elsewhere");
    }
    if (n != dims[depth]) {
      throw ragged(depth, "a row of " + n + ", others have " + dims[depth]);
    }
  }

  private RuntimeException ragged(int depth, String what) {
    StringBuilder at = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      at.append('[').append(path[i]).append(']');
    }
    return Message.what(
            "Can't convert non-rectangular sequence to Tensor: at " + at + " is " + what)
        .expected("rows of equal length")
        .fix("pad the rows, or make a ragged tensor")
        .shapeError();
  }

  /// Returns the type of a single value.
  static DType one(@Nullable Object v) {
    return switch (v) {
      case Integer i -> DType.I32;
      case Double d -> DType.F32;
      case Float f -> DType.F32;
      case Long l -> DType.I64;
      case Boolean b -> DType.BOOL;
      case Short s -> DType.I16;
      case Byte b -> DType.I8;
      case CharSequence c -> DType.STRING;
      case null, default -> throw unknown(v);
    };
  }

  static RuntimeException unknown(@Nullable Object v) {
    return Message.what(
            "a tensor cannot be made from "
                + (v == null ? "null" : "a value of " + v.getClass().getName()))
        .given(String.valueOf(v))
        .expected("numbers, booleans, strings, arrays or nested lists of them, buffers, tensors")
        .typeError();
  }

  private static DType ofPrimitive(Class<?> c) {
    return c == float.class
        ? DType.F32
        : c == double.class
            ? DType.F64
            : c == int.class
                ? DType.I32
                : c == long.class
                    ? DType.I64
                    : c == boolean.class
                        ? DType.BOOL
                        : c == byte.class ? DType.I8 : c == short.class ? DType.I16 : characters();
  }

  private static DType characters() {
    throw Message.what("a tensor cannot be made from an array of characters")
        .fix("use strings, or numbers")
        .typeError();
  }

  private boolean has(DType d) {
    return (types >> d.ordinal() & 1) != 0;
  }

  /// Returns the natural type of all values together; float32 when there are none.
  DType dtype() {
    if (types == 0) {
      return DType.F32;
    }
    if (has(DType.STRING)) {
      if (types != 1 << DType.STRING.ordinal()) {
        throw Message.what("Can't convert sequence with mixed types to Tensor.")
            .given("strings beside numbers")
            .expected("all strings, or all numbers")
            .valueError();
      }
      return DType.STRING;
    }
    // Typed arrays of float64 win over literals; then floats over whole numbers, wide over narrow.
    for (DType d : new DType[] {DType.F64, DType.F32, DType.I64, DType.I32, DType.I16, DType.I8}) {
      if (has(d)) {
        return d;
      }
    }
    return DType.BOOL;
  }
}
