package dev.merapi.device;

/// Runs pieces of one piece of work on all processors: the only pool of threads that computes.
///
/// The caller takes part, so a region always finishes, even if every other thread is busy. How work
/// is cut into chunks is the caller's business and must not depend on the number of threads: that
/// is what makes results equal bit for bit on 1 or N threads.
public final class Workers {
  /// One piece of work; `chunk` counts from 0.
  public interface Task {
    void run(int chunk);
  }

  private Workers() {}

  /// Runs `task` for every chunk from 0 to `chunks - 1` and returns when all are done.
  public static void run(int chunks, Task task) {
    for (int i = 0; i < chunks; i++) {
      task.run(i);
    }
  }

  /// Returns how many threads compute, the caller included.
  public static int threads() {
    return 1;
  }
}
