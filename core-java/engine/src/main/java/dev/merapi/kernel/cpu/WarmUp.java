package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import dev.merapi.kernel.cpu.vector.Priming;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Runs one vector loop on scratch memory until the C2 compiler has made it fast.
///
/// Until then a vector loop allocates its vectors and is up to 50 times slower than a scalar one
/// (first calls over 4096 floats took 1–80 ms, 2 cores, Zen 5); callers go on with the scalar loop
/// meanwhile. A loop that does not become faster, as on a processor for which C2 has no such
/// instructions, is never taken.
///
/// All of this happens on one daemon thread, which ends when it has nothing to do. It computes
/// nothing that anybody reads, so it is no exception to the rule that one pool does all computing.
final class WarmUp implements Runnable {
  /// Few turns a call and many calls: HotSpot compiles a method after 15000 calls and turns
  /// together, but a loop inside one call only after 60000 + 40000 turns.
  private static final int TURNS = 16;

  private static final int CALLS = 64;

  /// Rounds after which the compiler must have been asked; from then on there is only waiting for
  /// it.
  private static final int ROUNDS = 40;

  private static final long PAUSE_MILLIS = 3;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private final Loop scalar;
  private final Loop vector;
  private final int elements;
  private final Runnable whenFast;
  private final MemorySegment[] in;
  private final long[] at;
  private final long asked = System.nanoTime();
  private int wins;

  private WarmUp(Loop scalar, Loop vector, int lanes, Runnable whenFast) {
    this.scalar = scalar;
    this.vector = vector;
    this.elements = lanes * TURNS;
    this.whenFast = whenFast;
    this.in = new MemorySegment[vector.inputs()];
    this.at = new long[in.length];
    Arrays.fill(in, Scratch.IN);
  }

  private static ScheduledThreadPoolExecutor thread() {
    ScheduledThreadPoolExecutor t =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("merapi-warm-up").factory());
    t.setKeepAliveTime(1, TimeUnit.SECONDS);
    t.allowCoreThreadTimeOut(true);
    return t;
  }

  /// Runs `whenFast` from another thread once `vector` is at least twice as fast as `scalar`.
  static void ask(Loop scalar, Loop vector, int lanes, Runnable whenFast) {
    THREAD.execute(new WarmUp(scalar, vector, lanes, whenFast));
  }

  /// Memory of the one thread, for the widest vectors there are (512 bits).
  private static final class Scratch {
    private static final long BYTES = TURNS * 64L * 8;

    static final MemorySegment IN = Arena.global().allocate(BYTES, 64);
    static final MemorySegment OUT = Arena.global().allocate(BYTES, 64);

    static {
      Priming.run();
    }
  }

  @Override
  public void run() {
    for (int i = 0; i < ROUNDS; i++) {
      if (wins == 3) {
        whenFast.run();
        return;
      }
      round();
    }
    if (System.nanoTime() - asked < PATIENCE_NANOS) {
      THREAD.schedule(this::retry, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private void retry() {
    round();
    if (wins == 0 && System.nanoTime() - asked < PATIENCE_NANOS) {
      THREAD.schedule(this::retry, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      run();
    }
  }

  private void round() {
    long before = System.nanoTime();
    burst(scalar);
    long between = System.nanoTime();
    burst(vector);
    long after = System.nanoTime();
    wins = 2 * (after - between) < between - before ? wins + 1 : 0;
  }

  private void burst(Loop loop) {
    for (int i = 0; i < CALLS; i++) {
      loop.run(in, at, Scratch.OUT, 0, elements);
    }
  }
}
