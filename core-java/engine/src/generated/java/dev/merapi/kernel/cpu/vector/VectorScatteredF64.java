// Derived from VectorScatteredF32.java by TwinsTest (-Dmerapi.derive=true): do not edit.
package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.vector.VectorTileF64.L;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.S;
import static dev.merapi.kernel.cpu.vector.VectorTileF64.WIDTH;

import jdk.incubator.vector.DoubleVector;

/// Register blocks for `a` at listed positions; see [TileF64#scattered].
///
/// `blockRxV` keeps R rows of V vectors in registers. Written out, for the compiler keeps no array
/// in registers.
final class VectorScatteredF64 {
  private VectorScatteredF64() {}

  static void block6x4(
      int depth,
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    int p2 = ao + rowAt[ro + 2];
    int p3 = ao + rowAt[ro + 3];
    int p4 = ao + rowAt[ro + 4];
    int p5 = ao + rowAt[ro + 5];
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
      int q = depthAt[ko + k];
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector b2 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      DoubleVector b3 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      DoubleVector a1 = DoubleVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      DoubleVector a2 = DoubleVector.broadcast(S, a[p2 + q]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      DoubleVector a3 = DoubleVector.broadcast(S, a[p3 + q]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      DoubleVector a4 = DoubleVector.broadcast(S, a[p4 + q]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      DoubleVector a5 = DoubleVector.broadcast(S, a[p5 + q]);
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

  static void block12x2(
      int depth,
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    int p2 = ao + rowAt[ro + 2];
    int p3 = ao + rowAt[ro + 3];
    int p4 = ao + rowAt[ro + 4];
    int p5 = ao + rowAt[ro + 5];
    int p6 = ao + rowAt[ro + 6];
    int p7 = ao + rowAt[ro + 7];
    int p8 = ao + rowAt[ro + 8];
    int p9 = ao + rowAt[ro + 9];
    int p10 = ao + rowAt[ro + 10];
    int p11 = ao + rowAt[ro + 11];
    DoubleVector c0_0 = DoubleVector.zero(S);
    DoubleVector c0_1 = DoubleVector.zero(S);
    DoubleVector c1_0 = DoubleVector.zero(S);
    DoubleVector c1_1 = DoubleVector.zero(S);
    DoubleVector c2_0 = DoubleVector.zero(S);
    DoubleVector c2_1 = DoubleVector.zero(S);
    DoubleVector c3_0 = DoubleVector.zero(S);
    DoubleVector c3_1 = DoubleVector.zero(S);
    DoubleVector c4_0 = DoubleVector.zero(S);
    DoubleVector c4_1 = DoubleVector.zero(S);
    DoubleVector c5_0 = DoubleVector.zero(S);
    DoubleVector c5_1 = DoubleVector.zero(S);
    DoubleVector c6_0 = DoubleVector.zero(S);
    DoubleVector c6_1 = DoubleVector.zero(S);
    DoubleVector c7_0 = DoubleVector.zero(S);
    DoubleVector c7_1 = DoubleVector.zero(S);
    DoubleVector c8_0 = DoubleVector.zero(S);
    DoubleVector c8_1 = DoubleVector.zero(S);
    DoubleVector c9_0 = DoubleVector.zero(S);
    DoubleVector c9_1 = DoubleVector.zero(S);
    DoubleVector c10_0 = DoubleVector.zero(S);
    DoubleVector c10_1 = DoubleVector.zero(S);
    DoubleVector c11_0 = DoubleVector.zero(S);
    DoubleVector c11_1 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[p0 + q]);
      c0_0 = a0.fma(b0, c0_0);
      c0_1 = a0.fma(b1, c0_1);
      DoubleVector a1 = DoubleVector.broadcast(S, a[p1 + q]);
      c1_0 = a1.fma(b0, c1_0);
      c1_1 = a1.fma(b1, c1_1);
      DoubleVector a2 = DoubleVector.broadcast(S, a[p2 + q]);
      c2_0 = a2.fma(b0, c2_0);
      c2_1 = a2.fma(b1, c2_1);
      DoubleVector a3 = DoubleVector.broadcast(S, a[p3 + q]);
      c3_0 = a3.fma(b0, c3_0);
      c3_1 = a3.fma(b1, c3_1);
      DoubleVector a4 = DoubleVector.broadcast(S, a[p4 + q]);
      c4_0 = a4.fma(b0, c4_0);
      c4_1 = a4.fma(b1, c4_1);
      DoubleVector a5 = DoubleVector.broadcast(S, a[p5 + q]);
      c5_0 = a5.fma(b0, c5_0);
      c5_1 = a5.fma(b1, c5_1);
      DoubleVector a6 = DoubleVector.broadcast(S, a[p6 + q]);
      c6_0 = a6.fma(b0, c6_0);
      c6_1 = a6.fma(b1, c6_1);
      DoubleVector a7 = DoubleVector.broadcast(S, a[p7 + q]);
      c7_0 = a7.fma(b0, c7_0);
      c7_1 = a7.fma(b1, c7_1);
      DoubleVector a8 = DoubleVector.broadcast(S, a[p8 + q]);
      c8_0 = a8.fma(b0, c8_0);
      c8_1 = a8.fma(b1, c8_1);
      DoubleVector a9 = DoubleVector.broadcast(S, a[p9 + q]);
      c9_0 = a9.fma(b0, c9_0);
      c9_1 = a9.fma(b1, c9_1);
      DoubleVector a10 = DoubleVector.broadcast(S, a[p10 + q]);
      c10_0 = a10.fma(b0, c10_0);
      c10_1 = a10.fma(b1, c10_1);
      DoubleVector a11 = DoubleVector.broadcast(S, a[p11 + q]);
      c11_0 = a11.fma(b0, c11_0);
      c11_1 = a11.fma(b1, c11_1);
    }
    c0_0.intoArray(c, 0);
    c0_1.intoArray(c, L);
    c1_0.intoArray(c, WIDTH);
    c1_1.intoArray(c, WIDTH + L);
    c2_0.intoArray(c, 2 * WIDTH);
    c2_1.intoArray(c, 2 * WIDTH + L);
    c3_0.intoArray(c, 3 * WIDTH);
    c3_1.intoArray(c, 3 * WIDTH + L);
    c4_0.intoArray(c, 4 * WIDTH);
    c4_1.intoArray(c, 4 * WIDTH + L);
    c5_0.intoArray(c, 5 * WIDTH);
    c5_1.intoArray(c, 5 * WIDTH + L);
    c6_0.intoArray(c, 6 * WIDTH);
    c6_1.intoArray(c, 6 * WIDTH + L);
    c7_0.intoArray(c, 7 * WIDTH);
    c7_1.intoArray(c, 7 * WIDTH + L);
    c8_0.intoArray(c, 8 * WIDTH);
    c8_1.intoArray(c, 8 * WIDTH + L);
    c9_0.intoArray(c, 9 * WIDTH);
    c9_1.intoArray(c, 9 * WIDTH + L);
    c10_0.intoArray(c, 10 * WIDTH);
    c10_1.intoArray(c, 10 * WIDTH + L);
    c11_0.intoArray(c, 11 * WIDTH);
    c11_1.intoArray(c, 11 * WIDTH + L);
  }

  static void block6x2(
      int depth,
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    int p2 = ao + rowAt[ro + 2];
    int p3 = ao + rowAt[ro + 3];
    int p4 = ao + rowAt[ro + 4];
    int p5 = ao + rowAt[ro + 5];
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
      int q = depthAt[ko + k];
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      DoubleVector a2 = DoubleVector.broadcast(S, a[p2 + q]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      DoubleVector a3 = DoubleVector.broadcast(S, a[p3 + q]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      DoubleVector a4 = DoubleVector.broadcast(S, a[p4 + q]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      DoubleVector a5 = DoubleVector.broadcast(S, a[p5 + q]);
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

  static void block6x1(
      int depth,
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    int p2 = ao + rowAt[ro + 2];
    int p3 = ao + rowAt[ro + 3];
    int p4 = ao + rowAt[ro + 4];
    int p5 = ao + rowAt[ro + 5];
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c20 = DoubleVector.zero(S);
    DoubleVector c30 = DoubleVector.zero(S);
    DoubleVector c40 = DoubleVector.zero(S);
    DoubleVector c50 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector a0 = DoubleVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
      DoubleVector a2 = DoubleVector.broadcast(S, a[p2 + q]);
      c20 = a2.fma(b0, c20);
      DoubleVector a3 = DoubleVector.broadcast(S, a[p3 + q]);
      c30 = a3.fma(b0, c30);
      DoubleVector a4 = DoubleVector.broadcast(S, a[p4 + q]);
      c40 = a4.fma(b0, c40);
      DoubleVector a5 = DoubleVector.broadcast(S, a[p5 + q]);
      c50 = a5.fma(b0, c50);
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, WIDTH);
    c20.intoArray(c, 2 * WIDTH);
    c30.intoArray(c, 3 * WIDTH);
    c40.intoArray(c, 4 * WIDTH);
    c50.intoArray(c, 5 * WIDTH);
  }

  static void block2x4(
      int depth,
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c02 = DoubleVector.zero(S);
    DoubleVector c03 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    DoubleVector c12 = DoubleVector.zero(S);
    DoubleVector c13 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector b2 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      DoubleVector b3 = DoubleVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      DoubleVector a1 = DoubleVector.broadcast(S, a[p1 + q]);
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

  static void block2x2(
      int depth,
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c01 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    DoubleVector c11 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector b1 = DoubleVector.fromArray(S, b, bo + k * WIDTH + L);
      DoubleVector a0 = DoubleVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      DoubleVector a1 = DoubleVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
    }
    c00.intoArray(c, 0);
    c01.intoArray(c, L);
    c10.intoArray(c, WIDTH);
    c11.intoArray(c, WIDTH + L);
  }

  static void block2x1(
      int depth,
      double[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      double[] b,
      int bo,
      double[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    DoubleVector c00 = DoubleVector.zero(S);
    DoubleVector c10 = DoubleVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      DoubleVector b0 = DoubleVector.fromArray(S, b, bo + k * WIDTH);
      DoubleVector a0 = DoubleVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      DoubleVector a1 = DoubleVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, WIDTH);
  }
}
