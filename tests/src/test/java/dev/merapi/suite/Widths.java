package dev.merapi.suite;

import dev.merapi.memory.Scope;
import dev.merapi.op.ArgDef;
import dev.merapi.op.OpDef;
import dev.merapi.suite.Golden.Array;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Checks that an element's value does not depend on where it stands: in a vector or its tail, in a
/// long tensor or alone, beside a tensor or a single number.
public final class Widths {
  private static final int[] SIZES = {0, 1, 3, 4, 7, 8, 15, 16, 17, 31, 33, 100, 207, 1024, 4098};
  private static final int LONGEST = 4098;

  private Widths() {}

  /// Tells whether the operation computes element by element and all defaults are there.
  public static boolean asks(OpDef op) {
    return op.scalar() != null
        && !op.isStateful()
        && op.inputs().stream().noneMatch(ArgDef::list)
        && op.attrs().stream()
            .allMatch(a ->
                a.otherwise() != null
                    || op.types().stream().anyMatch(t -> t.name().equals(a.name())));
  }

  /// Returns the types that the first input of a type variable may have.
  static List<DType> types(OpDef op) {
    for (ArgDef a : op.inputs()) {
      String v = a.typeVar();
      if (v != null) {
        return op.types().stream()
            .filter(t -> t.name().equals(v))
            .findFirst()
            .orElseThrow()
            .types()
            .list()
            .stream()
            .filter(d -> d != DType.STRING)
            .toList();
      }
    }
    return List.of(op.inputs().get(0).fixed() == null ? DType.F32 : op.inputs().get(0).fixed());
  }

  /// Draws inputs of one length: numbers of the domain, with special values of float types among
  /// them.
  static List<Array> draw(OpDef op, DType t, int length) {
    Random random = new Random(Differences.SEED ^ op.name().hashCode() ^ t.ordinal());
    List<Array> in = new ArrayList<>();
    for (ArgDef a : op.inputs()) {
      DType d = a.fixed() != null ? a.fixed() : t;
      in.add(draw(op, d, length, random));
    }
    return in;
  }

  private static Array draw(OpDef op, DType d, int length, Random random) {
    if (!d.isDifferentiable()) {
      // Small and positive: divisors, shifts and exponents are among them.
      byte[] data = new byte[length * d.bytes()];
      for (int i = 0; i < length; i++) {
        data[i * d.bytes()] = (byte) (d == DType.BOOL ? random.nextInt(2) : 1 + random.nextInt(7));
      }
      return new Array(d, new int[] {length}, data, null);
    }
    double low = op.domain().low();
    double high = op.domain().high();
    double[] p = new double[d.isComplex() ? 2 * length : length];
    double[] special = {
      0,
      -0.0,
      1,
      -1,
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      1e-30,
      1e30,
      88,
      -104
    };
    for (int i = 0; i < p.length; i++) {
      boolean rare = random.nextInt(16) == 0;
      List<Double> own = op.specials();
      p[i] =
          !rare
              ? low + (high - low) * random.nextDouble()
              : !own.isEmpty() && random.nextBoolean()
                  ? own.get(random.nextInt(own.size()))
                  : special[random.nextInt(special.length)];
    }
    return Array.of(d, new int[] {length}, p);
  }

  /// Returns what is wrong for one type, or null.
  public static @Nullable String check(OpDef op, DType t) {
    try (Scope _ = Scope.open()) {
      List<Array> in = draw(op, t, LONGEST);
      long[] whole = bits(call(op, in));
      for (int n : SIZES) {
        String wrong = same(whole, 0, bits(call(op, cut(in, 0, n))), "length " + n);
        if (wrong != null) {
          return wrong;
        }
      }
      for (int i = 0; i < LONGEST; i = i < 48 ? i + 1 : i + 271) {
        List<Array> one = cut(in, i, 1);
        String wrong = same(whole, i, bits(call(op, one)), "alone");
        if (wrong == null && i % 7 == 0) {
          wrong = scalars(op, in, i);
        }
        if (wrong != null) {
          return wrong;
        }
      }
      return null;
    } catch (RuntimeException | AssertionError e) {
      return t + ": " + GoldenCheck.thrown(e);
    }
  }

