package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;

/// Multiplies matrices: `C = op(A)·op(B)`, or `C += op(A)·op(B)`.
///
/// Shapes: op(A) `(m, k)`, op(B) `(k, n)`, C `(m, n)`, all row-major; with `transA` the memory of A
/// holds `(k, m)`, with `transB` that of B `(n, k)`. Offsets and leading dimensions (`lda`, the
/// distance of two rows in memory) are in elements. Segments are native; C must not overlap A or B.
/// With k = 0 the product is zero.
///
/// Results are equal bit for bit whatever the number of threads, the tier and the vector width. A
/// float result is a sum over stretches of k, each a chain of fused multiply-adds, so its error is
/// below `(256 + k/256)` roundings of `Σ |a|·|b|`, in practice about the square root of that.
public final class Gemm {
  private Gemm() {}

  public static void f32(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOff,
      int lda,
      MemorySegment b,
      long bOff,
      int ldb,
      MemorySegment c,
      long cOff,
      int ldc,
      boolean accumulate) {
    GemmF32.run(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate);
  }

  public static void f64(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOff,
      int lda,
      MemorySegment b,
      long bOff,
      int ldb,
      MemorySegment c,
      long cOff,
      int ldc,
      boolean accumulate) {
    GemmF64.run(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate);
  }

  /// As [#f32]; sums wrap around.
  public static void i32(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOff,
      int lda,
      MemorySegment b,
      long bOff,
      int ldb,
      MemorySegment c,
      long cOff,
      int ldc,
      boolean accumulate) {
    GemmI32.run(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate);
  }

  /// As [#f64]; sums wrap around.
  public static void i64(
      boolean transA,
      boolean transB,
      int m,
      int n,
      int k,
      MemorySegment a,
      long aOff,
      int lda,
      MemorySegment b,
      long bOff,
      int ldb,
      MemorySegment c,
      long cOff,
      int ldc,
      boolean accumulate) {
    GemmI64.run(transA, transB, m, n, k, a, aOff, lda, b, bOff, ldb, c, cOff, ldc, accumulate);
  }
}
