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

  /// Counts a pass.
  ///
  /// Reading the clock twice costs about 50 ns, more than some stages take for an element. So a
  /// stage that turns out to be fast is timed only now and then, at steps of changing length (a
  /// fixed one might always meet, or always miss, the element that ends a batch).
  private static final class Watched implements Cursor {
    /// From this many nanoseconds an element on, each one is timed.
    private static final long SLOW = 2_000;

    /// Elements from one timed one to the next, on average, in a fast stage.
    private static final int GAP = 16;

    /// A call that took this many nanoseconds met something that the untimed ones did not: another
    /// program on this processor, a collection.
    private static final long RARE = 50_000;

    private final Cursor cursor;
    private final Count count;
    private int seen;
    private int untimed;
    private long average;
    private int step = 1;

    Watched(Cursor cursor, Count count) {
      this.cursor = cursor;
      this.count = count;
    }

    @Override
    public @Nullable Element next() {
      if (untimed > 0) {
        untimed--;
        return counted(cursor.next());
      }
      long begin = System.nanoTime();
      try {
        return counted(cursor.next());
      } finally {
        long nanos = System.nanoTime() - begin;
        count.nanos.add(nanos < RARE ? nanos * step : nanos);
        average += (nanos - average) / 8;
        if (++seen > 64 && average < SLOW) {
          // The gaps are 9 to 23 elements long, from a sequence that visits all of them in turn.
          untimed = 8 + seen * 11 % 15;
          step = GAP;
        } else {
          step = 1;
        }
      }
    }

    private @Nullable Element counted(@Nullable Element e) {
      if (e != null) {
        count.elements.increment();
      }
      return e;
    }

    @Override
    public void close() {
      cursor.close();
    }
  }
}
