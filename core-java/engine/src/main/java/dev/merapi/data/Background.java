package dev.merapi.data;

import java.lang.ref.Cleaner;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// The threads that work ahead of a reader or wait for files on its behalf.
///
/// They compute nothing that is cut into pieces: that is done by `device.Workers`, which takes
/// calls from here too. Each iterator bounds how many it uses. A thread that has nothing to do for
/// a while ends.
final class Background {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final ThreadPoolExecutor THREADS =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          5,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> daemon(task, "merapi-data-" + NUMBER.incrementAndGet()));

  /// Ends the work of iterators that the program has dropped.
  static final Cleaner CLEANER = Cleaner.create(task -> daemon(task, "merapi-data-cleaner"));

  private Background() {}

  private static Thread daemon(Runnable task, String name) {
    Thread t = new Thread(null, task, name, 0, false);
    t.setDaemon(true);
    return t;
  }

  static void run(Runnable task) {
    THREADS.execute(task);
  }

  /// Returns how many threads are at work now.
  static int busy() {
    return THREADS.getActiveCount();
  }
}
