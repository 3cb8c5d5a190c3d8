package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.merapi.device.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Matrix products against three naive loops in double precision, and against each other.
class GemmTest {
  private static final int[][] SHAPES = {
    {1, 1, 1},
    {1, 5, 3},
    {7, 1, 9},
    {2, 3, 1},
    {5, 17, 33},
    {6, 64, 64},
    {13, 31, 257},
    {64, 64, 64},
    {50, 10, 300},
    {1, 200, 130},
    {200, 1, 130},
    {2, 70, 600},
    {121, 129, 65},
    {37, 300, 513},
    {130, 65, 256},
    {3, 1000, 20},
    {1000, 3, 20},
    {240, 250, 260},
    {9, 9, 2049},
    {3, 5, 70_001}
  };

  @Test
  void equalsNaiveLoops() {
    for (int[] s : SHAPES) {
      for (int flags = 0; flags < 16; flags++) {
        check(
            s[0],
            s[1],
            s[2],
            (flags & 1) != 0,
            (flags & 2) != 0,
            (flags & 4) != 0,
            (flags & 8) != 0);
      }
    }
  }

  private static void check(
      int m, int n, int k, boolean ta, boolean tb, boolean accumulate, boolean f64) {
    Random random = new Random(m * 31L + n * 17L + k);
    int lda = (ta ? m : k) + random.nextInt(3);
    int ldb = (tb ? k : n) + random.nextInt(3);
    int ldc = n + random.nextInt(3);
    try (Arena arena = Arena.ofShared()) {
      Native a = Native.random(arena, f64, (ta ? k : m) * lda, random);
      Native b = Native.random(arena, f64, (tb ? n : k) * ldb, random);
      Native c = Native.random(arena, f64, m * ldc, random);
      double[] expected = c.values();
      double[] magnitude = new double[expected.length];
      double[] av = a.values();
      double[] bv = b.values();
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = accumulate ? expected[i * ldc + j] : 0;
          double abs = Math.abs(sum);
          for (int q = 0; q < k; q++) {
            double p = av[ta ? q * lda + i : i * lda + q] * bv[tb ? j * ldb + q : q * ldb + j];
            sum += p;
            abs += Math.abs(p);
          }
          expected[i * ldc + j] = sum;
          magnitude[i * ldc + j] = abs;
        }
      }
      if (f64) {
        Gemm.f64(
            ta,
            tb,
            m,
            n,
            k,
            a.segment,
            a.off(),
            lda,
            b.segment,
            b.off(),
            ldb,
            c.segment,
            c.off(),
            ldc,
            accumulate);
      } else {
        Gemm.f32(
            ta,
            tb,
            m,
            n,
            k,
            a.segment,
            a.off(),
            lda,
            b.segment,
            b.off(),
            ldb,
            c.segment,
            c.off(),
            ldc,
            accumulate);
      }
      String what =
          "gemm " + m + "×" + n + "×" + k + " transA " + ta + " transB " + tb + " f64 " + f64;
      c.check(what, expected, magnitude, 3 + 3 * Math.sqrt(k));
    }
  }

  @Test
  void emptyDepthGivesZeros() {
    try (Arena arena = Arena.ofShared()) {
      Native c = Native.random(arena, false, 6, new Random(1));
      Gemm.f32(
          false, false, 2, 3, 0, c.segment, 0, 0, c.segment, 0, 3, c.segment, c.off(), 3, false);
      assertArrayEquals(new double[6], c.values());
    }
  }

  @Test
  void bitsDoNotDependOnThreadsNorOnTheWayTheOperandsLie() {
    sameBits(301, 203, 777);
    sameBits(301, 203, 200);
    sameBits(50, 403, 777);
  }

  private static void sameBits(int m, int n, int k) {
    Random random = new Random(5);
    int before = Workers.threads();
    try (Arena arena = Arena.ofShared()) {
      Native a = Native.random(arena, false, m * k, random);
      Native b = Native.random(arena, false, k * n, random);
      Native at = new Native(arena, false, m * k);
      Native bt = new Native(arena, false, k * n);
      for (int i = 0; i < m * k; i++) {
        at.set(i % k * m + i / k, a.get(i));
      }
      for (int i = 0; i < k * n; i++) {
        bt.set(i % n * k + i / n, b.get(i));
      }
      double[] first = null;
      for (int threads = 1; threads <= 3; threads++) {
        Workers.setThreads(threads);
        for (int flags = 0; flags < 4; flags++) {
          boolean ta = (flags & 1) != 0;
          boolean tb = (flags & 2) != 0;
          Native c = new Native(arena, false, m * n);
          Gemm.f32(
              ta,
              tb,
              m,
              n,
              k,
              (ta ? at : a).segment,
              a.off(),
              ta ? m : k,
              (tb ? bt : b).segment,
              b.off(),
              tb ? k : n,
              c.segment,
              c.off(),
              n,
              false);
          if (first == null) {
            first = c.values();
          }
          assertArrayEquals(first, c.values(), "threads " + threads + " flags " + flags);
        }
      }
    } finally {
      Workers.setThreads(before);
    }
  }

  @Test
  void wholeNumbersWrapAround() {
    Random random = new Random(3);
    for (int[] s : new int[][] {{1, 1, 1}, {5, 7, 3}, {40, 33, 70}, {3, 1030, 65}}) {
      int m = s[0];
      int n = s[1];
      int k = s[2];
      for (int flags = 0; flags < 8; flags++) {
        boolean ta = (flags & 1) != 0;
        boolean tb = (flags & 2) != 0;
        boolean accumulate = (flags & 4) != 0;
        try (Arena arena = Arena.ofShared()) {
          MemorySegment a = arena.allocate(JAVA_LONG, m * k);
          MemorySegment b = arena.allocate(JAVA_LONG, k * n);
          MemorySegment c = arena.allocate(JAVA_LONG, m * n);
          MemorySegment a32 = arena.allocate(JAVA_INT, m * k);
          MemorySegment b32 = arena.allocate(JAVA_INT, k * n);
          MemorySegment c32 = arena.allocate(JAVA_INT, m * n);
          for (int i = 0; i < m * k; i++) {
            a.setAtIndex(JAVA_LONG, i, random.nextLong());
            a32.setAtIndex(JAVA_INT, i, random.nextInt());
          }
          for (int i = 0; i < k * n; i++) {
            b.setAtIndex(JAVA_LONG, i, random.nextLong());
            b32.setAtIndex(JAVA_INT, i, random.nextInt());
          }
          for (int i = 0; i < m * n; i++) {
            c.setAtIndex(JAVA_LONG, i, i);
            c32.setAtIndex(JAVA_INT, i, i);
          }
          int lda = ta ? m : k;
          int ldb = tb ? k : n;
          Gemm.i64(ta, tb, m, n, k, a, 0, lda, b, 0, ldb, c, 0, n, accumulate);
          Gemm.i32(ta, tb, m, n, k, a32, 0, lda, b32, 0, ldb, c32, 0, n, accumulate);
          for (int i = 0; i < m; i++) {
            for (int j = 0; j < n; j++) {
              long sum = accumulate ? i * n + j : 0;
              int sum32 = (int) sum;
              for (int q = 0; q < k; q++) {
                int ai = ta ? q * m + i : i * k + q;
                int bi = tb ? j * k + q : q * n + j;
                sum += a.getAtIndex(JAVA_LONG, ai) * b.getAtIndex(JAVA_LONG, bi);
                sum32 += a32.getAtIndex(JAVA_INT, ai) * b32.getAtIndex(JAVA_INT, bi);
              }
              assertEquals(sum, c.getAtIndex(JAVA_LONG, i * n + j));
              assertEquals(sum32, c32.getAtIndex(JAVA_INT, i * n + j));
            }
          }
        }
      }
    }
  }
}
