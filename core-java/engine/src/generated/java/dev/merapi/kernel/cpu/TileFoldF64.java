// Derived from TileFoldF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;

/// Folds tiles of float64 values with the loops that fold tensors.
final class TileFoldF64 extends TileFold {
  private static final FoldLoopsF64 LOOPS = FoldLoopsF64.CURRENT;

  @Override
  void rows(Fold f, MemorySegment x, long at, int rows, int n, MemorySegment y, long yAt) {
    LOOPS.rows(f, x, at, rows, n, y, yAt);
  }

  @Override
  void block(Fold f, MemorySegment x, long at, int n, MemorySegment y, long yAt, boolean onto) {
    double before = onto ? y.getAtIndex(JAVA_DOUBLE_UNALIGNED, yAt) : f.identityF64();
    y.setAtIndex(JAVA_DOUBLE_UNALIGNED, yAt, f.of(before, LOOPS.block(f, x, at, n)));
  }

  @Override
  void columns(
      Fold f,
      MemorySegment x,
      long at,
      int rows,
      long stride,
      int width,
      MemorySegment y,
      long yAt,
      boolean onto) {
    LOOPS.columns(f, x, at, rows, stride, width, y, yAt, onto);
  }

  @Override
  void narrow(
      Fold f,
      MemorySegment sums,
      long sumsAt,
      int together,
      int width,
      MemorySegment x,
      long at,
      int left,
      MemorySegment y,
      long yAt) {
    FoldBlockF64.narrow(f, sums, sumsAt, together, width, x, at, left, y, yAt);
  }

  @Override
  void block(Fold f, MemorySegment x, long outer, long n, long inner, MemorySegment y) {
    FoldBlockF64.run(f, x, outer, n, inner, y);
  }
}
