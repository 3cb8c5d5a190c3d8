// Derived from VectorShortRowsF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu.vector;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import dev.merapi.kernel.cpu.Fold;
import dev.merapi.kernel.cpu.FoldLoopsF64;
import dev.merapi.kernel.cpu.ShortRowsF64;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.jspecify.annotations.Nullable;

/// Short rows in whole vectors of the preferred size.
///
/// The preferred size although half of it would do: methods of the Vector API that see vectors of
/// two sizes keep a profile of both, and matrix products compiled after that were four times slower
/// (AVX-512, JDK 25).
///
/// The last vector of a row may reach into the next one: what it reads there is taken out, what it
/// writes there is written again. The last rows, which have no next one, stay with the plain loops.
public final class VectorShortRowsF64 extends ShortRowsF64 {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;
  private static final int L = S.length();
  private static final int VECTORS = FoldLoopsF64.LANES / L;
  private static final int BYTES = Double.BYTES;
  private static final long VECTOR = (long) L * BYTES;
  private static final ByteOrder ORDER = ByteOrder.nativeOrder();
  private static final VectorShuffle<Double> BY_2 = VectorShuffle.iota(S, L / 2, 1, true);
  private static final VectorShuffle<Double> BY_4 = VectorShuffle.iota(S, L / 4, 1, true);
  private static final VectorShuffle<Double> BY_8 = VectorShuffle.iota(S, L / 8, 1, true);
  private static final VectorShuffle<Double> BY_16 = VectorShuffle.iota(S, L / 16, 1, true);
  private static final DoubleVector LEAST = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
  private static final DoubleVector NUMBERS = DoubleVector.zero(S).addIndex(1);

  /// Public for the loader.
  public VectorShortRowsF64() {}

  @Override
  public boolean fits() {
    return VECTORS == 2 || VECTORS == 4;
  }

  @Override
  public void fold(Fold f, MemorySegment x, long at, int from, int rows, int n, MemorySegment y) {
    int vectors = (n + L - 1) / L;
    int safe = within(x.byteSize() / BYTES - at, rows, n, vectors);
    double limit = n - (vectors - 1) * L;
    if (f == Fold.SUM) {
      sums(x, at * BYTES, from, safe, n, vectors, limit, y);
    } else {
      maxima(x, at * BYTES, from, safe, n, vectors, limit, y);
    }
    super.fold(f, x, at, Math.max(from, safe), rows, n, y);
  }

  /// Returns how many rows may be read or written by whole vectors in `room` elements.
  private static int within(long room, int rows, int n, int vectors) {
    long last = room - (long) vectors * L;
    return last < 0 ? 0 : (int) Math.min(rows, last / n + 1);
  }

  private static void sums(
      MemorySegment x,
      long from,
      int first,
      int rows,
      int n,
      int vectors,
      double limit,
      MemorySegment y) {
    long back = (vectors - 1) * (long) L * BYTES;
    for (int r = first; r < rows; r++) {
      long p = from + (long) r * n * BYTES;
      DoubleVector v = DoubleVector.fromMemorySegment(S, x, p + back, ORDER);
      DoubleVector end = v.blend(0f, NUMBERS.compare(VectorOperators.GE, limit));
      DoubleVector none = DoubleVector.broadcast(S, 0f);
      DoubleVector t;
      if (vectors == 1) {
        t = end.add(none);
      } else if (VECTORS == 2) {
        t = DoubleVector.fromMemorySegment(S, x, p, ORDER).add(end);
      } else {
        DoubleVector second =
            vectors == 2 ? end : DoubleVector.fromMemorySegment(S, x, p + L * BYTES, ORDER);
        DoubleVector third =
            vectors == 2
                ? none
                : vectors == 3
                    ? end
                    : DoubleVector.fromMemorySegment(S, x, p + 2L * L * BYTES, ORDER);
        t =
            DoubleVector.fromMemorySegment(S, x, p, ORDER)
                .add(third)
                .add(second.add(vectors == 4 ? end : none));
      }
      t = t.add(t.rearrange(BY_2));
      t = t.add(t.rearrange(BY_4));
      if (L >= 8) {
        t = t.add(t.rearrange(BY_8));
      }
      if (L >= 16) {
        t = t.add(t.rearrange(BY_16));
      }
      y.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
    }
  }

