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
    loop(lane, first, n);
  }

  /// Runs over `n` elements of the lane's operands, which begin at element `first` of the tile.
  protected abstract void loop(Lane lane, int first, int n);

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
    protected void loop(Lane lane, int first, int n) {
      MemorySegment[] operand = lane.operand;
      long[] at = lane.operandAt;
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
          operand[0], at[0], operand[b], at[b], operand[c], at[c], operand[last], at[last], count);
    }
  }

  /// A loop compiled for this fusion, with vectors for whole vectors and without for the rest.
  static final class Joint extends Stage {
    /// What it takes to copy a few elements of one operand.
    private static final long COPY_PICOS = 8_000;

    final Loop scalar;
    final Loop vector;
    final int lanes;

    /// How many of the buffers are written.
    final int results;

    /// Elements from which copying what is left to whole vectors costs less than the scalar loop.
    private final int worthPadding;

    /// `vector` may be `scalar`; then `lanes` is 1.
    Joint(Loop scalar, Loop vector, int lanes, int results, int[] buffers, int[] moves) {
      super(buffers, moves);
      this.results = results;
      this.scalar = scalar;
      this.vector = vector;
      this.lanes = lanes;
      long copies = COPY_PICOS * (buffers.length + 1);
      this.worthPadding = Math.clamp(copies / Math.max(1, scalar.cost()) + 1, 2, lanes + 1);
    }

    @Override
    protected void loop(Lane lane, int first, int n) {
      MemorySegment[] operand = lane.operand;
      long[] at = lane.operandAt;
      int whole = n & -lanes;
      if (whole > 0) {
        vector.runFused(operand, at, whole);
      }
      int left = n - whole;
      if (left >= worthPadding && lanes > 1) {
        padded(lane, first, whole, left);
      } else if (left > 0) {
        for (int i = 0; i < buffers.length; i++) {
          at[i] += (long) whole * scalar.stride(i);
        }
        scalar.runFused(operand, at, left);
      }
    }

    /// Computes the last `left` elements as a whole vector of copies; what the lanes beyond them
    /// hold does not matter.
    private void padded(Lane lane, int first, int whole, int left) {
      MemorySegment[] operand = lane.operand;
      long[] at = lane.operandAt;
      MemorySegment pad = lane.pad;
      for (int i = 0; i < buffers.length; i++) {
        int stride = scalar.stride(i);
        if (stride == 0) {
          continue;
        }
        long from = at[i] + (long) whole * stride;
        if (i < buffers.length - results) {
          MemorySegment.copy(operand[i], from, pad, i * (long) Lane.PAD, (long) left * stride);
        }
        operand[i] = pad;
        at[i] = i * (long) Lane.PAD;
      }
      vector.runFused(operand, at, lanes);
      for (int i = buffers.length - results; i < buffers.length; i++) {
        int b = buffers[i];
        int stride = scalar.stride(i);
        long to = lane.offset[b] + (long) first * moves[i] + (long) whole * stride;
        MemorySegment.copy(pad, i * (long) Lane.PAD, lane.segment[b], to, (long) left * stride);
      }
    }
  }
}
