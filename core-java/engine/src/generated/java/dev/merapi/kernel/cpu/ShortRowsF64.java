// Derived from ShortRowsF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Loops over rows that are shorter than the lanes of [FoldLoopsF64], for kernels with many of
/// them; these are the plain ones. Offsets are in elements.
///
/// A row is filled up with the fold's identity to [FoldLoopsF64#LANES] elements, which are folded
/// as a tree, half on half; so all tiers give the same bits.
public class ShortRowsF64 {
  private static final int LANES = FoldLoopsF64.LANES;
  private static final int BYTES = Double.BYTES;

  static final ShortRowsF64 CURRENT = choose();

  protected ShortRowsF64() {}

  private static ShortRowsF64 choose() {
    if (Tier.current() == Tier.VECTOR) {
      ShortRowsF64 v = Tier.load(ShortRowsF64.class, "VectorShortRowsF64");
      if (v.fits()) {
        return v;
      }
    }
    return new ShortRowsF64();
  }

  /// Tells whether these loops are fast on this processor.
  public boolean fits() {
    return true;
  }

  /// Tells whether rows of `n` elements are folded here.
  static boolean takes(Fold f, int n) {
    return n >= FoldLoopsF64.WIDTH && n < LANES && (f == Fold.SUM || f == Fold.MAX);
  }

  /// `y[i] = fold of x[at + i·n .. at + (i+1)·n)` for i from `from` to below `rows`, for folds that
  /// [#takes] accepts.
  public void fold(Fold f, MemorySegment x, long at, int from, int rows, int n, MemorySegment y) {
    double[] lanes = ScratchF64.get().line(LANES);
    for (int r = from; r < rows; r++) {
      MemorySegment.copy(x, JAVA_DOUBLE_UNALIGNED, (at + (long) r * n) * BYTES, lanes, 0, n);
      for (int i = n; i < LANES; i++) {
        lanes[i] = f.identityF64();
      }
      for (int h = LANES / 2; h > 0; h /= 2) {
        for (int i = 0; i < h; i++) {
          lanes[i] = f.of(lanes[i], lanes[i + h]);
        }
      }
      y.set(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES, lanes[0]);
    }
  }

  /// Writes `s[i]` `n` times for each i from `from` to below `rows`, one row after the other.
  public void repeat(MemorySegment s, int from, int rows, int n, MemorySegment to) {
    for (int r = from; r < rows; r++) {
      double v = s.get(JAVA_DOUBLE_UNALIGNED, (long) r * BYTES);
      long p = (long) r * n * BYTES;
      for (int i = 0; i < n; i++) {
        to.set(JAVA_DOUBLE_UNALIGNED, p + (long) i * BYTES, v);
      }
    }
  }
}
