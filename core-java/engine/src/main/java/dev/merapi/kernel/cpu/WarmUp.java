package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import dev.merapi.kernel.cpu.vector.Priming;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
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

  /// For long loops, whose compilation takes seconds on a busy machine: few enough that the loop
  /// inside is not compiled apart meanwhile.
  private static final int FUSED_TURNS = 4;

  private static final int CALLS = 64;

  /// Rounds of calls of one turn each: interpreted, a turn takes up to a millisecond, and after 200
  /// calls the quick compiler takes over.
  private static final int SHORT_ROUNDS = 4;

  /// Rounds after which the compiler must have been asked; from then on there is only waiting for
  /// it.
  private static final int ROUNDS = 50;

  /// Pauses grow from the first to the second.
  private static final long PAUSE_MILLIS = 3;

  private static final long LONG_PAUSE_MILLIS = 100;
  private static final long PATIENCE_NANOS = 20_000_000_000L;

  private static final ScheduledThreadPoolExecutor THREAD = thread();

  private final Loop scalar;
  private final Loop vector;
  private final boolean fused;
  private final int lanes;
  private final Runnable whenFast;
  private final Runnable whenNot;
  private final MemorySegment[] operands;
  private final MemorySegment out;
  private final long[] at;
  private final long asked = System.nanoTime();
  private long pause = PAUSE_MILLIS;
  private int wins;

  private WarmUp(
      Loop scalar, Loop vector, int lanes, int results, Runnable whenFast, Runnable whenNot) {
    this.scalar = scalar;
    this.vector = vector;
    this.fused = results > 0;
    this.lanes = lanes;
    this.whenFast = whenFast;
    this.whenNot = whenNot;
    this.operands = new MemorySegment[vector.inputs()];
    this.at = new long[operands.length];
    int inputs = operands.length - results;
    for (int i = 0; i < operands.length; i++) {
      operands[i] = exact(i < inputs ? Scratch.IN : Scratch.OUT, vector.stride(i));
    }
    this.out = exact(Scratch.OUT, vector.outStride());
  }

  /// Returns a segment that ends where a call's elements end, as tensors do: a loop that has never
  /// met the end of a segment is compiled again when it does.
  private MemorySegment exact(MemorySegment s, int stride) {
    return s.asSlice(0, Math.max(8, (long) elements() * stride));
  }

  private int elements() {
    return lanes * (fused ? FUSED_TURNS : TURNS);
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
    THREAD.execute(new WarmUp(scalar, vector, lanes, 0, whenFast, () -> {}));
  }

  /// As the other method, for fused loops of so many results; runs `whenNot` if that does not
  /// happen.
  static void askFused(
      Loop scalar, Loop vector, int lanes, int results, Runnable whenFast, Runnable whenNot) {
    THREAD.execute(new WarmUp(scalar, vector, lanes, results, whenFast, whenNot));
  }

  /// Runs a task on the thread that warms loops up.
  static void later(Runnable task) {
    THREAD.execute(task);
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
    for (int i = 0; i < SHORT_ROUNDS; i++) {
      burst(vector, lanes);
    }
    rounds();
  }

  private void rounds() {
    for (int i = 0; i < ROUNDS; i++) {
      if (wins == 3) {
        whenFast.run();
        return;
      }
      round();
    }
    again();
  }

  private void again() {
    if (System.nanoTime() - asked < PATIENCE_NANOS) {
      THREAD.schedule(this::retry, pause, TimeUnit.MILLISECONDS);
      pause = fused ? Math.min(LONG_PAUSE_MILLIS, pause * 2) : pause;
    } else {
      whenNot.run();
    }
  }

  private void retry() {
    round();
    if (wins == 0) {
      again();
    } else {
      rounds();
    }
  }

  private void round() {
    int elements = elements();
    long before = System.nanoTime();
    burst(scalar, elements);
    long between = System.nanoTime();
    burst(vector, elements);
    long after = System.nanoTime();
    wins = 2 * (after - between) < between - before ? wins + 1 : 0;
  }

  private void burst(Loop loop, int elements) {
    for (int i = 0; i < CALLS; i++) {
      if (fused) {
        loop.runFused(operands, at, elements);
      } else {
        loop.run(operands, at, out, 0, elements);
      }
    }
  }
}
