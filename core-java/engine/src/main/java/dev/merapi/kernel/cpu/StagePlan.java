package dev.merapi.kernel.cpu;

import java.util.Arrays;

/// The loops that compute all outputs of a fusion for a stretch of elements, one after the other.
///
/// Buffers are numbered: inputs, outputs, slots. Slots lie in memory of the running thread and hold
/// what one loop leaves to a later one.
final class StagePlan {
  /// Elements that a stretch has if there are slots, which must stay in the first-level cache.
  static final int STRETCH = 1024;

  private final Stage[] stages;
  private final int firstSlot;
  private final int slots;
  private final int slotBytes;
  private final int operands;

  StagePlan(Stage[] stages, int firstSlot, int slots, int elementBytes) {
    this.stages = stages;
    this.firstSlot = firstSlot;
    this.slots = slots;
    this.slotBytes = spaced((long) STRETCH * elementBytes);
    this.operands = Arrays.stream(stages).mapToInt(s -> s.buffers.length).max().orElse(0);
  }

  /// Returns the distance of buffers of `bytes`, such that equal places in many of them do not fall
  /// into one set of a cache.
  static int spaced(long bytes) {
    return Math.toIntExact((bytes + 63) / 64 * 64 + 192);
  }

  Stage[] stages() {
    return stages;
  }

  /// Returns the running thread's lane with the slots laid out from byte `at` of its memory on.
  Lane lane(long at) {
    Lane lane = Lane.mine(firstSlot + slots, operands, at + (long) slots * slotBytes);
    for (int i = 0; i < slots; i++) {
      lane.segment[firstSlot + i] = lane.memory;
      lane.offset[firstSlot + i] = at + (long) i * slotBytes;
    }
    return lane;
  }

  /// Computes `n` elements of a tile whose inputs and outputs the lane has.
  void run(Lane lane, int n) {
    if (stages.length == 1) {
      stages[0].run(lane, 0, n);
      return;
    }
    for (int done = 0; done < n; done += STRETCH) {
      int m = Math.min(STRETCH, n - done);
      for (Stage s : stages) {
        s.run(lane, done, m);
      }
    }
  }
}
