package dev.merapi.data;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// Reads a pass on a background thread, a bounded number of elements ahead.
///
/// The thread knows this object only, never the iterator that the program holds; so the collector
/// finds a dropped iterator, whose cleaner closes the pass and thereby ends the thread.
final class Ahead implements Cursor {
  /// Elements ahead at the start where the number is left to us, and at most: each holds memory.
  private static final int FIRST = 2;

  private static final int MOST = 32;

  private static final Object END = new Object();

  private record Failure(Throwable cause) {}

  private final Cursor input;
  private final ArrayDeque<Object> ready = new ArrayDeque<>();
  private final boolean grows;
  private int limit;
  private boolean wasFull;
  private boolean started;
  private boolean closed;

  /// @param limit elements ahead; 0 leaves the number to the pace of reader and writer
  Ahead(Cursor input, int limit) {
    this.input = input;
    this.grows = limit == 0;
    this.limit = grows ? FIRST : limit;
  }

  @Override
  public @Nullable Element next() {
    Object item = take();
    if (item instanceof Failure(Throwable cause)) {
      throw rethrown(cause);
    }
    return item == END ? null : (Element) item;
  }

  static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error e) {
      throw e;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  private synchronized Object take() {
    if (!started && !closed) {
      started = true;
      Background.run(this::fill);
    }
    boolean interrupted = false;
    if (grows && ready.isEmpty() && wasFull && limit < MOST) {
      // The reader takes several at a time, or paces vary: more in stock evens that out.
      limit *= 2;
      wasFull = false;
      notifyAll();
    }
    while (ready.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Object item = ready.peekFirst();
    if (item == null) {
      return END;
    }
    if (item != END) {
      ready.removeFirst();
      notifyAll();
    }
    return item;
  }

  private void fill() {
    try {
      while (room()) {
        Object item;
        try {
          Element e = input.next();
          item = e == null ? END : e;
        } catch (Throwable t) {
          item = new Failure(t);
        }
        put(item);
        if (item == END) {
          return;
        }
        if (item instanceof Failure(Error _)) {
          put(END);
          return;
        }
      }
    } finally {
      input.close();
    }
  }

  /// Waits until there is room; returns whether anybody still wants elements.
  private synchronized boolean room() {
    while (!closed && ready.size() >= limit) {
      wasFull = true;
      try {
        wait();
      } catch (InterruptedException e) {
        closed = true;
      }
    }
    return !closed;
  }

  private synchronized void put(Object item) {
    if (!closed) {
      ready.addLast(item);
      notifyAll();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    ready.clear();
    notifyAll();
    if (!started) {
      input.close();
    }
  }
}
