package dev.merapi.kernel.cpu;

import com.sun.management.ThreadMXBean;
import dev.merapi.device.Workers;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.Random;

/// Once compiled, a kernel makes a few small objects a call: a vector that became an object would
/// show here.
///
/// A program of its own: what the compiler takes into a method depends on all that the JVM has
/// compiled before, and in one that has run thousands of tests some kernels keep making objects.
public final class Allocations {
  private static final long FEW_BYTES = 4096;

  private Allocations() {}

  public static void main(String[] args) {
    Workers.setThreads(1);
    if (args[0].equals("products")) {
      matrixProducts();
    } else {
      convolutionsAndPooling();
    }
  }

  /// Calls `kernel` until a round of calls allocates little, for at most 60 seconds.
  private static void check(String what, Runnable kernel) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long end = System.nanoTime() + 60_000_000_000L;
    long perCall = Long.MAX_VALUE;
    while (perCall > FEW_BYTES && System.nanoTime() < end) {
      long begin = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 50; i++) {
        kernel.run();
      }
      perCall = (threads.getCurrentThreadAllocatedBytes() - begin) / 50;
    }
    System.out.println(what.replace(' ', '-') + " " + perCall);
    if (perCall > FEW_BYTES) {
      throw new AssertionError(what + " allocates " + perCall + " bytes a call");
    }
  }

  private static void matrixProducts() {
    int m = 67;
    int n = 75;
    int k = 300;
    Random random = new Random(1);
    try (Arena arena = Arena.ofShared()) {
      Native a = Native.random(arena, false, m * k, random);
      Native b = Native.random(arena, false, k * n, random);
      Native c = Native.random(arena, false, m * n, random);
      Native a64 = Native.random(arena, true, m * k, random);
      Native b64 = Native.random(arena, true, k * n, random);
      Native c64 = Native.random(arena, true, m * n, random);
      for (int flags = 0; flags < 8; flags++) {
        boolean ta = (flags & 1) != 0;
        boolean tb = (flags & 2) != 0;
        boolean accumulate = (flags & 4) != 0;
        check(
            "gemm " + ta + tb + accumulate,
            () -> {
              Gemm.f32(
                  ta,
                  tb,
                  m,
                  n,
                  k,
                  a.segment,
                  1,
                  ta ? m : k,
                  b.segment,
                  1,
                  tb ? k : n,
                  c.segment,
                  1,
                  n,
                  accumulate);
              Gemm.f64(
                  ta,
                  tb,
                  m,
                  n,
                  k,
                  a64.segment,
                  1,
                  ta ? m : k,
                  b64.segment,
                  1,
                  tb ? k : n,
                  c64.segment,
                  1,
                  n,
                  accumulate);
              Gemm.f32(
                  ta,
                  tb,
                  1,
                  n,
                  k,
                  a.segment,
                  1,
                  ta ? 1 : k,
                  b.segment,
                  1,
                  tb ? k : n,
                  c.segment,
                  1,
                  n,
                  accumulate);
              Gemm.f32(
                  ta,
                  tb,
                  m,
                  1,
                  k,
                  a.segment,
                  1,
                  ta ? m : k,
                  b.segment,
                  1,
                  tb ? k : 1,
                  c.segment,
                  1,
                  1,
                  accumulate);
              Gemm.i32(
                  ta,
                  tb,
                  5,
                  n,
                  20,
                  a.segment,
                  1,
                  ta ? 5 : 20,
                  b.segment,
                  1,
                  tb ? 20 : n,
                  c.segment,
                  1,
                  n,
                  accumulate);
            });
      }
    }
  }

  private static void convolutionsAndPooling() {
    Random random = new Random(1);
    ConvGeometry dense =
        new ConvGeometry(2, 1, 9, 9, 19, 1, 3, 3, 35, 1, 9, 9, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1);
    ConvGeometry wide =
        new ConvGeometry(2, 1, 9, 9, 19, 1, 3, 3, 38, 1, 5, 5, 1, 2, 2, 1, 1, 1, 0, 1, 1, 19);
    ConvGeometry pool =
        new ConvGeometry(2, 1, 9, 9, 19, 1, 3, 3, 19, 1, 5, 5, 1, 2, 2, 1, 1, 1, 0, 1, 1, 1);
    int size = 20_000;
    try (Arena arena = Arena.ofShared()) {
      Native x = Native.random(arena, false, size, random);
      Native y = Native.random(arena, false, size, random);
      Native f = Native.random(arena, false, size, random);
      Native out = Native.random(arena, false, size, random);
      check(
          "convolution", () -> Conv.forwardF32(dense, x.segment, 1, f.segment, 1, out.segment, 1));
      check(
          "data gradient",
          () -> Conv.dataGradF32(dense, y.segment, 1, f.segment, 1, out.segment, 1));
      check(
          "filter gradient",
          () -> Conv.filterGradF32(dense, x.segment, 1, y.segment, 1, out.segment, 1));
      check(
          "depthwise",
          () -> Conv.depthwiseForwardF32(wide, x.segment, 1, f.segment, 1, out.segment, 1));
      check(
          "depthwise data gradient",
          () -> Conv.depthwiseDataGradF32(wide, y.segment, 1, f.segment, 1, out.segment, 1));
      check(
          "depthwise filter gradient",
          () -> Conv.depthwiseFilterGradF32(wide, x.segment, 1, y.segment, 1, out.segment, 1));
      check("maximum", () -> Pooling.maxF32(pool, x.segment, 1, out.segment, 1));
      check(
          "gradient of the maximum",
          () -> Pooling.maxGradF32(pool, x.segment, 1, y.segment, 1, out.segment, 1));
      check("mean", () -> Pooling.meanF32(pool, x.segment, 1, out.segment, 1));
      check("gradient of the mean", () -> Pooling.meanGradF32(pool, y.segment, 1, out.segment, 1));
    }
  }
}
