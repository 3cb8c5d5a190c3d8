package dev.merapi.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Maxima and means of windows, and their gradients, against naive loops.
class PoolingTest {
  private static ConvGeometry channels(ConvGeometry g, int c) {
    return new ConvGeometry(
        g.batch(),
        g.inD(),
        g.inH(),
        g.inW(),
        c,
        g.kD(),
        g.kH(),
        g.kW(),
        c,
        g.outD(),
        g.outH(),
        g.outW(),
        g.strideD(),
        g.strideH(),
        g.strideW(),
        g.dilD(),
        g.dilH(),
        g.dilW(),
        g.padD(),
        g.padH(),
        g.padW(),
        1);
  }

  /// Takes those geometries in which every window meets an input.
  private static List<ConvGeometry> geometries() {
    List<ConvGeometry> all = new ArrayList<>();
    int[] widths = {1, 3, 16, 17, 40, 70};
    for (ConvGeometry c : ConvTest.geometries(false)) {
      ConvGeometry g = channels(c, widths[all.size() % widths.length]);
      boolean[] met = new boolean[g.batch() * g.outD() * g.outH() * g.outW()];
      ConvTest.products(channels(c, 1), false, (x, f, y) -> met[y] = true);
      boolean every = true;
      for (boolean b : met) {
        every &= b;
      }
      if (every) {
        all.add(g);
      }
    }
    all.add(channels(ConvGeometry.of2D(3, 28, 28, 1, 2, 2, 1, 14, 14, 2, 0, 0), 32));
    all.add(channels(ConvGeometry.of2D(2, 70, 70, 1, 3, 3, 1, 35, 35, 2, 0, 0), 50));
    return all;
  }

  @Test
  void equalsNaiveLoops() {
    List<ConvGeometry> all = geometries();
    assertTrue(all.size() > 20, "too few geometries are left");
    for (ConvGeometry g : all) {
      check(g, false);
      check(g, true);
    }
  }

  private static void check(ConvGeometry g, boolean f64) {
    Random random = new Random(3);
    int c = g.inC();
    ConvGeometry one = channels(g, 1);
    int inPixels = g.batch() * g.inD() * g.inH() * g.inW();
    int outPixels = g.batch() * g.outD() * g.outH() * g.outW();
    try (Arena arena = Arena.ofShared()) {
      Native x = new Native(arena, f64, inPixels * c);
      for (int i = 0; i < x.size; i++) {
        x.set(i, random.nextInt(9) - 4); // few values, so that windows have several maxima
      }
      Native dy = Native.random(arena, f64, outPixels * c, random);
      double[] max = new double[dy.size];
      int[] maxAt = new int[dy.size];
      double[] sum = new double[dy.size];
      double[] abs = new double[dy.size];
      int[] count = new int[outPixels];
      Arrays.fill(max, Double.NEGATIVE_INFINITY);
      ConvTest.products(
          one,
          false,
          (xi, fi, yi) -> {
            count[yi]++;
            for (int q = 0; q < c; q++) {
              double v = x.get(xi * c + q);
              sum[yi * c + q] += v;
              abs[yi * c + q] += Math.abs(v);
              if (v > max[yi * c + q]) {
                max[yi * c + q] = v;
                maxAt[yi * c + q] = xi * c + q;
              }
            }
          });
      double[] dxMax = new double[x.size];
      double[] dxMaxAbs = new double[x.size];
      double[] dxMean = new double[x.size];
      double[] dxMeanAbs = new double[x.size];
      for (int i = 0; i < dy.size; i++) {
        dxMax[maxAt[i]] += dy.get(i);
        dxMaxAbs[maxAt[i]] += Math.abs(dy.get(i));
        sum[i] /= count[i / c];
        abs[i] /= count[i / c];
      }
      ConvTest.products(
          one,
          false,
          (xi, fi, yi) -> {
            for (int q = 0; q < c; q++) {
              double v = dy.get(yi * c + q) / count[yi];
              dxMean[xi * c + q] += v;
              dxMeanAbs[xi * c + q] += Math.abs(v);
            }
          });
      Native y = new Native(arena, f64, dy.size);
      Native dx = new Native(arena, f64, x.size);
      if (f64) {
        Pooling.maxF64(g, x.segment, x.off(), y.segment, y.off());
      } else {
        Pooling.maxF32(g, x.segment, x.off(), y.segment, y.off());
      }
      y.check("max " + g, max, abs, 0);
      if (f64) {
        Pooling.meanF64(g, x.segment, x.off(), y.segment, y.off());
      } else {
        Pooling.meanF32(g, x.segment, x.off(), y.segment, y.off());
      }
      y.check("mean " + g, sum, abs, 4);
      if (f64) {
        Pooling.maxGradF64(g, x.segment, x.off(), dy.segment, dy.off(), dx.segment, dx.off());
      } else {
        Pooling.maxGradF32(g, x.segment, x.off(), dy.segment, dy.off(), dx.segment, dx.off());
      }
      dx.check("max gradient " + g, dxMax, dxMaxAbs, 8);
      if (f64) {
        Pooling.meanGradF64(g, dy.segment, dy.off(), dx.segment, dx.off());
      } else {
        Pooling.meanGradF32(g, dy.segment, dy.off(), dx.segment, dx.off());
      }
      dx.check("mean gradient " + g, dxMean, dxMeanAbs, 12);
    }
  }

  @Test
  void nanIsTheMaximumAndTakesTheGradient() {
    int c = 19;
    ConvGeometry g = channels(ConvGeometry.of2D(1, 2, 2, 1, 2, 2, 1, 1, 1, 2, 0, 0), c);
    try (Arena arena = Arena.ofShared()) {
      Native x = new Native(arena, false, 4 * c);
      Native dy = new Native(arena, false, c);
      for (int i = 0; i < 4 * c; i++) {
        x.set(i, i / c == 1 || i / c == 2 ? Double.NaN : i);
      }
      for (int i = 0; i < c; i++) {
        dy.set(i, i + 1);
      }
      Native y = new Native(arena, false, c);
      Native dx = new Native(arena, false, 4 * c);
      Pooling.maxF32(g, x.segment, x.off(), y.segment, y.off());
      Pooling.maxGradF32(g, x.segment, x.off(), dy.segment, dy.off(), dx.segment, dx.off());
      double[] nans = new double[c];
      Arrays.fill(nans, Double.NaN);
      assertArrayEquals(nans, y.values());
      double[] expected = new double[4 * c];
      for (int i = 0; i < c; i++) {
        expected[c + i] = i + 1;
      }
      assertArrayEquals(expected, dx.values());
    }
  }
}
