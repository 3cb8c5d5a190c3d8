package dev.merapi.kernel.cpu;

import dev.merapi.tensor.DType;
import java.lang.foreign.MemorySegment;

/// Folds values tile by tile as they are computed, in the order in which whole tensors are folded
/// ([FoldBlockF32]), so that both give the same bits.
///
/// Values are float32, float64 or int64; positions count elements.
abstract class TileFold {
  /// Returns the folder of values of a type that [Wide#of] gives.
  static TileFold of(DType wide) {
    return switch (wide) {
      case F32 -> new TileFoldF32();
      case F64 -> new TileFoldF64();
      default -> new TileFoldWhole();
    };
  }

  /// Folds each of `rows` rows of `n` elements, which follow each other, to an element of `y`.
  abstract void rows(Fold f, MemorySegment x, long at, int rows, int n, MemorySegment y, long yAt);

  /// Folds a block of one row of more than [FoldLoopsF32#BLOCK] elements; `onto` what `y` holds of
  /// the blocks before.
  abstract void block(
      Fold f, MemorySegment x, long at, int n, MemorySegment y, long yAt, boolean onto);

  /// Folds each of `width` columns of `rows` rows, `stride` apart, to an element of `y`; `onto`
  /// what it holds of the rows before.
  abstract void columns(
      Fold f,
      MemorySegment x,
      long at,
      int rows,
      long stride,
      int width,
      MemorySegment y,
      long yAt,
      boolean onto);

  /// Folds `together` folded rows and `left` rows of `x`, all of `width` elements, to one row.
  abstract void narrow(
      Fold f,
      MemorySegment sums,
      long sumsAt,
      int together,
      int width,
      MemorySegment x,
      long at,
      int left,
      MemorySegment y,
      long yAt);

  /// Folds the middle axis of a block `(outer, n, inner)`.
  abstract void block(Fold f, MemorySegment x, long outer, long n, long inner, MemorySegment y);
}
