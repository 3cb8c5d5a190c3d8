package dev.merapi.kernel.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.merapi.device.Workers;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Convolutions and their gradients against seven naive loops in double precision.
class ConvTest {
  /// Makes geometries of odd sizes; every size that can matter alone takes its extremes somewhere.
  static List<ConvGeometry> geometries(boolean depthwise) {
    List<ConvGeometry> all = new ArrayList<>();
    Random random = new Random(11);
    for (int i = 0; i < 60; i++) {
      int rank = 1 + i % 3;
      int groups = depthwise ? 1 + random.nextInt(20) : i % 5 == 0 ? 1 + random.nextInt(3) : 1;
      int inC = depthwise ? groups : groups * (1 + random.nextInt(i % 4 == 0 ? 40 : 7));
      int outC = groups * (1 + random.nextInt(depthwise ? 3 : i % 7 == 0 ? 140 : 20));
      int[][] axes = new int[3][];
      for (int axis = 0; axis < 3; axis++) {
        boolean used = axis >= 3 - rank;
        int in = used ? 1 + random.nextInt(12) : 1;
        int k = used ? 1 + random.nextInt(4) : 1;
        int stride = used ? 1 + random.nextInt(3) : 1;
        int dil = used && random.nextInt(3) == 0 ? 2 : 1;
        int before = used ? random.nextInt(3) : 0;
        int after = used ? random.nextInt(3) : 0;
        int reach = (k - 1) * dil + 1;
        if (in + before + after < reach) {
          after = reach - in - before;
        }
        int out = (in + before + after - reach) / stride + 1;
        axes[axis] = new int[] {in, k, out, stride, dil, before};
      }
      int[] d = axes[0];
      int[] h = axes[1];
      int[] w = axes[2];
      all.add(
          new ConvGeometry(
              1 + random.nextInt(4),
              d[0],
              h[0],
              w[0],
              inC,
              d[1],
              h[1],
              w[1],
              outC,
              d[2],
              h[2],
              w[2],
              d[3],
              h[3],
              w[3],
              d[4],
              h[4],
              w[4],
              d[5],
              h[5],
              w[5],
              groups));
    }
    if (!depthwise) {
      all.add(ConvGeometry.of2D(3, 28, 28, 1, 5, 5, 32, 28, 28, 1, 2, 2));
      all.add(ConvGeometry.of2D(2, 14, 14, 32, 5, 5, 64, 14, 14, 1, 2, 2));
      all.add(ConvGeometry.of2D(2, 9, 7, 20, 1, 1, 33, 9, 7, 1, 0, 0));
      all.add(ConvGeometry.of2D(1, 90, 90, 16, 3, 3, 8, 45, 45, 2, 0, 0));
    } else {
      all.add(
          new ConvGeometry(
              2, 1, 60, 60, 70, 1, 3, 3, 70, 1, 60, 60, 1, 1, 1, 1, 1, 1, 0, 1, 1, 70));
    }
    return all;
  }

