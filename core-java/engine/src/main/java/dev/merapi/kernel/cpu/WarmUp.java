package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs vector loops on scratch memory until the C2 compiler has made them fast.
///
/// Until then a vector loop allocates its vectors and is up to 50 times slower than a scalar one (first calls
/// over 4096 floats took 1–80 ms, 2 cores, Zen 5); callers go on with the scalar loop meanwhile. A loop that
/// does not become faster, as on a processor for which C2 has no such instructions, is never taken.
///
/// One daemon thread, which ends when it has nothing to do. It computes nothing that anybody reads.
final class WarmUp {
  private static final int ELEMENTS = 1024;
  private static final int BURST = 8;
  private static final long PATIENCE = 2_000_000_000L;

  private static final ThreadPoolExecutor THREAD = thread();

  private WarmUp() {}

  private static ThreadPoolExecutor thread() {
    ThreadPoolExecutor t =
        new ThreadPoolExecutor(
            1,
            1,
            1,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name("merapi-warm-up").factory());
    t.allowCoreThreadTimeOut(true);
    return t;
  }

  /// Runs `whenFast` from another thread once `vector` is at least twice as fast as `scalar`.
  static void ask(Loop scalar, Loop vector, Runnable whenFast) {
    THREAD.execute(
        () -> {
          if (becomesFast(scalar, vector)) {
            whenFast.run();
          }
        });
  }

  /// Memory of the one thread; the widest element takes 16 bytes.
  private static final class Scratch {
    static final MemorySegment IN = Arena.global().allocate(16L * ELEMENTS, 64);
    static final MemorySegment OUT = Arena.global().allocate(16L * ELEMENTS, 64);
  }

  private static boolean becomesFast(Loop scalar, Loop vector) {
    MemorySegment[] in = new MemorySegment[vector.inputs()];
    Arrays.fill(in, Scratch.IN);
    long[] at = new long[in.length];
    long start = System.nanoTime();
    int wins = 0;
    while (wins < 5) {
      long before = System.nanoTime();
      burst(scalar, in, at);
      long between = System.nanoTime();
      burst(vector, in, at);
      long after = System.nanoTime();
      wins = 2 * (after - between) < between - before ? wins + 1 : 0;
      if (after - start > PATIENCE) {
        return false;
      }
    }
    return true;
  }

  private static void burst(Loop loop, MemorySegment[] in, long[] at) {
    for (int i = 0; i < BURST; i++) {
      loop.run(in, at, Scratch.OUT, 0, ELEMENTS);
    }
  }
}
