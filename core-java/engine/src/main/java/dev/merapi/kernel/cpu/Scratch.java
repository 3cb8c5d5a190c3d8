package dev.merapi.kernel.cpu;

import dev.merapi.memory.Memory;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Native memory for results in between.
///
/// Kernels open a [dev.merapi.memory.Scope] around their work, after they have asked for their
/// outputs, so that it returns to the pool when they are done.
final class Scratch {
  private Scratch() {}

  /// Returns memory of undefined content from the pool.
  static MemorySegment bytes(long size) {
    Shape s =
        size <= Integer.MAX_VALUE
            ? Shape.of((int) size)
            : Shape.of(Math.toIntExact((size >> 20) + 1), 1 << 20);
    return Memory.empty(new Spec(DType.U8, s)).segment();
  }

  /// Returns memory that a thread keeps for itself.
  static MemorySegment forever(long size) {
    return Arena.ofAuto().allocate(Math.max(size, 1), 64);
  }
}