  /// Calls `visit` for every product that a convolution adds up, with flat positions in x, filter
  /// and y.
  static void products(ConvGeometry g, boolean depthwise, Products visit) {
    int gi = g.groupInC();
    int go = g.groupOutC();
    for (int n = 0; n < g.batch(); n++) {
      for (int od = 0; od < g.outD(); od++) {
        for (int oh = 0; oh < g.outH(); oh++) {
          for (int ow = 0; ow < g.outW(); ow++) {
            for (int kd = 0; kd < g.kD(); kd++) {
              for (int kh = 0; kh < g.kH(); kh++) {
                for (int kw = 0; kw < g.kW(); kw++) {
                  int d = od * g.strideD() + kd * g.dilD() - g.padD();
                  int h = oh * g.strideH() + kh * g.dilH() - g.padH();
                  int w = ow * g.strideW() + kw * g.dilW() - g.padW();
                  if (d < 0 || d >= g.inD() || h < 0 || h >= g.inH() || w < 0 || w >= g.inW()) {
                    continue;
                  }
                  int xp = (((n * g.inD() + d) * g.inH() + h) * g.inW() + w) * g.inC();
                  int yp = (((n * g.outD() + od) * g.outH() + oh) * g.outW() + ow) * g.outC();
                  int tap = (kd * g.kH() + kh) * g.kW() + kw;
                  for (int o = 0; o < g.outC(); o++) {
                    for (int i = 0; i < gi; i++) {
                      int f = depthwise ? tap * g.outC() + o : (tap * gi + i) * g.outC() + o;
                      visit.add(xp + o / go * gi + i, f, yp + o);
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  interface Products {
    void add(int x, int f, int y);
  }

  @Test
  void denseEqualsNaiveLoops() {
    for (ConvGeometry g : geometries(false)) {
      check(g, false, false);
      check(g, false, true);
    }
  }

  @Test
  void depthwiseEqualsNaiveLoops() {
    for (ConvGeometry g : geometries(true)) {
      check(g, true, false);
      check(g, true, true);
    }
  }

  private static int xSize(ConvGeometry g) {
    return g.batch() * g.inD() * g.inH() * g.inW() * g.inC();
  }

  private static int ySize(ConvGeometry g) {
    return g.batch() * g.outD() * g.outH() * g.outW() * g.outC();
  }

  private static int fSize(ConvGeometry g, boolean depthwise) {
    return g.kD() * g.kH() * g.kW() * (depthwise ? 1 : g.groupInC()) * g.outC();
  }

  private static void check(ConvGeometry g, boolean depthwise, boolean f64) {
    Random random = new Random(7);
    try (Arena arena = Arena.ofShared()) {
      Native x = Native.random(arena, f64, xSize(g), random);
      Native f = Native.random(arena, f64, fSize(g, depthwise), random);
      Native y = Native.random(arena, f64, ySize(g), random);
      double[] xv = x.values();
      double[] fv = f.values();
      double[] dyv = y.values();
      double[][] sum = {new double[ySize(g)], new double[xSize(g)], new double[fv.length]};
      double[][] abs = {new double[ySize(g)], new double[xSize(g)], new double[fv.length]};
      products(
          g,
          depthwise,
          (xi, fi, yi) -> {
            sum[0][yi] += xv[xi] * fv[fi];
            abs[0][yi] += Math.abs(xv[xi] * fv[fi]);
            sum[1][xi] += dyv[yi] * fv[fi];
            abs[1][xi] += Math.abs(dyv[yi] * fv[fi]);
            sum[2][fi] += dyv[yi] * xv[xi];
            abs[2][fi] += Math.abs(dyv[yi] * xv[xi]);
          });
      String what = g + (depthwise ? " depthwise" : "") + (f64 ? " f64" : " f32");
      Native out = new Native(arena, f64, ySize(g));
      run(0, g, depthwise, x, f, out);
      out.check("forward " + what, sum[0], abs[0], 40);
      Native dx = Native.random(arena, f64, xSize(g), random);
      run(1, g, depthwise, y, f, dx);
      dx.check("data gradient " + what, sum[1], abs[1], 40);
      Native df = Native.random(arena, f64, fSize(g, depthwise), random);
      run(2, g, depthwise, x, y, df);
      df.check("filter gradient " + what, sum[2], abs[2], 60);
    }
  }

  private static void run(
      int way, ConvGeometry g, boolean depthwise, Native a, Native b, Native c) {
    switch (way * 4 + (depthwise ? 2 : 0) + (c.f64 ? 1 : 0)) {
      case 0 -> Conv.forwardF32(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 1 -> Conv.forwardF64(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 2 ->
          Conv.depthwiseForwardF32(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 3 ->
          Conv.depthwiseForwardF64(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 4 -> Conv.dataGradF32(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 5 -> Conv.dataGradF64(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 6 ->
          Conv.depthwiseDataGradF32(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 7 ->
          Conv.depthwiseDataGradF64(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 8 -> Conv.filterGradF32(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 9 -> Conv.filterGradF64(g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      case 10 ->
          Conv.depthwiseFilterGradF32(
              g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
      default ->
          Conv.depthwiseFilterGradF64(
              g, a.segment, a.off(), b.segment, b.off(), c.segment, c.off());
    }
  }

  @Test
  void bitsDoNotDependOnThreads() {
    ConvGeometry dense = ConvGeometry.of2D(9, 14, 14, 32, 5, 5, 64, 14, 14, 1, 2, 2);
    ConvGeometry wide =
        new ConvGeometry(5, 1, 40, 40, 48, 1, 3, 3, 96, 1, 40, 40, 1, 1, 1, 1, 1, 1, 0, 1, 1, 48);
    int before = Workers.threads();
    Random random = new Random(2);
    try (Arena arena = Arena.ofShared()) {
      for (ConvGeometry g : List.of(dense, wide)) {
        boolean depthwise = g == wide;
        Native x = Native.random(arena, false, xSize(g), random);
        Native f = Native.random(arena, false, fSize(g, depthwise), random);
        Native dy = Native.random(arena, false, ySize(g), random);
        double[][] first = new double[3][];
        for (int threads = 1; threads <= 3; threads++) {
          Workers.setThreads(threads);
          for (int way = 0; way < 3; way++) {
            Native c =
                new Native(
                    arena, false, way == 0 ? ySize(g) : way == 1 ? xSize(g) : fSize(g, depthwise));
            run(way, g, depthwise, way == 1 ? dy : x, way == 2 ? dy : f, c);
            if (first[way] == null) {
              first[way] = c.values();
            }
            assertArrayEquals(first[way], c.values(), "way " + way + " threads " + threads);
          }
        }
      }
    } finally {
      Workers.setThreads(before);
    }
  }
}
