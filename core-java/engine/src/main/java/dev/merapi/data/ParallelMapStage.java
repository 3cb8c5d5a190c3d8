package dev.merapi.data;

import dev.merapi.device.Workers;
import dev.merapi.tensor.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a function makes of each element, several elements at a time, in order.
///
/// Traced functions compute, so they run on the pool that computes: a block of elements is read,
/// its parts are shared out, and the results are handed on in order. A block takes about a
/// millisecond, which makes the waking of threads (16–24 µs) small beside it. Host code may wait,
/// for a file or for somebody else's answer; it runs on threads of its own, one for each call that
/// is under way.
final class ParallelMapStage extends Stage {
  /// What a block should take, and how much it may hold at most.
  private static final long BLOCK_NANOS = 1_000_000;

  private static final int BLOCK_ELEMENTS = 512;
  private static final long BLOCK_BYTES = 16L << 20;

  private final UserCode code;
  private final int calls;
  private final boolean onHost;
  private final @Nullable Boolean ordered;

  /// @param calls at a time at most; -1 for as many as there are threads
  /// @param ordered whether results come in the order of the elements; null as the dataset's
  ///   options say
  ParallelMapStage(
      Stage input, UserCode code, long calls, boolean onHost, @Nullable Boolean ordered) {
    super(input);
    this.code = code;
    this.calls =
        calls == -1
            ? -1
            : (int) Math.min(atLeast(1, calls, "map", "numParallelCalls"), BLOCK_ELEMENTS);
    this.onHost = onHost;
    this.ordered = ordered;
    known();
  }

  @Override
  String title() {
    return code.who() + (calls < 0 ? "(parallel)" : "(" + calls + " parallel)");
  }

  @Override
  long cardinality() {
    return input().cardinality();
  }

  @Override
  @Nullable Structure known() {
    return code.known(input().known());
  }

  @Override
  Cursor open(Run run) {
    Cursor in = input().start(run);
    return onHost ? new Calls(in, ordered == null ? run.deterministic() : ordered) : new Blocks(in);
  }

  /// A result, or what came instead of it.
  private record Outcome(@Nullable Element element, @Nullable Throwable failure) {
    Element get() {
      if (failure != null) {
        throw Ahead.rethrown(failure);
      }
      if (element == null) {
        throw new IllegalStateException("This is a bug in Merapi: a call of map without outcome");
      }
      return element;
    }
  }

  private Outcome outcome(Element e, long index) {
    try {
      return new Outcome(Element.of(code.run(input(), e, index)), null);
    } catch (Throwable t) {
      return new Outcome(null, t);
    }
  }

  /// Traced functions, on the pool.
  private final class Blocks implements Cursor {
    private final Cursor in;
    private final ArrayDeque<Outcome> ready = new ArrayDeque<>();
    private int block = calls < 0 ? Workers.threads() : calls;
    private long index;
    private boolean ended;

    Blocks(Cursor in) {
      this.in = in;
    }

    @Override
    public @Nullable Element next() {
      if (ready.isEmpty() && !ended) {
        fill();
      }
      Outcome first = ready.pollFirst();
      return first == null ? null : first.get();
    }

    private void fill() {
      List<Element> some = new ArrayList<>(block);
      Outcome last = null;
      while (some.size() < block && last == null && !ended) {
        try {
          Element e = in.next();
          if (e == null) {
            ended = true;
          } else {
            some.add(e);
          }
        } catch (RuntimeException e) {
          last = new Outcome(null, e);
        }
      }
      int n = some.size();
      Outcome[] outcomes = new Outcome[n];
      long before = index;
      // Traced once on this thread, not by all at once.
      if (n > 0 && code.known(null) == null) {
        outcomes[0] = outcome(some.getFirst(), before);
      }
      int chunks = calls < 0 ? Math.min(n, 4 * Workers.threads()) : Math.min(n, calls);
      long begin = System.nanoTime();
      Workers.run(
          chunks,
          c -> {
            for (int i = (int) ((long) n * c / chunks); i < (long) n * (c + 1) / chunks; i++) {
              if (outcomes[i] == null) {
                outcomes[i] = outcome(some.get(i), before + i);
              }
            }
          });
      index += n;
      if (n > 0) {
        adapt(System.nanoTime() - begin, n, outcomes[0]);
      }
      ready.addAll(List.of(outcomes));
      if (last != null) {
        ready.addLast(last);
      }
    }

    private void adapt(long nanos, int n, Outcome one) {
      long bytes = 1;
      if (one.element != null) {
        for (Tensor t : one.element.parts()) {
          bytes += t.size() * t.dtype().bytes();
        }
      }
      int least = calls < 0 ? Workers.threads() : calls;
      long most = Math.min(BLOCK_ELEMENTS, BLOCK_BYTES / bytes);
      long wished = BLOCK_NANOS * n / Math.max(1, nanos);
      block = (int) Math.max(least, Math.min(Math.min(most, wished), 4L * block));
    }

    @Override
    public void close() {
      ended = true;
      in.close();
    }
  }

  /// Host code, on threads of its own.
  private final class Calls implements Cursor {
    private final Cursor in;
    private final boolean inOrder;
    private final int most = calls < 0 ? Workers.threads() : calls;

    /// Calls under way or done, in the order of their elements.
    private final ArrayDeque<Call> under = new ArrayDeque<>();

    private long index;
    private boolean ended;

    Calls(Cursor in, boolean inOrder) {
      this.in = in;
      this.inOrder = inOrder;
    }

    private static final class Call {
      @Nullable Outcome outcome;
    }

    @Override
    public @Nullable Element next() {
      while (!ended && under.size() < most) {
        Call call = new Call();
        try {
          Element e = in.next();
          if (e == null) {
            ended = true;
            break;
          }
          long at = index++;
          under.addLast(call);
          Background.run(() -> done(call, outcome(e, at)));
        } catch (RuntimeException e) {
          under.addLast(call);
          done(call, new Outcome(null, e));
        }
      }
      Outcome y = await();
      return y == null ? null : y.get();
    }

    private synchronized void done(Call call, Outcome outcome) {
      call.outcome = outcome;
      notifyAll();
    }

    private synchronized @Nullable Outcome await() {
      boolean interrupted = false;
      try {
        while (!under.isEmpty()) {
          for (Call c : under) {
            Outcome y = c.outcome;
            if (y != null) {
              under.remove(c);
              return y;
            }
            if (inOrder) {
              break;
            }
          }
          try {
            wait();
          } catch (InterruptedException e) {
            interrupted = true;
          }
        }
        return null;
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public synchronized void close() {
      ended = true;
      in.close();
    }
  }
}
