package dev.merapi.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// One iteration of a dataset, as its stages see it: the wishes that hold, and who counts.
final class Run {
  /// What the iterations of one dataset made so far in one stage.
  static final class Count {
    final LongAdder elements = new LongAdder();

    /// Time in the stage and in those that it reads from.
    final LongAdder nanos = new LongAdder();
  }

  private final @Nullable Map<Stage, Count> counts;
  private final boolean deterministic;

  Run(@Nullable Map<Stage, Count> counts, boolean deterministic) {
    this.counts = counts;
    this.deterministic = deterministic;
  }

  /// Returns an iteration that nobody measures.
  static Run quiet() {
    return new Run(null, true);
  }

  /// Returns the same iteration for inner datasets, whose time is that of the stage around them.
  Run inner() {
    return new Run(null, deterministic);
  }

  boolean deterministic() {
    return deterministic;
  }

  static Map<Stage, Count> counts() {
    return new ConcurrentHashMap<>();
  }

  Cursor watched(Stage stage, Cursor c) {
    if (counts == null) {
      return c;
    }
    Count count = counts.computeIfAbsent(stage, k -> new Count());
    return new Watched(c, count);
  }

  private record Watched(Cursor cursor, Count count) implements Cursor {
    @Override
    public @Nullable Element next() {
      long begin = System.nanoTime();
      try {
        Element e = cursor.next();
        if (e != null) {
          count.elements.increment();
        }
        return e;
      } finally {
        count.nanos.add(System.nanoTime() - begin);
      }
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
