package dev.merapi.memory;

import dev.merapi.tensor.Spec;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Remembers which block a buffer (or a nursery page) holds, so that the block returns to the pool
/// after the holder has been collected.
///
/// All live claims stand in doubly linked lists (else the collector would drop the claims
/// themselves); the lists are striped so that threads seldom meet.
final class Claim extends PhantomReference<Object> {
  private static final int STRIPES = 16;
  static final ReferenceQueue<Object> QUEUE = new ReferenceQueue<>();
  private static final Claim[] HEADS = new Claim[STRIPES];

  static {
    for (int i = 0; i < STRIPES; i++) {
      HEADS[i] = new Claim();
    }
  }

  private final @Nullable Block block;
  private final int stripe;
  private @Nullable Claim previous;
  private @Nullable Claim next;

  /// What the block holds; null for a page of small tensors.
  final @Nullable Spec spec;

  /// Where the tensor was made; kept in debug mode only.
  final @Nullable Throwable site;

  private Claim() {
    super(null, null);
    block = null;
    stripe = 0;
    spec = null;
    site = null;
  }

  Claim(Object holder, @Nullable Block block, @Nullable Spec spec) {
    super(holder, QUEUE);
    this.block = block;
    this.spec = spec;
    this.stripe = (int) Thread.currentThread().threadId() & (STRIPES - 1);
    this.site = Leaks.DEBUG ? new Throwable("made here") : null;
    Claim head = HEADS[stripe];
    synchronized (head) {
      Claim first = head.next;
      next = first;
      previous = head;
      if (first != null) {
        first.previous = this;
      }
      head.next = this;
    }
  }

  long bytes() {
    return block == null ? 0 : SizeClass.bytes(block.sizeClass);
  }

  /// Tells whether the block went back to the pool.
  boolean isFree() {
    synchronized (HEADS[stripe]) {
      return previous == null;
    }
  }

  /// Gives the block back to the pool; only the first call does.
  void free() {
    Claim head = HEADS[stripe];
    synchronized (head) {
      Claim p = previous;
      if (p == null) {
        return;
      }
      p.next = next;
      if (next != null) {
        next.previous = p;
      }
      previous = null;
      next = null;
    }
    clear();
    if (block != null) {
      Memory.POOL.give(block);
    }
  }

  /// Calls `see` for every live claim.
  static void forEach(java.util.function.Consumer<Claim> see) {
    for (Claim head : HEADS) {
      synchronized (head) {
        for (Claim c = head.next; c != null; c = c.next) {
          see.accept(c);
        }
      }
    }
  }

  /// Frees what the collector has found; returns how many.
  static int drain() {
    int n = 0;
    while (QUEUE.poll() instanceof Claim c) {
      c.free();
      n++;
    }
    return n;
  }

  private static final AtomicBoolean STARTED = new AtomicBoolean();

  /// Starts, once, the thread that waits for the collector's finds.
  static void start() {
    if (STARTED.compareAndSet(false, true)) {
      Thread t =
          new Thread(
              () -> {
                while (true) {
                  try {
                    if (QUEUE.remove() instanceof Claim c) {
                      c.free();
                    }
                  } catch (InterruptedException e) {
                    return;
                  }
                }
              },
              "merapi-memory");
      t.setDaemon(true);
      t.start();
    }
  }
}
