package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.TileF32.ROW_STRIDE;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.L;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.S;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Register blocks for `a` with one row after the other; see [TileF32#rowMajor].
///
/// `blockRxV` keeps R rows of V vectors in registers. Written out, for the compiler keeps no array
/// in registers.
final class VectorRowsF32 {
  private VectorRowsF32() {}

  static void block6x4(int depth, float[] a, int ao, float[] b, int bo, float[] c) {
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
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + k]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + ROW_STRIDE + k]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + 2 * ROW_STRIDE + k]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + 3 * ROW_STRIDE + k]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = FloatVector.broadcast(S, a[ao + 4 * ROW_STRIDE + k]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = FloatVector.broadcast(S, a[ao + 5 * ROW_STRIDE + k]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
      c52 = a5.fma(b2, c52);
      c53 = a5.fma(b3, c53);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c02.intoArray(c, 2 * L);
    c03.intoArray(c, 3 * L);
    c10.intoArray(c, WIDTH);
    c11.intoArray(c, WIDTH + L);
    c12.intoArray(c, WIDTH + 2 * L);
    c13.intoArray(c, WIDTH + 3 * L);
    c20.intoArray(c, 2 * WIDTH);
    c21.intoArray(c, 2 * WIDTH + L);
    c22.intoArray(c, 2 * WIDTH + 2 * L);
    c23.intoArray(c, 2 * WIDTH + 3 * L);
    c30.intoArray(c, 3 * WIDTH);
    c31.intoArray(c, 3 * WIDTH + L);
    c32.intoArray(c, 3 * WIDTH + 2 * L);
    c33.intoArray(c, 3 * WIDTH + 3 * L);
    c40.intoArray(c, 4 * WIDTH);
    c41.intoArray(c, 4 * WIDTH + L);
    c42.intoArray(c, 4 * WIDTH + 2 * L);
    c43.intoArray(c, 4 * WIDTH + 3 * L);
    c50.intoArray(c, 5 * WIDTH);
    c51.intoArray(c, 5 * WIDTH + L);
    c52.intoArray(c, 5 * WIDTH + 2 * L);
    c53.intoArray(c, 5 * WIDTH + 3 * L);
  }

  static void block6x2(int depth, float[] a, int ao, float[] b, int bo, float[] c) {
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
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + k]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + ROW_STRIDE + k]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + 2 * ROW_STRIDE + k]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + 3 * ROW_STRIDE + k]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(S, a[ao + 4 * ROW_STRIDE + k]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(S, a[ao + 5 * ROW_STRIDE + k]);
      c50 = a5.fma(b0, c50);
      c51 = a5.fma(b1, c51);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c10.intoArray(c, WIDTH);
    c11.intoArray(c, WIDTH + L);
    c20.intoArray(c, 2 * WIDTH);
    c21.intoArray(c, 2 * WIDTH + L);
    c30.intoArray(c, 3 * WIDTH);
    c31.intoArray(c, 3 * WIDTH + L);
    c40.intoArray(c, 4 * WIDTH);
    c41.intoArray(c, 4 * WIDTH + L);
    c50.intoArray(c, 5 * WIDTH);
    c51.intoArray(c, 5 * WIDTH + L);
  }

  static void block6x1(int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + k]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + ROW_STRIDE + k]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(S, a[ao + 2 * ROW_STRIDE + k]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(S, a[ao + 3 * ROW_STRIDE + k]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(S, a[ao + 4 * ROW_STRIDE + k]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(S, a[ao + 5 * ROW_STRIDE + k]);
      c50 = a5.fma(b0, c50);
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, WIDTH);
    c20.intoArray(c, 2 * WIDTH);
    c30.intoArray(c, 3 * WIDTH);
    c40.intoArray(c, 4 * WIDTH);
    c50.intoArray(c, 5 * WIDTH);
  }

  static void block2x4(int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c03 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c13 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + k]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + ROW_STRIDE + k]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c02.intoArray(c, 2 * L);
    c03.intoArray(c, 3 * L);
    c10.intoArray(c, WIDTH);
    c11.intoArray(c, WIDTH + L);
    c12.intoArray(c, WIDTH + 2 * L);
    c13.intoArray(c, WIDTH + 3 * L);
  }

  static void block2x2(int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + k]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + ROW_STRIDE + k]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c10.intoArray(c, WIDTH);
    c11.intoArray(c, WIDTH + L);
  }

  static void block2x1(int depth, float[] a, int ao, float[] b, int bo, float[] c) {
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector a0 = FloatVector.broadcast(S, a[ao + k]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(S, a[ao + ROW_STRIDE + k]);
      c10 = a1.fma(b0, c10);
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, WIDTH);
  }
}