  private static void maxima(
      MemorySegment x,
      long from,
      int first,
      int rows,
      int n,
      int vectors,
      double limit,
      MemorySegment y) {
    long back = (vectors - 1) * (long) L * BYTES;
    for (int r = first; r < rows; r++) {
      long p = from + (long) r * n * BYTES;
      DoubleVector v = DoubleVector.fromMemorySegment(S, x, p + back, ORDER);
      DoubleVector end =
          v.blend(Double.NEGATIVE_INFINITY, NUMBERS.compare(VectorOperators.GE, limit));
      DoubleVector none = DoubleVector.broadcast(S, Double.NEGATIVE_INFINITY);
      DoubleVector t;
      if (vectors == 1) {
        t = end.max(none);
      } else if (VECTORS == 2) {
        t = DoubleVector.fromMemorySegment(S, x, p, ORDER).max(end);
      } else {
        DoubleVector second =
            vectors == 2 ? end : DoubleVector.fromMemorySegment(S, x, p + L * BYTES, ORDER);
        DoubleVector third =
            vectors == 2
                ? none
                : vectors == 3
                    ? end
                    : DoubleVector.fromMemorySegment(S, x, p + 2L * L * BYTES, ORDER);
        t =
            DoubleVector.fromMemorySegment(S, x, p, ORDER)
                .max(third)
                .max(second.max(vectors == 4 ? end : none));
      }
      t = t.max(t.rearrange(BY_2));
      t = t.max(t.rearrange(BY_4));
      if (L >= 8) {
        t = t.max(t.rearrange(BY_8));
      }
      if (L >= 16) {
        t = t.max(t.rearrange(BY_16));
      }
      y.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
    }
  }

  @Override
  public boolean takesWhole(int n) {
    return n > 1 && n <= 4 * L;
  }

  /// Whole vectors, if they are filled well.
  @Override
  public int stride(int n) {
    int whole = (n + L - 1) / L * L;
    return 4 * n >= 3 * whole ? whole : n;
  }

  /// A maximum is found by comparisons, which are cheaper than `max` because they need not care for
  /// NaN: a row with a NaN has nothing else in the end.
  @Override
  public void shift(
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    int vectors = (n + L - 1) / L;
    int safe = within(x.byteSize() / BYTES - at, rows, n, vectors);
    safe = within((long) rows * stride, safe, stride, vectors);
    switch (vectors) {
      case 1 -> shift1(x, at * BYTES, safe, n, y, to * BYTES, stride, s);
      case 2 -> shift2(x, at * BYTES, safe, n, y, to * BYTES, stride, s);
      case 3 -> shift3(x, at * BYTES, safe, n, y, to * BYTES, stride, s);
      default -> shift4(x, at * BYTES, safe, n, y, to * BYTES, stride, s);
    }
    shift(x, at, safe, rows, n, y, to, stride, s);
  }

  /// The order of additions is that of lanes folded as a tree, for vectors of half or a quarter of
  /// the lanes.
  @Override
  public void divide(
      MemorySegment x,
      int stride,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment s) {
    int vectors = (n + L - 1) / L;
    int safe = within((long) rows * n, rows, n, vectors);
    switch (vectors) {
      case 1 -> divide1(x, stride, safe, n, y, to * BYTES, s);
      case 2 -> divide2(x, stride, safe, n, y, to * BYTES, s);
      case 3 -> divide3(x, stride, safe, n, y, to * BYTES, s);
      default -> divide4(x, stride, safe, n, y, to * BYTES, s);
    }
    divide(x, stride, safe, rows, n, y, to, s);
  }

