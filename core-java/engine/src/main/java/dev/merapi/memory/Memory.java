package dev.merapi.memory;

import dev.merapi.say.MemoryError;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// The door to the pool: makes tensors without content, keeps to the byte budget, counts.
///
/// Tensors that a program drops are found by the collector. Native memory does not press on the
/// Java heap, so the collector is asked to run once as many bytes were handed out as [#trigger]
/// says.
public final class Memory {
  static final Pool POOL = new Pool();

  /// Below this many bytes the collector is never asked.
  private static final long FLOOR = Math.max(64L << 20, Math.min(1L << 30, physicalBytes() / 8));

  private static final Spec LIST = Spec.of(DType.VARIANT);

  private static volatile long budget = initialBudget();
  private static volatile long trigger = Math.min(FLOOR, budget);

  static {
    Claim.start();
  }

  private Memory() {}

  /// Counts of bytes: held by live tensors, the most ever held, kept free for reuse, and the
  /// budget.
  public record Info(long current, long peak, long cached, long budget) {}

  public static Info info() {
    Claim.drain();
    return new Info(POOL.inUse.get(), POOL.peak.get(), POOL.cached.get(), budget);
  }

  /// Starts counting the peak anew.
  public static void resetPeak() {
    POOL.peak.set(POOL.inUse.get());
  }

  /// Sets how many bytes live tensors may hold at most. The system property `merapi.memory.budget`
  /// sets it at the start.
  public static void setBudget(long bytes) {
    if (bytes <= 0) {
      throw Message.what("a memory budget of " + bytes + " bytes holds nothing")
          .expected("more than 0")
          .valueError();
    }
    budget = bytes;
    trigger = Math.min(FLOOR, bytes);
    POOL.trim(bytes);
  }

  /// Gives free memory back to the system.
  public static void trim() {
    Claim.drain();
    POOL.trim(0);
  }

  /// Makes a tensor of undefined content.
  ///
  /// Fails: `MemoryError` when the budget does not allow it even after a collection.
  public static Tensor empty(Spec spec) {
    Tensor t = unscoped(spec);
    Scope scope = Scope.current();
    if (scope != null) {
      scope.add(t);
    }
    return t;
  }

  /// Makes a tensor of undefined content that no scope ends.
  public static Tensor unscoped(Spec spec) {
    Tensor t;
    if (spec.dtype() == DType.STRING) {
      t = new Tensor(spec, new Texts(new byte[Math.toIntExact(spec.shape().size())][]));
    } else if (spec.dtype().isHandle()) {
      t = handles(spec, new Object[Math.toIntExact(spec.shape().size())]);
    } else {
      long bytes = spec.bytes();
      if (POOL.inUse.get() + bytes > trigger) {
        makeRoom(spec, bytes);
      }
      t =
          new Tensor(
              spec,
              bytes <= Nursery.SMALL_BYTES && !Leaks.DEBUG
                  ? Nursery.take(bytes)
                  : new Buffer(POOL.take(bytes), spec));
    }
    return t;
  }

  /// Makes a second tensor over the elements of `t`: another shape of the same size, or another
  /// type of the same width.
  public static Tensor alias(Tensor t, Spec spec) {
    Tensor a = t.alias(spec);
    Scope scope = Scope.current();
    if (scope != null) {
      scope.add(a);
    }
    return a;
  }

  /// Keeps a tensor alive until the scope of this thread ends, whoever else gives it up meanwhile.
  ///
  /// Returns whether there is a scope.
  public static boolean lease(Tensor t) {
    Scope scope = Scope.current();
    if (scope == null) {
      return false;
    }
    t.storage().retain();
    scope.add(t);
    return true;
  }

  /// Makes a tensor that holds the given strings, without a copy.
  public static Tensor texts(Spec spec, byte[][] strings) {
    return new Tensor(spec, new Texts(strings));
  }

  /// Makes a tensor that holds the given objects, without a copy; `spec` is of resource or variant.
  public static Tensor handles(Spec spec, Object[] objects) {
    return new Tensor(spec, new Handles(spec.dtype(), objects));
  }

  /// Makes a tensor of one list, whose claim passes to it.
  public static Tensor list(TensorList list) {
    Tensor t = new Tensor(LIST, new Lists(list));
    Scope scope = Scope.current();
    if (scope != null) {
      scope.add(t);
    }
    return t;
  }

  private static synchronized void makeRoom(Spec spec, long bytes) {
    Claim.drain();
    if (POOL.inUse.get() + bytes <= trigger) {
      return;
    }
    collect(bytes);
    long live = POOL.inUse.get();
    if (live + bytes > budget) {
      POOL.trim(0);
      throw new MemoryError(
          Message.what(
                  String.format(
                      Locale.ROOT,
                      "no room for %s: %,d bytes more than the budget allows",
                      spec,
                      live + bytes - budget))
              .given(
                  String.format(
                      Locale.ROOT, "%,d bytes asked for · %,d held by live tensors", bytes, live))
              .expected(String.format(Locale.ROOT, "at most %,d bytes in all", budget))
              .fix(
                  "raise it with -Dmerapi.memory.budget=BYTES or tf.config.setMemoryBudget, or drop"
                      + " tensors; the largest live ones:\n"
                      + Leaks.largest(5)));
    }
    // Twice what is alive, so that a program with much live data does not collect all the time.
    trigger = Math.min(budget, Math.max(FLOOR, 2 * live + bytes));
    POOL.trim(trigger);
  }

  /// Asks the collector to run and waits until its finds have arrived.
  ///
  /// They are queued by a thread of the JVM some time after the collection, on a busy machine many
  /// milliseconds. A marker that nobody refers to shows when that thread is at work; only then does
  /// a pause mean that all has come.
  private static void collect(long bytes) {
    Claim marker = new Claim(new Object(), null, null);
    System.gc();
    long end = System.nanoTime() + 500_000_000L;
    long before = POOL.inUse.get();
    int quiet = 0;
    while (System.nanoTime() < end && quiet < 4) {
      Claim.drain();
      long now = POOL.inUse.get();
      if (now + bytes <= trigger / 2) {
        return;
      }
      quiet = marker.isFree() && now == before ? quiet + 1 : 0;
      before = now;
      java.util.concurrent.locks.LockSupport.parkNanos(500_000);
    }
  }

  private static long initialBudget() {
    String text = System.getProperty("merapi.memory.budget");
    if (text == null) {
      return Math.max(256L << 20, physicalBytes() / 4 * 3);
    }
    try {
      long bytes = Long.parseLong(text);
      if (bytes > 0) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // Said below, together with numbers that are not positive.
    }
    throw Message.what("system property merapi.memory.budget is not a number of bytes")
        .given("'" + text + "'")
        .expected("a whole number above 0, for example 2000000000")
        .valueError();
  }

  private static long physicalBytes() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean os
        ? os.getTotalMemorySize()
        : 4L << 30;
  }
}
