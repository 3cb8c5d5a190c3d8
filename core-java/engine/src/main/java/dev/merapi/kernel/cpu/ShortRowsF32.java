package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Loops over rows that are shorter than the lanes of [FoldLoopsF32], for kernels with many of
/// them; these are the plain ones. Offsets are in elements.
///
/// A row is filled up with the fold's identity to [FoldLoopsF32#LANES] elements, which are folded
/// as a tree, half on half; so all tiers give the same bits.
public class ShortRowsF32 {
  private static final int LANES = FoldLoopsF32.LANES;
  private static final int BYTES = Float.BYTES;

  static final ShortRowsF32 CURRENT = choose();

  protected ShortRowsF32() {}

  private static ShortRowsF32 choose() {
    if (Tier.current() == Tier.VECTOR) {
      ShortRowsF32 v = Tier.load(ShortRowsF32.class, "VectorShortRowsF32");
      if (v.fits()) {
        return v;
      }
    }
    return new ShortRowsF32();
  }

  /// Tells whether these loops are fast on this processor.
  public boolean fits() {
    return true;
  }

  /// Tells whether rows of `n` elements are folded here.
  static boolean takes(Fold f, int n) {
    return n >= FoldLoopsF32.WIDTH && n < LANES && (f == Fold.SUM || f == Fold.MAX);
  }

  /// `y[i] = fold of x[at + i·n .. at + (i+1)·n)` for i from `from` to below `rows`, for folds that
  /// [#takes] accepts.
  public void fold(Fold f, MemorySegment x, long at, int from, int rows, int n, MemorySegment y) {
    float[] lanes = ScratchF32.get().line(LANES);
    for (int r = from; r < rows; r++) {
      MemorySegment.copy(x, JAVA_FLOAT_UNALIGNED, (at + (long) r * n) * BYTES, lanes, 0, n);
      for (int i = n; i < LANES; i++) {
        lanes[i] = f.identityF32();
      }
      for (int h = LANES / 2; h > 0; h /= 2) {
        for (int i = 0; i < h; i++) {
          lanes[i] = f.of(lanes[i], lanes[i + h]);
        }
      }
      y.set(JAVA_FLOAT_UNALIGNED, (long) r * BYTES, lanes[0]);
    }
  }

  /// Tells whether [#shift] and [#divide] take rows of `n` elements and are fast.
  public boolean takesWhole(int n) {
    return false;
  }

  /// Returns at which distance rows of `n` elements lie best where there is a choice.
  public int stride(int n) {
    return n;
  }

  /// Takes its maximum away from each row: `y[to + i·stride + j] = x[at + i·n + j] − s[i]`, where
  /// `s[i]`, kept if there is room for it, is the greatest element of row i. What lies between rows
  /// of y may be anything then. What the maximum of a row with a NaN is, is not said.
  public void shift(
      MemorySegment x,
      long at,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    shift(x, at, 0, rows, n, y, to, stride, s);
  }

  /// The same for rows from `from` on.
  protected final void shift(
      MemorySegment x,
      long at,
      int from,
      int rows,
      int n,
      MemorySegment y,
      long to,
      int stride,
      @Nullable MemorySegment s) {
    for (int r = from; r < rows; r++) {
      long p = (at + (long) r * n) * BYTES;
      float max = Float.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        max = Math.max(max, x.get(JAVA_FLOAT_UNALIGNED, p + (long) i * BYTES));
      }
      long q = (to + (long) r * stride) * BYTES;
      for (int i = 0; i < n; i++) {
        float v = x.get(JAVA_FLOAT_UNALIGNED, p + (long) i * BYTES);
        y.set(JAVA_FLOAT_UNALIGNED, q + (long) i * BYTES, v - max);
      }
      if (s != null) {
        s.set(JAVA_FLOAT_UNALIGNED, (long) r * BYTES, max);
      }
    }
  }

  /// Divides each row by its sum: `y[to + i·n + j] = x[i·stride + j] / s[i]`. Sums are folded as by
  /// [FoldLoopsF32]; no element is negative.
  public void divide(
      MemorySegment x,
      int stride,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment s) {
    divide(x, stride, 0, rows, n, y, to, s);
  }

  /// The same for rows from `from` on.
  protected final void divide(
      MemorySegment x,
      int stride,
      int from,
      int rows,
      int n,
      MemorySegment y,
      long to,
      @Nullable MemorySegment s) {
    float[] lanes = ScratchF32.get().line(LANES);
    for (int r = from; r < rows; r++) {
      long p = (long) r * stride * BYTES;
      Arrays.fill(lanes, 0, LANES, 0);
      for (int i = 0; i < n; i++) {
        lanes[i % LANES] += x.get(JAVA_FLOAT_UNALIGNED, p + (long) i * BYTES);
      }
      for (int h = LANES / 2; h > 0; h /= 2) {
        for (int i = 0; i < h; i++) {
          lanes[i] += lanes[i + h];
        }
      }
      long q = (to + (long) r * n) * BYTES;
      for (int i = 0; i < n; i++) {
        float v = x.get(JAVA_FLOAT_UNALIGNED, p + (long) i * BYTES);
        y.set(JAVA_FLOAT_UNALIGNED, q + (long) i * BYTES, v / lanes[0]);
      }
      if (s != null) {
        s.set(JAVA_FLOAT_UNALIGNED, (long) r * BYTES, lanes[0]);
      }
    }
  }

  /// Writes `s[i]` `n` times for each i from `from` to below `rows`, one row after the other.
  public void repeat(MemorySegment s, int from, int rows, int n, MemorySegment to) {
    for (int r = from; r < rows; r++) {
      float v = s.get(JAVA_FLOAT_UNALIGNED, (long) r * BYTES);
      long p = (long) r * n * BYTES;
      for (int i = 0; i < n; i++) {
        to.set(JAVA_FLOAT_UNALIGNED, p + (long) i * BYTES, v);
      }
    }
  }
}
