// Derived from VectorColumnsF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.TileF64.COLUMN_STRIDE;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.L;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.S;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.WIDTH;

import jdk.incubator.vector.DoubleVector;

/// Register blocks for `a` with one column after the other; see [TileF64#columnMajor].
///
/// `blockRxV` keeps R rows of V vectors in registers. Written out, for the compiler keeps no array
/// in registers.
final class VectorColumnsF64 {
  private VectorColumnsF64() {}

  static void block6x4(int depth, double[] a, int ao, double[] b, int bo, double[] c) {
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
    for (int k = 0; k < depth; k++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector b2 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      DoubleVector b3 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      DoubleVector a1 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      DoubleVector a2 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      DoubleVector a3 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      DoubleVector a4 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      DoubleVector a5 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 5]);
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

  static void block6x2(int depth, double[] a, int ao, double[] b, int bo, double[] c) {
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
    for (int k = 0; k < depth; k++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 2]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 3]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 4]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 5]);
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

  static void block6x1(int depth, double[] a, int ao, double[] b, int bo, double[] c) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector a0 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 1]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 2]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 3]);
      c30 = a3.fma(b0, c30);
      DoubleVector a4 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 4]);
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 5]);
      c50 = a5.fma(b0, c50);
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, WIDTH);
    c20.intoArray(c, 2 * WIDTH);
    c30.intoArray(c, 3 * WIDTH);
    c40.intoArray(c, 4 * WIDTH);
    c50.intoArray(c, 5 * WIDTH);
  }

  static void block2x4(int depth, double[] a, int ao, double[] b, int bo, double[] c) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c02 = DoubleVector.zero(S);
    DoubleVector c03 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c12 = DoubleVector.zero(S);
    DoubleVector c13 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector b2 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      DoubleVector b3 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      DoubleVector a1 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 1]);
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

  static void block2x2(int depth, double[] a, int ao, double[] b, int bo, double[] c) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 1]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c10.intoArray(c, WIDTH);
    c11.intoArray(c, WIDTH + L);
  }

  static void block2x1(int depth, double[] a, int ao, double[] b, int bo, double[] c) {
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector a0 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(S, a[ao + k * COLUMN_STRIDE + 1]);
      c10 = a1.fma(b0, c10);
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, WIDTH);
  }
}
