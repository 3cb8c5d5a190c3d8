package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;

/// Loops that fold float32 numbers along rows or along columns; offsets and strides are in
/// elements.
///
/// All tiers give the same bits: they fold in the same order. A row is cut into blocks; within a
/// block, element `i` goes to lane `i mod LANES`, and the lanes are folded as a tree. Columns take
/// four rows at a time as a tree.
public abstract class FoldLoopsF32 {
  /// Lanes of a row: four vectors of 256 bits.
  public static final int LANES = 4 * FoldLoopsF32.WIDTH;

  /// Elements of 256 bits.
  public static final int WIDTH = 32 / Float.BYTES;

  /// Elements of a row that fold in lanes before the lanes are folded: few enough that rounding
  /// stays small.
  public static final int BLOCK = 4096;

  static final FoldLoopsF32 CURRENT = choose();

  private static final ThreadLocal<float[]> ROOM = ThreadLocal.withInitial(() -> new float[LANES]);

  protected FoldLoopsF32() {}

  private static FoldLoopsF32 choose() {
    if (Tier.current() == Tier.VECTOR) {
      FoldLoopsF32 v = Tier.load(FoldLoopsF32.class, "VectorFoldF32");
      if (v.fits()) {
        return v;
      }
    }
    return new PlainFoldF32();
  }

  /// Tells whether these loops are fast on this processor.
  public boolean fits() {
    return true;
  }

  /// `y[yAt + i] = fold of x[at + i·n .. at + (i+1)·n)` for i below `rows`; n is at least 1.
  public abstract void rows(
      Fold f, MemorySegment x, long at, int rows, int n, MemorySegment y, long yAt);

  /// Folds `n` elements from `at` on, at most [#BLOCK], as one block of a row.
  public abstract float block(Fold f, MemorySegment x, long at, int n);

  /// `y[yAt + c] = fold over r below rows of x[at + r·stride + c]` for c below `width`; `rows` is
  /// at least 1.
  public final void columns(
      Fold f,
      MemorySegment x,
      long at,
      int rows,
      long stride,
      int width,
      MemorySegment y,
      long yAt) {
    columns(f, x, at, rows, stride, width, y, yAt, false);
  }

  /// As the other method; with `onto`, the fold goes on from what `y` holds. Rows folded in several
  /// calls give the bits of one call if all calls but the last have a multiple of four rows.
  public abstract void columns(
      Fold f,
      MemorySegment x,
      long at,
      int rows,
      long stride,
      int width,
      MemorySegment y,
      long yAt,
      boolean onto);

  /// Returns the accumulators of the running thread.
  protected static float[] lanes() {
    return ROOM.get();
  }

  /// Folds the lanes as a tree: halves onto each other.
  protected static float tree(Fold f, float[] lanes) {
    for (int h = LANES / 2; h > 0; h /= 2) {
      for (int l = 0; l < h; l++) {
        lanes[l] = f.of(lanes[l], lanes[l + h]);
      }
    }
    return lanes[0];
  }
}
