package dev.merapi.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Runs one expression over consecutive elements. Instances are compiled, stateless and shared by
/// threads.
public abstract class Loop {
  /// Elements per call of [#block], so that loops count in `int`, which the JIT compiler handles
  /// best.
  private static final int BLOCK = 1 << 24;

  private final int[] strides;
  private final int outStride;
  private final @Nullable Loop complete;

  /// `strides` are the bytes from one element of an input to the next, 0 for an input that is one
  /// element. `complete` is a loop of the same expression that can do what this one leaves out;
  /// null if it leaves out nothing.
  protected Loop(int[] strides, int outStride, @Nullable Loop complete) {
    this.strides = strides;
    this.outStride = outStride;
    this.complete = complete;
  }

  /// Runs over `n` elements from the given byte offsets. Inputs that are not used may be any
  /// segment. The result may be written over an input of the same element size, at the same offset,
  /// and must not overlap inputs otherwise.
  ///
  /// Fails: `ArithmeticException` for an integer divided by zero or raised to a negative power;
  /// what was written so far stays.
  public final void run(
      MemorySegment a,
      long aOff,
      MemorySegment b,
      long bOff,
      MemorySegment c,
      long cOff,
      MemorySegment out,
      long outOff,
      long n) {
    if (strides.length > 3) {
      throw new IllegalStateException("a loop of " + strides.length + " inputs takes arrays");
    }
    long done = 0;
    while (n - done > BLOCK) {
      block(
          a,
          aOff + done * stride(0),
          b,
          bOff + done * stride(1),
          c,
          cOff + done * stride(2),
          out,
          outOff + done * outStride,
          BLOCK);
      done += BLOCK;
    }
    if (n > done) {
      block(
          a,
          aOff + done * stride(0),
          b,
          bOff + done * stride(1),
          c,
          cOff + done * stride(2),
          out,
          outOff + done * outStride,
          (int) (n - done));
    }
  }

  /// Runs over `n` elements with any number of inputs; `inOff` are byte offsets.
  ///
  /// A fused loop, which may have several results, has them all behind its inputs in both arrays,
  /// and ignores `out` and `outOff`; see [#runFused].
  public final void run(MemorySegment[] in, long[] inOff, MemorySegment out, long outOff, long n) {
    if (strides.length <= 3) {
      MemorySegment a = strides.length > 0 ? in[0] : out;
      MemorySegment b = strides.length > 1 ? in[1] : out;
      MemorySegment c = strides.length > 2 ? in[2] : out;
      run(a, offset(inOff, 0), b, offset(inOff, 1), c, offset(inOff, 2), out, outOff, n);
      return;
    }
    if (n <= BLOCK) {
      if (n > 0) {
        block(in, inOff, out, outOff, (int) n);
      }
      return;
    }
    long[] at = Arrays.copyOf(inOff, strides.length);
    for (long done = 0; done < n; done += BLOCK) {
      block(in, at, out, outOff + done * outStride, (int) Math.min(BLOCK, n - done));
      for (int i = 0; i < at.length; i++) {
        at[i] += (long) BLOCK * strides[i];
      }
    }
  }

  /// Runs a fused loop over 1 … 2^24 elements: the inputs' segments and byte offsets, then those of
  /// the results. Allocates nothing.
  public final void runFused(MemorySegment[] operands, long[] offsets, int n) {
    block(operands, offsets, operands[0], 0, n);
  }

  /// Has elements `first` to `first + n` of a block done by the complete loop.
  protected final void leave(
      MemorySegment a,
      long aOff,
      MemorySegment b,
      long bOff,
      MemorySegment c,
      long cOff,
      MemorySegment out,
      long outOff,
      int first,
      int n) {
    complete()
        .block(
            a,
            aOff + (long) first * stride(0),
            b,
            bOff + (long) first * stride(1),
            c,
            cOff + (long) first * stride(2),
            out,
            outOff + (long) first * outStride,
            n);
  }

  /// As the other method, for more than three inputs.
  protected final void leave(
      MemorySegment[] in, long[] inOff, MemorySegment out, long outOff, int first, int n) {
    long[] at = Arrays.copyOf(inOff, strides.length);
    for (int i = 0; i < at.length; i++) {
      at[i] += (long) first * strides[i];
    }
    complete().block(in, at, out, outOff + (long) first * outStride, n);
  }

  private Loop complete() {
    if (complete == null) {
      throw new IllegalStateException("This is a bug in Merapi: a complete loop left out elements");
    }
    return complete;
  }

  private long offset(long[] offsets, int i) {
    return i < strides.length ? offsets[i] : 0;
  }

  /// Returns how many inputs there are.
  public final int inputs() {
    return strides.length;
  }

  /// Returns the bytes between elements of input `i`: 0 if it is one element, or is no input.
  public final int stride(int i) {
    return i < strides.length ? strides[i] : 0;
  }

  /// Returns the bytes between elements of the result.
  public final int outStride() {
    return outStride;
  }

  /// Returns the estimated work for one element in picoseconds on one core.
  public abstract long cost();

  /// Runs over 1 … 2^24 elements; loops of up to three inputs have this method.
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
    throw new IllegalStateException("a loop of " + strides.length + " inputs takes arrays");
  }

  /// Runs over 1 … 2^24 elements; loops of more than three inputs have this method.
  protected void block(MemorySegment[] in, long[] inOff, MemorySegment out, long outOff, int n) {
    throw new IllegalStateException("a loop of " + strides.length + " inputs takes segments");
  }
}
