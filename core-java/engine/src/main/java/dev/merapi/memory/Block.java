package dev.merapi.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// A piece of native memory of one size class, 64-byte aligned; made once and handed out many
/// times.
final class Block {
  final MemorySegment whole;
  final int sizeClass;

  /// The arena to close when the block goes back to the system; null for pieces of a shared slab.
  final @Nullable Arena arena;

  /// The slice last handed out, kept because the same size is mostly asked for again.
  private MemorySegment slice;

  Block(MemorySegment whole, int sizeClass, @Nullable Arena arena) {
    this.whole = whole;
    this.sizeClass = sizeClass;
    this.arena = arena;
    this.slice = whole;
  }

  MemorySegment slice(long bytes) {
    MemorySegment s = slice;
    if (s.byteSize() != bytes) {
      s = whole.asSlice(0, bytes);
      slice = s;
    }
    return s;
  }
}
