package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.vector.VectorTileF32.L;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.ORDER;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.S;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT_UNALIGNED;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;

/// Register blocks of products with so few columns that one or two vectors hold them; see
/// [dev.merapi.kernel.cpu.TileF32#thin].
///
/// Rows of A and C lie in native memory, positions and distances in bytes. The few columns of B are
/// packed on the heap as rows of one or two vectors, so that positions are constant multiples of
/// the step and range checks leave the loop; what is added to the sums (the bias) follows as one
/// more row.
final class VectorThinF32 {
  /// Rows of a block: with two vectors, sums for both multipliers to be busy.
  static final int ROWS = 8;

  private VectorThinF32() {}

  static void block8x1(
      int depth,
      MemorySegment a,
      long ao,
      long aRow,
      float[] b,
      float floor,
      MemorySegment c,
      long co,
      long ldc) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    FloatVector c60 = FloatVector.zero(S);
    FloatVector c70 = FloatVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    long r6 = ao + 6 * aRow;
    long r7 = ao + 7 * aRow;
    for (int k = 0; k < depth; k++) {
      long q = (long) k * Float.BYTES;
      FloatVector b0 = FloatVector.fromArray(S, b, k * L);
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
      FloatVector a6 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r6 + q));
      c60 = a6.fma(b0, c60);
      FloatVector a7 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r7 + q));
      c70 = a7.fma(b0, c70);
    }
    FloatVector low = FloatVector.broadcast(S, floor);
    FloatVector bias0 = FloatVector.fromArray(S, b, depth * L);
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
      float[] b,
      float floor,
      MemorySegment c,
      long co,
      long ldc,
      long second) {
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
    FloatVector c60 = FloatVector.zero(S);
    FloatVector c61 = FloatVector.zero(S);
    FloatVector c70 = FloatVector.zero(S);
    FloatVector c71 = FloatVector.zero(S);
    long r1 = ao + aRow;
    long r2 = ao + 2 * aRow;
    long r3 = ao + 3 * aRow;
    long r4 = ao + 4 * aRow;
    long r5 = ao + 5 * aRow;
    long r6 = ao + 6 * aRow;
    long r7 = ao + 7 * aRow;
    for (int k = 0; k < depth; k++) {
      long q = (long) k * Float.BYTES;
      FloatVector b0 = FloatVector.fromArray(S, b, k * 2 * L);
      FloatVector b1 = FloatVector.fromArray(S, b, k * 2 * L + L);
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
      FloatVector a6 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r6 + q));
      c60 = a6.fma(b0, c60);
      c61 = a6.fma(b1, c61);
      FloatVector a7 = FloatVector.broadcast(S, a.get(JAVA_FLOAT_UNALIGNED, r7 + q));
      c70 = a7.fma(b0, c70);
      c71 = a7.fma(b1, c71);
    }
    FloatVector low = FloatVector.broadcast(S, floor);
    FloatVector bias0 = FloatVector.fromArray(S, b, depth * 2 * L);
    FloatVector bias1 = FloatVector.fromArray(S, b, depth * 2 * L + L);
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