  private static DoubleVector greater(DoubleVector a, DoubleVector b) {
    return a.blend(b, b.compare(VectorOperators.GT, a));
  }

  /// Returns a vector of the greatest lane.
  private static DoubleVector greatest(DoubleVector v) {
    DoubleVector t = greater(v, v.rearrange(BY_2));
    t = greater(t, t.rearrange(BY_4));
    if (L >= 8) {
      t = greater(t, t.rearrange(BY_8));
    }
    if (L >= 16) {
      t = greater(t, t.rearrange(BY_16));
    }
    return t;
  }

  /// Returns a vector of the sum of all lanes.
  private static DoubleVector total(DoubleVector v) {
    DoubleVector t = v.add(v.rearrange(BY_2));
    t = t.add(t.rearrange(BY_4));
    if (L >= 8) {
      t = t.add(t.rearrange(BY_8));
    }
    if (L >= 16) {
      t = t.add(t.rearrange(BY_16));
    }
    return t;
  }

  private static void shift1(
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    double limit = n - 0 * L;
    for (int r = 0; r < rows; r++) {
      long p = at + (long) r * n * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector t = v0.blend(LEAST, NUMBERS.compare(VectorOperators.GE, limit));
      t = greatest(t);
      long q = to + (long) r * stride * BYTES;
      v0.sub(t).intoMemorySegment(y, q, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  private static void divide1(
      MemorySegment x,
      int stride,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment s) {
    double limit = n - 0 * L;
    for (int r = 0; r < rows; r++) {
      long p = (long) r * stride * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector end = v0.blend(0f, NUMBERS.compare(VectorOperators.GE, limit));
      DoubleVector t = total(end);
      long q = to + (long) r * n * BYTES;
      v0.div(t).intoMemorySegment(y, q, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  private static void shift2(
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    double limit = n - 1 * L;
    for (int r = 0; r < rows; r++) {
      long p = at + (long) r * n * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector v1 = DoubleVector.fromMemorySegment(S, x, p + VECTOR, ORDER);
      DoubleVector t = v1.blend(LEAST, NUMBERS.compare(VectorOperators.GE, limit));
      t = greater(t, v0);
      t = greatest(t);
      long q = to + (long) r * stride * BYTES;
      v0.sub(t).intoMemorySegment(y, q, ORDER);
      v1.sub(t).intoMemorySegment(y, q + VECTOR, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  private static void divide2(
      MemorySegment x,
      int stride,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment s) {
    double limit = n - 1 * L;
    for (int r = 0; r < rows; r++) {
      long p = (long) r * stride * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector v1 = DoubleVector.fromMemorySegment(S, x, p + VECTOR, ORDER);
      DoubleVector end = v1.blend(0f, NUMBERS.compare(VectorOperators.GE, limit));
      DoubleVector t = total(v0.add(end));
      long q = to + (long) r * n * BYTES;
      v0.div(t).intoMemorySegment(y, q, ORDER);
      v1.div(t).intoMemorySegment(y, q + VECTOR, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  private static void shift3(
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    double limit = n - 2 * L;
    for (int r = 0; r < rows; r++) {
      long p = at + (long) r * n * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector v1 = DoubleVector.fromMemorySegment(S, x, p + VECTOR, ORDER);
      DoubleVector v2 = DoubleVector.fromMemorySegment(S, x, p + 2 * VECTOR, ORDER);
      DoubleVector t = v2.blend(LEAST, NUMBERS.compare(VectorOperators.GE, limit));
      t = greater(t, v0);
      t = greater(t, v1);
      t = greatest(t);
      long q = to + (long) r * stride * BYTES;
      v0.sub(t).intoMemorySegment(y, q, ORDER);
      v1.sub(t).intoMemorySegment(y, q + VECTOR, ORDER);
      v2.sub(t).intoMemorySegment(y, q + 2 * VECTOR, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  private static void divide3(
      MemorySegment x,
      int stride,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment s) {
    double limit = n - 2 * L;
    for (int r = 0; r < rows; r++) {
      long p = (long) r * stride * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector v1 = DoubleVector.fromMemorySegment(S, x, p + VECTOR, ORDER);
      DoubleVector v2 = DoubleVector.fromMemorySegment(S, x, p + 2 * VECTOR, ORDER);
      DoubleVector end = v2.blend(0f, NUMBERS.compare(VectorOperators.GE, limit));
      DoubleVector t = total(v0.add(end).add(v1));
      long q = to + (long) r * n * BYTES;
      v0.div(t).intoMemorySegment(y, q, ORDER);
      v1.div(t).intoMemorySegment(y, q + VECTOR, ORDER);
      v2.div(t).intoMemorySegment(y, q + 2 * VECTOR, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  private static void shift4(
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    double limit = n - 3 * L;
    for (int r = 0; r < rows; r++) {
      long p = at + (long) r * n * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector v1 = DoubleVector.fromMemorySegment(S, x, p + VECTOR, ORDER);
      DoubleVector v2 = DoubleVector.fromMemorySegment(S, x, p + 2 * VECTOR, ORDER);
      DoubleVector v3 = DoubleVector.fromMemorySegment(S, x, p + 3 * VECTOR, ORDER);
      DoubleVector t = v3.blend(LEAST, NUMBERS.compare(VectorOperators.GE, limit));
      t = greater(t, v0);
      t = greater(t, v1);
      t = greater(t, v2);
      t = greatest(t);
      long q = to + (long) r * stride * BYTES;
      v0.sub(t).intoMemorySegment(y, q, ORDER);
      v1.sub(t).intoMemorySegment(y, q + VECTOR, ORDER);
      v2.sub(t).intoMemorySegment(y, q + 2 * VECTOR, ORDER);
      v3.sub(t).intoMemorySegment(y, q + 3 * VECTOR, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  private static void divide4(
      MemorySegment x,
      int stride,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment s) {
    double limit = n - 3 * L;
    for (int r = 0; r < rows; r++) {
      long p = (long) r * stride * BYTES;
      DoubleVector v0 = DoubleVector.fromMemorySegment(S, x, p, ORDER);
      DoubleVector v1 = DoubleVector.fromMemorySegment(S, x, p + VECTOR, ORDER);
      DoubleVector v2 = DoubleVector.fromMemorySegment(S, x, p + 2 * VECTOR, ORDER);
      DoubleVector v3 = DoubleVector.fromMemorySegment(S, x, p + 3 * VECTOR, ORDER);
      DoubleVector end = v3.blend(0f, NUMBERS.compare(VectorOperators.GE, limit));
      DoubleVector t = total(v0.add(v2).add(v1.add(end)));
      long q = to + (long) r * n * BYTES;
      v0.div(t).intoMemorySegment(y, q, ORDER);
      v1.div(t).intoMemorySegment(y, q + VECTOR, ORDER);
      v2.div(t).intoMemorySegment(y, q + 2 * VECTOR, ORDER);
      v3.div(t).intoMemorySegment(y, q + 3 * VECTOR, ORDER);
      if (s != null) {
        s.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, t.lane(0));
      }
    }
  }

  @Override
  public void repeat(MemorySegment s, int from, int rows, int n, MemorySegment to) {
    int vectors = (n + L - 1) / L;
    int safe = within(to.byteSize() / BYTES, rows, n, vectors);
    for (int r = from; r < safe; r++) {
      DoubleVector v = DoubleVector.broadcast(S, s.get(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES));
      long p = (long) r * n * BYTES;
      for (int i = 0; i < n; i += L) {
        v.intoMemorySegment(to, p + (long) i * BYTES, ORDER);
      }
    }
    super.repeat(s, Math.max(from, safe), rows, n, to);
  }
}
