// Derived from VectorDirectF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.vector.VectorTileF64.BYTES;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.ORDER;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.S;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE_UNALIGNED;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.DoubleVector;

/// Register blocks whose operands and result all lie in native memory; see [TileF64#direct].
///
/// `blockRxV` keeps R rows of V vectors in registers. Positions and distances count bytes: `aRow`
/// and `aStep` are the distances of rows and of steps of k in `a`.
final class VectorDirectF64 {
  private VectorDirectF64() {}

  static void block6x4(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c02 = DoubleVector.zero(S);
    DoubleVector c03 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c12 = DoubleVector.zero(S);
    DoubleVector c13 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c21 = DoubleVector.zero(S);
    DoubleVector c22 = DoubleVector.zero(S);
    DoubleVector c23 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c31 = DoubleVector.zero(S);
    DoubleVector c32 = DoubleVector.zero(S);
    DoubleVector c33 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c41 = DoubleVector.zero(S);
    DoubleVector c42 = DoubleVector.zero(S);
    DoubleVector c43 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c51 = DoubleVector.zero(S);
    DoubleVector c52 = DoubleVector.zero(S);
    DoubleVector c53 = DoubleVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, b, p, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, b, p + BYTES, ORDER);
      DoubleVector b2 = DoubleVector.fromMemorySegment(S, b, p + 2 * BYTES, ORDER);
      DoubleVector b3 = DoubleVector.fromMemorySegment(S, b, p + 3 * BYTES, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      DoubleVector a1 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      DoubleVector a2 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      DoubleVector a3 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      DoubleVector a4 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      DoubleVector a5 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r5 + q));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      c53 = a5.fma(b3, c53);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + BYTES, ORDER);
    c02.intoMemorySegment(c, co + 2 * BYTES, ORDER);
    c03.intoMemorySegment(c, co + 3 * BYTES, ORDER);
    c10.intoMemorySegment(c, co + ldc, ORDER);
    c11.intoMemorySegment(c, co + ldc + BYTES, ORDER);
    c12.intoMemorySegment(c, co + ldc + 2 * BYTES, ORDER);
    c13.intoMemorySegment(c, co + ldc + 3 * BYTES, ORDER);
    c20.intoMemorySegment(c, co + 2 * ldc, ORDER);
    c21.intoMemorySegment(c, co + 2 * ldc + BYTES, ORDER);
    c22.intoMemorySegment(c, co + 2 * ldc + 2 * BYTES, ORDER);
    c23.intoMemorySegment(c, co + 2 * ldc + 3 * BYTES, ORDER);
    c30.intoMemorySegment(c, co + 3 * ldc, ORDER);
    c31.intoMemorySegment(c, co + 3 * ldc + BYTES, ORDER);
    c32.intoMemorySegment(c, co + 3 * ldc + 2 * BYTES, ORDER);
    c33.intoMemorySegment(c, co + 3 * ldc + 3 * BYTES, ORDER);
    c40.intoMemorySegment(c, co + 4 * ldc, ORDER);
    c41.intoMemorySegment(c, co + 4 * ldc + BYTES, ORDER);
    c42.intoMemorySegment(c, co + 4 * ldc + 2 * BYTES, ORDER);
    c43.intoMemorySegment(c, co + 4 * ldc + 3 * BYTES, ORDER);
    c50.intoMemorySegment(c, co + 5 * ldc, ORDER);
    c51.intoMemorySegment(c, co + 5 * ldc + BYTES, ORDER);
    c52.intoMemorySegment(c, co + 5 * ldc + 2 * BYTES, ORDER);
    c53.intoMemorySegment(c, co + 5 * ldc + 3 * BYTES, ORDER);
  }

  static void block6x3(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c02 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c12 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c21 = DoubleVector.zero(S);
    DoubleVector c22 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c31 = DoubleVector.zero(S);
    DoubleVector c32 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c41 = DoubleVector.zero(S);
    DoubleVector c42 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    DoubleVector c51 = DoubleVector.zero(S);
    DoubleVector c52 = DoubleVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, b, p, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, b, p + BYTES, ORDER);
      DoubleVector b2 = DoubleVector.fromMemorySegment(S, b, p + 2 * BYTES, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      DoubleVector a1 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      DoubleVector a2 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      DoubleVector a3 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      DoubleVector a4 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      DoubleVector a5 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r5 + q));
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + BYTES, ORDER);
    c02.intoMemorySegment(c, co + 2 * BYTES, ORDER);
    c10.intoMemorySegment(c, co + ldc, ORDER);
    c11.intoMemorySegment(c, co + ldc + BYTES, ORDER);
    c12.intoMemorySegment(c, co + ldc + 2 * BYTES, ORDER);
    c20.intoMemorySegment(c, co + 2 * ldc, ORDER);
    c21.intoMemorySegment(c, co + 2 * ldc + BYTES, ORDER);
    c22.intoMemorySegment(c, co + 2 * ldc + 2 * BYTES, ORDER);
    c30.intoMemorySegment(c, co + 3 * ldc, ORDER);
    c31.intoMemorySegment(c, co + 3 * ldc + BYTES, ORDER);
    c32.intoMemorySegment(c, co + 3 * ldc + 2 * BYTES, ORDER);
    c40.intoMemorySegment(c, co + 4 * ldc, ORDER);
    c41.intoMemorySegment(c, co + 4 * ldc + BYTES, ORDER);
    c42.intoMemorySegment(c, co + 4 * ldc + 2 * BYTES, ORDER);
    c50.intoMemorySegment(c, co + 5 * ldc, ORDER);
    c51.intoMemorySegment(c, co + 5 * ldc + BYTES, ORDER);
    c52.intoMemorySegment(c, co + 5 * ldc + 2 * BYTES, ORDER);
  }

  static void block6x2(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc) {
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
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, b, p, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, b, p + BYTES, ORDER);
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
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + BYTES, ORDER);
    c10.intoMemorySegment(c, co + ldc, ORDER);
    c11.intoMemorySegment(c, co + ldc + BYTES, ORDER);
    c20.intoMemorySegment(c, co + 2 * ldc, ORDER);
    c21.intoMemorySegment(c, co + 2 * ldc + BYTES, ORDER);
    c30.intoMemorySegment(c, co + 3 * ldc, ORDER);
    c31.intoMemorySegment(c, co + 3 * ldc + BYTES, ORDER);
    c40.intoMemorySegment(c, co + 4 * ldc, ORDER);
    c41.intoMemorySegment(c, co + 4 * ldc + BYTES, ORDER);
    c50.intoMemorySegment(c, co + 5 * ldc, ORDER);
    c51.intoMemorySegment(c, co + 5 * ldc + BYTES, ORDER);
  }

  static void block6x1(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, b, p, ORDER);
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
    }
    c00.intoMemorySegment(c, co, ORDER);
    c10.intoMemorySegment(c, co + ldc, ORDER);
    c20.intoMemorySegment(c, co + 2 * ldc, ORDER);
    c30.intoMemorySegment(c, co + 3 * ldc, ORDER);
    c40.intoMemorySegment(c, co + 4 * ldc, ORDER);
    c50.intoMemorySegment(c, co + 5 * ldc, ORDER);
  }

  static void block4x4(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      long aStep,
      MemorySegment b,
      long bo,
      long ldb,
      MemorySegment c,
      long co,
      long ldc) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c02 = DoubleVector.zero(S);
    DoubleVector c03 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c12 = DoubleVector.zero(S);
    DoubleVector c13 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c21 = DoubleVector.zero(S);
    DoubleVector c22 = DoubleVector.zero(S);
    DoubleVector c23 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c31 = DoubleVector.zero(S);
    DoubleVector c32 = DoubleVector.zero(S);
    DoubleVector c33 = DoubleVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      DoubleVector b0 = DoubleVector.fromMemorySegment(S, b, p, ORDER);
      DoubleVector b1 = DoubleVector.fromMemorySegment(S, b, p + BYTES, ORDER);
      DoubleVector b2 = DoubleVector.fromMemorySegment(S, b, p + 2 * BYTES, ORDER);
      DoubleVector b3 = DoubleVector.fromMemorySegment(S, b, p + 3 * BYTES, ORDER);
      DoubleVector a0 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      DoubleVector a1 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      DoubleVector a2 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      DoubleVector a3 = DoubleVector.broadcast(S, a.get(JAVA_DOUBLE_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
    }
    c00.intoMemorySegment(c, co, ORDER);
    c01.intoMemorySegment(c, co + BYTES, ORDER);
    c02.intoMemorySegment(c, co + 2 * BYTES, ORDER);
    c03.intoMemorySegment(c, co + 3 * BYTES, ORDER);
    c10.intoMemorySegment(c, co + ldc, ORDER);
    c11.intoMemorySegment(c, co + ldc + BYTES, ORDER);
    c12.intoMemorySegment(c, co + ldc + 2 * BYTES, ORDER);
    c13.intoMemorySegment(c, co + ldc + 3 * BYTES, ORDER);
    c20.intoMemorySegment(c, co + 2 * ldc, ORDER);
    c21.intoMemorySegment(c, co + 2 * ldc + BYTES, ORDER);
    c22.intoMemorySegment(c, co + 2 * ldc + 2 * BYTES, ORDER);
    c23.intoMemorySegment(c, co + 2 * ldc + 3 * BYTES, ORDER);
    c30.intoMemorySegment(c, co + 3 * ldc, ORDER);
    c31.intoMemorySegment(c, co + 3 * ldc + BYTES, ORDER);
    c32.intoMemorySegment(c, co + 3 * ldc + 2 * BYTES, ORDER);
    c33.intoMemorySegment(c, co + 3 * ldc + 3 * BYTES, ORDER);
  }
}
