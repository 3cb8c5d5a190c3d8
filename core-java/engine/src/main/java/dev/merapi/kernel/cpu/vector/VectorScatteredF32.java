package dev.merapi.kernel.cpu.vector;

import static dev.merapi.kernel.cpu.vector.VectorTileF32.L;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.S;
import static dev.merapi.kernel.cpu.vector.VectorTileF32.WIDTH;

import jdk.incubator.vector.FloatVector;

/// Register blocks for `a` at listed positions; see [TileF32#scattered].
///
/// `blockRxV` keeps R rows of V vectors in registers. Written out, for the compiler keeps no array
/// in registers.
final class VectorScatteredF32 {
  private VectorScatteredF32() {}

  static void block6x4(
      int depth,
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    int p2 = ao + rowAt[ro + 2];
    int p3 = ao + rowAt[ro + 3];
    int p4 = ao + rowAt[ro + 4];
    int p5 = ao + rowAt[ro + 5];
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
      int q = depthAt[ko + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      FloatVector a0 = FloatVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(S, a[p2 + q]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(S, a[p3 + q]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = FloatVector.broadcast(S, a[p4 + q]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      FloatVector a5 = FloatVector.broadcast(S, a[p5 + q]);
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
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
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
    FloatVector c0_0 = FloatVector.zero(S);
    FloatVector c0_1 = FloatVector.zero(S);
    FloatVector c1_0 = FloatVector.zero(S);
    FloatVector c1_1 = FloatVector.zero(S);
    FloatVector c2_0 = FloatVector.zero(S);
    FloatVector c2_1 = FloatVector.zero(S);
    FloatVector c3_0 = FloatVector.zero(S);
    FloatVector c3_1 = FloatVector.zero(S);
    FloatVector c4_0 = FloatVector.zero(S);
    FloatVector c4_1 = FloatVector.zero(S);
    FloatVector c5_0 = FloatVector.zero(S);
    FloatVector c5_1 = FloatVector.zero(S);
    FloatVector c6_0 = FloatVector.zero(S);
    FloatVector c6_1 = FloatVector.zero(S);
    FloatVector c7_0 = FloatVector.zero(S);
    FloatVector c7_1 = FloatVector.zero(S);
    FloatVector c8_0 = FloatVector.zero(S);
    FloatVector c8_1 = FloatVector.zero(S);
    FloatVector c9_0 = FloatVector.zero(S);
    FloatVector c9_1 = FloatVector.zero(S);
    FloatVector c10_0 = FloatVector.zero(S);
    FloatVector c10_1 = FloatVector.zero(S);
    FloatVector c11_0 = FloatVector.zero(S);
    FloatVector c11_1 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector a0 = FloatVector.broadcast(S, a[p0 + q]);
      c0_0 = a0.fma(b0, c0_0);
      c0_1 = a0.fma(b1, c0_1);
      FloatVector a1 = FloatVector.broadcast(S, a[p1 + q]);
      c1_0 = a1.fma(b0, c1_0);
      c1_1 = a1.fma(b1, c1_1);
      FloatVector a2 = FloatVector.broadcast(S, a[p2 + q]);
      c2_0 = a2.fma(b0, c2_0);
      c2_1 = a2.fma(b1, c2_1);
      FloatVector a3 = FloatVector.broadcast(S, a[p3 + q]);
      c3_0 = a3.fma(b0, c3_0);
      c3_1 = a3.fma(b1, c3_1);
      FloatVector a4 = FloatVector.broadcast(S, a[p4 + q]);
      c4_0 = a4.fma(b0, c4_0);
      c4_1 = a4.fma(b1, c4_1);
      FloatVector a5 = FloatVector.broadcast(S, a[p5 + q]);
      c5_0 = a5.fma(b0, c5_0);
      c5_1 = a5.fma(b1, c5_1);
      FloatVector a6 = FloatVector.broadcast(S, a[p6 + q]);
      c6_0 = a6.fma(b0, c6_0);
      c6_1 = a6.fma(b1, c6_1);
      FloatVector a7 = FloatVector.broadcast(S, a[p7 + q]);
      c7_0 = a7.fma(b0, c7_0);
      c7_1 = a7.fma(b1, c7_1);
      FloatVector a8 = FloatVector.broadcast(S, a[p8 + q]);
      c8_0 = a8.fma(b0, c8_0);
      c8_1 = a8.fma(b1, c8_1);
      FloatVector a9 = FloatVector.broadcast(S, a[p9 + q]);
      c9_0 = a9.fma(b0, c9_0);
      c9_1 = a9.fma(b1, c9_1);
      FloatVector a10 = FloatVector.broadcast(S, a[p10 + q]);
      c10_0 = a10.fma(b0, c10_0);
      c10_1 = a10.fma(b1, c10_1);
      FloatVector a11 = FloatVector.broadcast(S, a[p11 + q]);
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
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    int p2 = ao + rowAt[ro + 2];
    int p3 = ao + rowAt[ro + 3];
    int p4 = ao + rowAt[ro + 4];
    int p5 = ao + rowAt[ro + 5];
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
      int q = depthAt[ko + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector a0 = FloatVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      FloatVector a2 = FloatVector.broadcast(S, a[p2 + q]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      FloatVector a3 = FloatVector.broadcast(S, a[p3 + q]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      FloatVector a4 = FloatVector.broadcast(S, a[p4 + q]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      FloatVector a5 = FloatVector.broadcast(S, a[p5 + q]);
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
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    int p2 = ao + rowAt[ro + 2];
    int p3 = ao + rowAt[ro + 3];
    int p4 = ao + rowAt[ro + 4];
    int p5 = ao + rowAt[ro + 5];
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c20 = FloatVector.zero(S);
    FloatVector c30 = FloatVector.zero(S);
    FloatVector c40 = FloatVector.zero(S);
    FloatVector c50 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector a0 = FloatVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
      FloatVector a2 = FloatVector.broadcast(S, a[p2 + q]);
      c20 = a2.fma(b0, c20);
      FloatVector a3 = FloatVector.broadcast(S, a[p3 + q]);
      c30 = a3.fma(b0, c30);
      FloatVector a4 = FloatVector.broadcast(S, a[p4 + q]);
      c40 = a4.fma(b0, c40);
      FloatVector a5 = FloatVector.broadcast(S, a[p5 + q]);
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
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c02 = FloatVector.zero(S);
    FloatVector c03 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    FloatVector c12 = FloatVector.zero(S);
    FloatVector c13 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector b2 = FloatVector.fromArray(S, b, bo + k * WIDTH + 2 * L);
      FloatVector b3 = FloatVector.fromArray(S, b, bo + k * WIDTH + 3 * L);
      FloatVector a0 = FloatVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(S, a[p1 + q]);
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
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c01 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    FloatVector c11 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector b1 = FloatVector.fromArray(S, b, bo + k * WIDTH + L);
      FloatVector a0 = FloatVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      FloatVector a1 = FloatVector.broadcast(S, a[p1 + q]);
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
      float[] a,
      int ao,
      int[] rowAt,
      int ro,
      int[] depthAt,
      int ko,
      float[] b,
      int bo,
      float[] c) {
    int p0 = ao + rowAt[ro];
    int p1 = ao + rowAt[ro + 1];
    FloatVector c00 = FloatVector.zero(S);
    FloatVector c10 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int q = depthAt[ko + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bo + k * WIDTH);
      FloatVector a0 = FloatVector.broadcast(S, a[p0 + q]);
      c00 = a0.fma(b0, c00);
      FloatVector a1 = FloatVector.broadcast(S, a[p1 + q]);
      c10 = a1.fma(b0, c10);
    }
    c00.intoArray(c, 0);
    c10.intoArray(c, WIDTH);
  }
}
