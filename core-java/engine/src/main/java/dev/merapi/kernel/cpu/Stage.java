package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import java.lang.foreign.MemorySegment;

/// One loop of fused code: reads some buffers and writes others.
///
/// A buffer is an input, an output or a slot. Inputs and outputs move with the elements, slots hold
/// one stretch of them and are written anew for each. Inputs that are one element do not move.
abstract class Stage {
  /// Numbers of the buffers that are read, then of those that are written.
  protected final int[] buffers;

  /// Bytes from one element to the next, for each of `buffers`; 0 for slots and single elements.
  protected final int[] moves;

  protected Stage(int[] buffers, int[] moves) {
    this.buffers = buffers;
    this.moves = moves;
  }

  /// Runs over `n` elements, from element `first` of the tile on.
  final void run(Lane lane, int first, int n) {
    MemorySegment[] operand = lane.operand;
    long[] at = lane.operandAt;
    for (int i = 0; i < buffers.length; i++) {
      int b = buffers[i];
      operand[i] = lane.segment[b];
      at[i] = lane.offset[b] + (long) first * moves[i];
    }
    loop(operand, at, n);
  }

  protected abstract void loop(MemorySegment[] operand, long[] at, int n);

  /// A loop that an operation has on its own.
  static final class Single extends Stage {
    private final Loop loop;

    /// Whether a better loop is on its way, so that this one need not be warmed up.
    private final boolean meanwhile;

    /// Whether the result is one element for all positions.
    private final boolean once;

    Single(Loop loop, boolean meanwhile, boolean once, int[] buffers, int[] moves) {
      super(buffers, moves);
      this.loop = loop;
      this.meanwhile = meanwhile;
      this.once = once;
    }

    @Override
    protected void loop(MemorySegment[] operand, long[] at, int n) {
      int last = buffers.length - 1;
      int count = once ? 1 : n;
      Loop now = meanwhile && loop instanceof MixedLoop m ? m.asItIs() : loop;
      if (last > 3) {
        now.run(operand, at, operand[last], at[last], count);
        return;
      }
      int b = Math.min(1, last);
      int c = Math.min(2, last);
      now.run(
          operand[0],
          at[0],
          operand[b],
          at[b],
          operand[c],
          at[c],
          operand[last],
          at[last],
          count);
    }
  }

  /// A loop compiled for this fusion, with vectors for whole vectors and without for the rest.
  static final class Joint extends Stage {
    final Loop scalar;
    final Loop vector;
    final int lanes;

    /// How many of the buffers are written.
    final int results;

    /// `vector` may be `scalar`; then `lanes` is 1.
    Joint(Loop scalar, Loop vector, int lanes, int results, int[] buffers, int[] moves) {
      super(buffers, moves);
      this.results = results;
      this.scalar = scalar;
      this.vector = vector;
      this.lanes = lanes;
    }

    @Override
    protected void loop(MemorySegment[] operand, long[] at, int n) {
      int whole = n & -lanes;
      if (whole > 0) {
        vector.runFused(operand, at, whole);
      }
      if (whole < n) {
        for (int i = 0; i < buffers.length; i++) {
          at[i] += (long) whole * scalar.stride(i);
        }
        scalar.runFused(operand, at, n - whole);
      }
    }
  }
}
