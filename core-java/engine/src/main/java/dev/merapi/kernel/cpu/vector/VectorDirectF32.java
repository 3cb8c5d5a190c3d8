package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.vector.VectorTileF32.BYTES;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.ORDER;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.S;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// Register blocks whose operands and result all lie in native memory; see [TileF32#direct].
///
/// `blockRxV` keeps R rows of V vectors in registers. Positions and distances count bytes: `aRow`
/// and `aStep` are the distances of rows and of steps of k in `a`.
final class VectorDirectF32 {
  private VectorDirectF32() {}

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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c03 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c13 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    FloatVector c23 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c32 = FloatVector.zero(S);
    FloatVector c33 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = FloatVector.zero(S);
    FloatVector c42 = FloatVector.zero(S);
    FloatVector c43 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = FloatVector.zero(S);
    FloatVector c52 = FloatVector.zero(S);
    FloatVector c53 = FloatVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, p, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, p + BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(S, b, p + 2 * BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(S, b, p + 3 * BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r5 + q));
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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c32 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = FloatVector.zero(S);
    FloatVector c42 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = FloatVector.zero(S);
    FloatVector c52 = FloatVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, p, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, p + BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(S, b, p + 2 * BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      FloatVector a1 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      FloatVector a2 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      FloatVector a3 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      FloatVector a4 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      FloatVector a5 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r5 + q));
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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c41 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c51 = FloatVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, p, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, p + BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r5 + q));
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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, p, ORDER);
      FloatVector a0 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r3 + q));
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r4 + q));
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r5 + q));
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
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c03 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c13 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c21 = FloatVector.zero(S);
    FloatVector c22 = FloatVector.zero(S);
    FloatVector c23 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c31 = FloatVector.zero(S);
    FloatVector c32 = FloatVector.zero(S);
    FloatVector c33 = FloatVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    for (int k = 0; k < depth; k++) {
      long p = bo + k * ldb;
      long q = k * aStep;
      FloatVector b0 = FloatVector.fromMemorySegment(S, b, p, ORDER);
      FloatVector b1 = FloatVector.fromMemorySegment(S, b, p + BYTES, ORDER);
      FloatVector b2 = FloatVector.fromMemorySegment(S, b, p + 2 * BYTES, ORDER);
      FloatVector b3 = FloatVector.fromMemorySegment(S, b, p + 3 * BYTES, ORDER);
      FloatVector a0 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, ao + q));
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r1 + q));
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r2 + q));
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r3 + q));
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
