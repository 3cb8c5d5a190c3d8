package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import java.lang.foreign.MemorySegment;

/// A vector loop with the scalar loop of the same expression for short runs, for what is left at
/// the end, and until the vector loop is warm. Both give the same bits, so where one hands over
/// cannot be seen.
final class MixedLoop extends Loop {
  private final Loop scalar;
  private final Loop vector;
  private final int lanes;

  /// Elements seen before warming pays, so that a loop run once or twice costs no more than that.
  private static final long OFTEN = 1 << 16;

  /// Set once, by the warming thread; a late look at it costs time only.
  private boolean warm;

  /// Counted without care for other threads: it only decides when to warm.
  private long seen;

  MixedLoop(int[] strides, int outStride, Loop scalar, Loop vector, int lanes) {
    super(strides, outStride, null);
    this.scalar = scalar;
    this.vector = vector;
    this.lanes = lanes;
  }

  @Override
  public long cost() {
    return warm ? vector.cost() : scalar.cost();
  }

  /// Returns this loop if its vectors are warm, else the scalar loop, which does not ask for that.
  Loop asItIs() {
    return warm ? this : scalar;
  }

  /// Counts towards warming up; none of the elements go to the vector loop.
  private int cold(int n) {
    if (n >= lanes && seen < OFTEN) {
      seen += n;
      if (seen >= OFTEN) {
        WarmUp.ask(scalar, vector, lanes, () -> warm = true);
      }
    }
    return 0;
  }

  @Override
  protected void block(
      MemorySegment a,
      long aOff,
      MemorySegment b,
      long bOff,
      MemorySegment c,
      long cOff,
      MemorySegment out,
      long outOff,
      int n) {
    int whole = warm ? n & -lanes : cold(n);
    if (whole > 0) {
      vector.run(a, aOff, b, bOff, c, cOff, out, outOff, whole);
    }
    if (whole < n) {
      scalar.run(
          a,
          aOff + (long) whole * stride(0),
          b,
          bOff + (long) whole * stride(1),
          c,
          cOff + (long) whole * stride(2),
          out,
          outOff + (long) whole * outStride(),
          n - whole);
    }
  }

  @Override
  protected void block(MemorySegment[] in, long[] inOff, MemorySegment out, long outOff, int n) {
    int whole = warm ? n & -lanes : cold(n);
    if (whole > 0) {
      vector.run(in, inOff, out, outOff, whole);
    }
    if (whole < n) {
      long[] at = inOff.clone();
      for (int i = 0; i < at.length; i++) {
        at[i] += (long) whole * stride(i);
      }
      scalar.run(in, at, out, outOff + (long) whole * outStride(), n - whole);
    }
  }
}
