package dev.merapi.memory;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Cuts small tensors from pages, one page a thread at a time.
///
/// A claim for each tensor would give the collector a reference to process for every 8 floats; so
/// small tensors share a page and its claim. A page returns to the pool when none of its tensors is
/// reachable. Pages are small, because one tensor that lives long keeps its whole page.
final class Nursery {
  /// Tensors up to this many bytes lie on pages.
  static final long SMALL_BYTES = 256;

  private static final int PAGE_BYTES = 4096;

  private static final ThreadLocal<Nursery> CURRENT = ThreadLocal.withInitial(Nursery::new);

  private @Nullable Page page;
  private int used;

  private Nursery() {}

  /// Memory that small buffers share; the claim watches this object.
  static final class Page {
    private final MemorySegment segment;

    Page(Block block) {
      segment = block.whole;
    }
  }

  static Buffer take(long bytes) {
    return CURRENT.get().cut((int) bytes);
  }

  private Buffer cut(int bytes) {
    Page p = page;
    if (p == null || used + bytes > PAGE_BYTES) {
      Block block = Memory.POOL.take(PAGE_BYTES);
      p = new Page(block);
      // The claim registers itself; nobody else refers to it.
      new Claim(p, block, null);
      page = p;
      used = 0;
    }
    MemorySegment s = p.segment.asSlice(used, bytes);
    used += Math.max(64, (bytes + 63) & ~63);
    return new Buffer(p, s);
  }
}
