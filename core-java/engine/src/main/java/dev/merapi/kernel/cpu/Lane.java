package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// What one thread needs to run fused code: where the buffers of the current tile lie, and memory
/// for those that are no tensors. Grows to the largest kernel the thread has run.
final class Lane {
  /// Bytes of the pad of one operand: a vector has at most 16 elements of at most 4 bytes, or 8 of
  /// 8.
  static final int PAD = 64;

  private static final ThreadLocal<Lane> MINE = ThreadLocal.withInitial(Lane::new);

  /// Segment and byte offset of each buffer.
  MemorySegment[] segment = {};

  long[] offset = {};

  /// The operands of the stage that runs.
  MemorySegment[] operand = {};

  long[] operandAt = {};

  MemorySegment memory = MemorySegment.NULL;

  /// Room for one vector of each operand.
  MemorySegment pad = MemorySegment.NULL;

  private Lane() {}

  /// Returns the running thread's lane with room for so many buffers, operands and bytes.
  static Lane mine(int buffers, int operands, long bytes) {
    Lane l = MINE.get();
    if (l.segment.length < buffers) {
      l.segment = new MemorySegment[buffers];
      l.offset = new long[buffers];
    }
    if (l.operand.length < operands) {
      l.operand = new MemorySegment[operands];
      l.operandAt = new long[operands];
      l.pad = Scratch.forever(operands * (long) PAD);
    }
    if (l.memory.byteSize() < bytes) {
      l.memory = Scratch.forever(bytes);
    }
    return l;
  }

  /// Forgets all tensors, whose memory would not be freed as long as a thread names it.
  void clear() {
    Arrays.fill(segment, MemorySegment.NULL);
    Arrays.fill(operand, MemorySegment.NULL);
  }
}
