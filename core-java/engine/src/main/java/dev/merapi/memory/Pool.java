package dev.merapi.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Hands out native memory from free lists, one list for each size class.
///
/// Measured on 2 cores of an AMD Zen 5 with JDK 25: an arena for each tensor costs 243 ns to 54 µs
/// (and 49 ms for 16 MB of fresh pages), this pool 26 ns. Small classes are cut from shared slabs
/// that stay for good; large blocks have an arena each and go back to the system when the cache
/// holds more than its share.
final class Pool {
  /// Blocks up to this size are cut from slabs.
  private static final long SMALL_BYTES = 64 << 10;

  private static final long SLAB_BYTES = 1 << 20;

  private final Shelf[] shelves = new Shelf[SizeClass.COUNT];
  final AtomicLong inUse = new AtomicLong();
  final AtomicLong cached = new AtomicLong();
  final AtomicLong peak = new AtomicLong();

  private @Nullable MemorySegment slab;
  private long slabUsed;

  Pool() {
    for (int i = 0; i < shelves.length; i++) {
      shelves[i] = new Shelf();
    }
  }

  /// Free blocks of one class; its own monitor guards it.
  private static final class Shelf {
    private final ArrayDeque<Block> free = new ArrayDeque<>();

    synchronized @Nullable Block poll() {
      return free.pollLast();
    }

    synchronized void push(Block b) {
      free.addLast(b);
    }
  }

  Block take(long bytes) {
    int c = SizeClass.of(bytes);
    Block b = shelves[c].poll();
    long size = SizeClass.bytes(c);
    if (b != null) {
      cached.addAndGet(-size);
    } else {
      b = size <= SMALL_BYTES ? cut(c, size) : fresh(c, size);
    }
    long now = inUse.addAndGet(size);
    if (now > peak.get()) {
      peak.accumulateAndGet(now, Math::max);
    }
    return b;
  }

  void give(Block b) {
    long size = SizeClass.bytes(b.sizeClass);
    inUse.addAndGet(-size);
    cached.addAndGet(size);
    shelves[b.sizeClass].push(b);
  }

  private static Block fresh(int c, long size) {
    Arena arena = Arena.ofShared();
    return new Block(arena.allocate(size, 64), c, arena);
  }

  private synchronized Block cut(int c, long size) {
    MemorySegment s = slab;
    if (s == null || slabUsed + size > s.byteSize()) {
      s = Arena.global().allocate(SLAB_BYTES, 64);
      slab = s;
      slabUsed = 0;
    }
    Block b = new Block(s.asSlice(slabUsed, size), c, null);
    slabUsed += size;
    return b;
  }

  /// Gives large free blocks back to the system until at most `keep` bytes are cached, largest
  /// first.
  void trim(long keep) {
    for (int c = shelves.length - 1; c >= 0 && cached.get() > keep; c--) {
      long size = SizeClass.bytes(c);
      if (size <= SMALL_BYTES) {
        return;
      }
      while (cached.get() > keep) {
        Block b = shelves[c].poll();
        if (b == null) {
          break;
        }
        cached.addAndGet(-size);
        if (b.arena != null) {
          b.arena.close();
        }
      }
    }
  }
}
