package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Loop;
import java.lang.foreign.MemorySegment;

/// A vector loop with the scalar loop of the same expression for short runs and for what is left at the end.
/// Both give the same bits, so where one hands over to the other cannot be seen.
final class MixedLoop extends Loop {
  private final Loop scalar;
  private final Loop vector;
  private final int lanes;
  private final int shortest;

  MixedLoop(int[] strides, int outStride, Loop scalar, Loop vector, int lanes) {
    super(strides, outStride, null);
    this.scalar = scalar;
    this.vector = vector;
    this.lanes = lanes;
    this.shortest = lanes;
  }

  @Override
  public long cost() {
    return vector.cost();
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
    int whole = n < shortest ? 0 : n & -lanes;
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
    int whole = n < shortest ? 0 : n & -lanes;
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