  /// Puts a single number on one side of an operation of two operands of one type.
  private static @Nullable String scalars(OpDef op, List<Array> in, int at) {
    if (in.size() != 2 || op.name().endsWith("Grad")) {
      return null;
    }
    int n = 207;
    for (int side = 0; side < 2; side++) {
      Array number = cut(in.get(side), at, 1);
      Array filled = repeat(number, n);
      Array other = cut(in.get(1 - side), 0, n);
      Array scalar = new Array(number.dtype(), new int[0], number.data(), null);
      List<Array> full = side == 0 ? List.of(filled, other) : List.of(other, filled);
      List<Array> mixed = side == 0 ? List.of(scalar, other) : List.of(other, scalar);
      String wrong =
          same(
              bits(call(op, full)), 0, bits(call(op, mixed)), "a single number as operand " + side);
      if (wrong != null) {
        return wrong;
      }
    }
    return null;
  }

  static Array call(OpDef op, List<Array> in) {
    Tensor[] x = GoldenCheck.tensors(in);
    return Array.of(op.all(op.defaults(), x)[0]);
  }

  private static List<Array> cut(List<Array> in, int from, int n) {
    return in.stream().map(a -> cut(a, from, n)).toList();
  }

  private static Array cut(Array a, int from, int n) {
    int w = a.dtype().bytes();
    return new Array(
        a.dtype(), new int[] {n}, Arrays.copyOfRange(a.data(), from * w, (from + n) * w), null);
  }

  private static Array repeat(Array one, int n) {
    byte[] all = new byte[one.data().length * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(one.data(), 0, all, i * one.data().length, one.data().length);
    }
    return new Array(one.dtype(), new int[] {n}, all, null);
  }

  /// Returns the bits of every real number, all NaN alike; whole numbers as they are.
  static long[] bits(Array a) {
    DType d = a.dtype();
    ByteBuffer b = ByteBuffer.wrap(a.data()).order(ByteOrder.LITTLE_ENDIAN);
    int parts = a.parts();
    long[] r = new long[parts + 1];
    for (int i = 0; i < parts; i++) {
      r[i] =
          switch (d) {
            case F16, BF16, F32, F64, C64, C128 -> Double.doubleToLongBits(a.part(i));
            case I64, U64 -> b.getLong(8 * i);
            default -> (long) a.part(i);
          };
    }
    // The type takes part, and so does the number of real numbers per element.
    r[parts] = d.ordinal();
    return r;
  }

  private static @Nullable String same(long[] whole, int from, long[] part, String what) {
    int n = part.length - 1;
    if (whole[whole.length - 1] != part[n]) {
      return "the result's type depends on the length";
    }
    DType d = DType.values()[(int) part[n]];
    int start = d.isComplex() ? 2 * from : from;
    for (int i = 0; i < n; i++) {
      if (whole[start + i] != part[i]) {
        return d
            + ", "
            + what
            + ": element "
            + (start + i)
            + " is "
            + show(d, part[i])
            + ", in length "
            + LONGEST
            + " it is "
            + show(d, whole[start + i])
            + "; shape "
            + Shape.of(n);
      }
    }
    return null;
  }

  private static String show(DType d, long bits) {
    return d.isDifferentiable()
        ? Double.toString(Double.longBitsToDouble(bits))
        : Long.toString(bits);
  }

  /// Returns a number that depends on every bit of the results for all types: to compare two JVMs.
  public static long digest(OpDef op) {
    long h = 17;
    try (Scope _ = Scope.open()) {
      for (DType t : types(op)) {
        h = 31 * h + Arrays.hashCode(bits(call(op, draw(op, t, 207))));
      }
    }
    return h;
  }
}
