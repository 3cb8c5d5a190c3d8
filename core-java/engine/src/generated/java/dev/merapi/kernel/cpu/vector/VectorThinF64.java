// Derived from VectorThinF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.vector.VectorTileF64.L;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.ORDER;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.S;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/// Register blocks of products with so few columns that one or two vectors hold them; see
/// [dev.merapi.kernel.cpu.TileF64#thin].
///
/// Rows of A and C lie in native memory, positions and distances in bytes. The few columns of B are
/// packed on the heap as rows of one or two vectors, so that positions are constant multiples of
/// the step and range checks leave the loop; what is added to the sums (the bias) follows as one
/// more row.
final class VectorThinF64 {
  /// Rows of a block: with two vectors, sums for both multipliers to be busy.
  static final int ROWS = 8;

  private VectorThinF64() {}

  static void block8x1(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      double[] b,
      double floor,
      MemorySegment c,
      long co,
      long ldc) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c60 = DoubleVector.zero(S);
    DoubleVector c70 = DoubleVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    long r6 = ao + 6 * aRow;
    long r7 = ao + 7 * aRow;
    for (int k = 0; k < depth; k++) {
      long q = (long) k * Double.BYTES;
      DoubleVector b0 = DoubleVector.fromArray(S, b, k * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      DoubleVector a4 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r5 + q));
      c50 = a5.fma(b0, c50);
      DoubleVector a6 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r6 + q));
      c60 = a6.fma(b0, c60);
      DoubleVector a7 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r7 + q));
      c70 = a7.fma(b0, c70);
    }
    DoubleVector low = DoubleVector.broadcast(S, floor);
    DoubleVector bias0 = DoubleVector.fromArray(S, b, depth * L);
    c00.add(bias0).max(low).intoMemorySegment(c, co, ORDER);
    c10.add(bias0).max(low).intoMemorySegment(c, co + ldc, ORDER);
    c20.add(bias0).max(low).intoMemorySegment(c, co + 2 * ldc, ORDER);
    c30.add(bias0).max(low).intoMemorySegment(c, co + 3 * ldc, ORDER);
    c40.add(bias0).max(low).intoMemorySegment(c, co + 4 * ldc, ORDER);
    c50.add(bias0).max(low).intoMemorySegment(c, co + 5 * ldc, ORDER);
    c60.add(bias0).max(low).intoMemorySegment(c, co + 6 * ldc, ORDER);
    c70.add(bias0).max(low).intoMemorySegment(c, co + 7 * ldc, ORDER);
  }

  static void block8x2(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      double[] b,
      double floor,
      MemorySegment c,
      long co,
      long ldc,
      long second) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c21 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c31 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c41 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c51 = DoubleVector.zero(S);
    DoubleVector c60 = DoubleVector.zero(S);
    DoubleVector c61 = DoubleVector.zero(S);
    DoubleVector c70 = DoubleVector.zero(S);
    DoubleVector c71 = DoubleVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    long r6 = ao + 6 * aRow;
    long r7 = ao + 7 * aRow;
    for (int k = 0; k < depth; k++) {
      long q = (long) k * Double.BYTES;
      DoubleVector b0 = DoubleVector.fromArray(S, b, k * 2 * L);
      DoubleVector b1 = DoubleVector.fromArray(S, b, k * 2 * L + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r5 + q));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      DoubleVector a6 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r6 + q));
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      DoubleVector a7 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r7 + q));
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    DoubleVector low = DoubleVector.broadcast(S, floor);
    DoubleVector bias0 = DoubleVector.fromArray(S, b, depth * 2 * L);
    DoubleVector bias1 = DoubleVector.fromArray(S, b, depth * 2 * L + L);
    c00.add(bias0).max(low).intoMemorySegment(c, co, ORDER);
    c01.add(bias1).max(low).intoMemorySegment(c, co + second, ORDER);
    c10.add(bias0).max(low).intoMemorySegment(c, co + ldc, ORDER);
    c11.add(bias1).max(low).intoMemorySegment(c, co + ldc + second, ORDER);
    c20.add(bias0).max(low).intoMemorySegment(c, co + 2 * ldc, ORDER);
    c21.add(bias1).max(low).intoMemorySegment(c, co + 2 * ldc + second, ORDER);
    c30.add(bias0).max(low).intoMemorySegment(c, co + 3 * ldc, ORDER);
    c31.add(bias1).max(low).intoMemorySegment(c, co + 3 * ldc + second, ORDER);
    c40.add(bias0).max(low).intoMemorySegment(c, co + 4 * ldc, ORDER);
    c41.add(bias1).max(low).intoMemorySegment(c, co + 4 * ldc + second, ORDER);
    c50.add(bias0).max(low).intoMemorySegment(c, co + 5 * ldc, ORDER);
    c51.add(bias1).max(low).intoMemorySegment(c, co + 5 * ldc + second, ORDER);
    c60.add(bias0).max(low).intoMemorySegment(c, co + 6 * ldc, ORDER);
    c61.add(bias1).max(low).intoMemorySegment(c, co + 6 * ldc + second, ORDER);
    c70.add(bias0).max(low).intoMemorySegment(c, co + 7 * ldc, ORDER);
    c71.add(bias1).max(low).intoMemorySegment(c, co + 7 * ldc + second, ORDER);
  }
}
