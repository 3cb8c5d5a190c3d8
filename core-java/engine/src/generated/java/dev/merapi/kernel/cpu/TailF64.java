// Derived from TailF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;

/// What is done to rows of a product or a convolution while they are still in the cache: a bias is
/// added to each column, and negative results become zero if asked for.
///
/// The bits are those of the operations one after the other.
///
/// @param bias one element for each column, from element `at` on
/// @param relu whether the greater of the sum and zero is kept
record TailF64(MemorySegment bias, long at, boolean relu) {

  /// Finishes `rows` rows of `cols` elements, `ld` apart, the first of which belongs to column
  /// `first`.
  void apply(MemorySegment c, long to, int rows, int cols, long ld, int first) {
    TileF64.CURRENT.finish(c, to, rows, cols, ld, bias, at + first, relu);
  }
}
