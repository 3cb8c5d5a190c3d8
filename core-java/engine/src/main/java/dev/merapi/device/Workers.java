package dev.merapi.device;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Runs pieces of one piece of work on all processors: the only pool of threads that computes.
///
/// The caller takes part, so a region always finishes, even if every other thread is busy. How work
/// is cut into chunks is the caller's business and must not depend on the number of threads: that
/// is what makes results equal bit for bit on 1 or N threads.
///
/// One region runs at a time. A caller that finds the pool busy, which includes a task that calls
/// [#run] again, runs its chunks itself, one after the other; so nothing here can wait for
/// something that waits for it. Cutting pays from about 100 µs of work on: waking a parked thread
/// alone costs 16–24 µs (Zen 5, JDK 25).
///
/// The number of threads is that of the processors, or the system property `merapi.threads`.
public final class Workers {
  /// One piece of work; `chunk` counts from 0.
  public interface Task {
    void run(int chunk);
  }

  /// How long an idle thread looks for work before it sleeps, in nanoseconds: longer than the
  /// serial stretch between two kernels of one training step, shorter than anything a user would
  /// see as load.
  private static final long SPIN_NANOS = 50_000;

  private static final VarHandle OWNED;

  static {
    try {
      OWNED = MethodHandles.lookup().findStaticVarHandle(Workers.class, "owned", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private static volatile int threads = configuredThreads();

  /// True while a caller has the pool; only that caller writes `region` and `helpers`.
  @SuppressWarnings("unused") // written through OWNED
  private static volatile boolean owned;

  private static volatile Region region = Region.NONE;

  /// Started so far; the array is replaced when it grows.
  private static volatile Helper[] helpers = new Helper[0];

  private Workers() {}

  /// Runs `task` for every chunk from 0 to `chunks - 1` and returns when all are done.
  ///
  /// Everything a chunk wrote is visible to the caller afterwards. When a chunk throws, chunks not
  /// yet begun are dropped, and the first exception is thrown here once the running ones have
  /// ended.
  public static void run(int chunks, Task task) {
    int wanted = Math.min(threads, chunks) - 1;
    if (wanted <= 0 || !OWNED.compareAndSet(false, true)) {
      for (int i = 0; i < chunks; i++) {
        task.run(i);
      }
      return;
    }
    Region r = new Region(task, chunks, wanted);
    try {
      startHelpers(wanted);
      region = r;
      wake(0, r);
      r.help();
      r.await();
    } finally {
      region = Region.NONE;
      OWNED.setRelease(false);
    }
    r.throwFailure();
  }

  /// Returns how many threads compute, the caller included.
  public static int threads() {
    return threads;
  }

  /// Sets how many threads compute, the caller included; regions already running keep theirs.
  ///
  /// Fails: `IllegalArgumentException` when `count` is below 1.
  public static void setThreads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "Workers: the number of threads must be at least 1, got " + count);
    }
    threads = count;
  }

  private static int configuredThreads() {
    int processors = Runtime.getRuntime().availableProcessors();
    int set = Integer.getInteger("merapi.threads", processors);
    return set >= 1 ? set : processors;
  }

  private static void startHelpers(int wanted) {
    Helper[] now = helpers;
    if (now.length >= wanted) {
      return;
    }
    Helper[] grown = new Helper[wanted];
    System.arraycopy(now, 0, grown, 0, now.length);
    for (int i = now.length; i < wanted; i++) {
      grown[i] = new Helper(i);
    }
    helpers = grown;
    for (int i = now.length; i < wanted; i++) {
      grown[i].start();
    }
  }

  /// Wakes helper `index` if it sleeps; each one that comes to work wakes two more, so that the
  /// caller of a machine with many processors does not spend its time calling them one by one.
  private static void wake(int index, Region r) {
    Helper[] all = helpers;
    if (index < r.helpers && index < all.length) {
      Helper h = all[index];
      if (h.parked) {
        h.parked = false;
        LockSupport.unpark(h);
      }
    }
  }

  /// One call of [#run].
  private static final class Region {
    static final Region NONE = new Region(chunk -> {}, 0, 0);
    private static final VarHandle NEXT;
    private static final VarHandle DONE;
    private static final VarHandle FAILURE;

    static {
      try {
        MethodHandles.Lookup l = MethodHandles.lookup();
        NEXT = l.findVarHandle(Region.class, "next", int.class);
        DONE = l.findVarHandle(Region.class, "done", int.class);
        FAILURE = l.findVarHandle(Region.class, "failure", Throwable.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final Task task;
    private final int chunks;
    final int helpers;
    private volatile int next;
    private volatile int done;

    @SuppressWarnings("unused") // written through FAILURE
    private volatile @Nullable Throwable failure;

    Region(Task task, int chunks, int helpers) {
      this.task = task;
      this.chunks = chunks;
      this.helpers = helpers;
    }

    boolean hasWork() {
      return next < chunks;
    }

    void help() {
      while (true) {
        int chunk = (int) NEXT.getAndAdd(this, 1);
        if (chunk >= chunks) {
          return;
        }
        try {
          if (failure == null) {
            task.run(chunk);
          }
        } catch (Throwable t) {
          FAILURE.compareAndSet(this, null, t);
        } finally {
          DONE.getAndAdd(this, 1);
        }
      }
    }

    /// Waits for chunks that others have begun; yields after a while, for they may need this
    /// processor.
    void await() {
      int spins = 0;
      while (done < chunks) {
        if (++spins < 2000) {
          Thread.onSpinWait();
        } else {
          Thread.yield();
        }
      }
    }

    void throwFailure() {
      Throwable t = failure;
      if (t instanceof Error e) {
        throw e;
      }
      if (t instanceof RuntimeException e) {
        throw e;
      }
      if (t != null) {
        throw new IllegalStateException("a chunk of parallel work failed: " + t, t);
      }
    }
  }

  private static final class Helper extends Thread {
    private final int index;
    volatile boolean parked;

    Helper(int index) {
      super(null, null, "merapi-worker-" + (index + 1), 0, false);
      this.index = index;
      setDaemon(true);
    }

    @Override
    public void run() {
      while (true) {
        Region r = find();
        wake(2 * index + 1, r);
        wake(2 * index + 2, r);
        r.help();
      }
    }

    private Region find() {
      long begin = System.nanoTime();
      for (int i = 1; ; i++) {
        Region r = region;
        if (index < r.helpers && r.hasWork()) {
          return r;
        }
        Thread.onSpinWait();
        if ((i & 31) == 0 && System.nanoTime() - begin > SPIN_NANOS) {
          sleep();
          begin = System.nanoTime();
        }
      }
    }

    /// Parks until woken. `parked` is set before the last look at `region`, and a caller sets
    /// `region` before it looks at `parked`, so one of the two sees the other.
    private void sleep() {
      parked = true;
      Region r = region;
      if (index < r.helpers && r.hasWork()) {
        parked = false;
        return;
      }
      while (parked) {
        LockSupport.park(Workers.class);
        Thread.interrupted(); // a set flag would make park return at once, for ever
      }
    }
  }
}
