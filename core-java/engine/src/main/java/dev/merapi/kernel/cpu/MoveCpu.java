package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Kernels that put the elements of one tensor into another order.
public final class MoveCpu {
  private MoveCpu() {}

  private static int[] dims(Tensor t) {
    return t.shape().rawDims();
  }

  public static void broadcastTo(Call c) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    int extra = y.rank() - x.rank();
    long[] own = Mover.steps(dims(x));
    long[] steps = new long[y.rank()];
    for (int i = extra; i < steps.length; i++) {
      steps[i] = x.shape().dim(i - extra) == 1 ? 0 : own[i - extra];
    }
    Mover.copy(x, 0, steps, y, 0, Mover.steps(dims(y)), dims(y));
  }

  /// Gives each axis of the output the input's axis `perm[i]`.
  public static void transpose(Call c, int[] perm) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    long[] own = Mover.steps(dims(x));
    long[] steps = new long[perm.length];
    for (int i = 0; i < perm.length; i++) {
      steps[i] = own[perm[i]];
    }
    Mover.copy(x, 0, steps, y, 0, Mover.steps(dims(y)), dims(y));
  }

  /// Changes the sign of the imaginary parts of a complex tensor in place.
  public static void conjugate(Tensor y) {
    MemorySegment s = y.segment();
    long n = y.size();
    boolean single = y.dtype().bytes() == 8;
    for (long i = 0; i < n; i++) {
      if (single) {
        long p = 8 * i + 4;
        s.set(ValueLayout.JAVA_FLOAT, p, -s.get(ValueLayout.JAVA_FLOAT, p));
      } else {
        long p = 16 * i + 8;
        s.set(ValueLayout.JAVA_DOUBLE, p, -s.get(ValueLayout.JAVA_DOUBLE, p));
      }
    }
  }

  public static void tile(Call c) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    int r = x.rank();
    long[] in = Mover.steps(dims(x));
    long[] out = Mover.steps(dims(y));
    int[] d = new int[2 * r];
    long[] from = new long[2 * r];
    long[] to = new long[2 * r];
    for (int i = 0; i < r; i++) {
      int n = x.shape().dim(i);
      d[2 * i] = n == 0 ? 0 : y.shape().dim(i) / n;
      d[2 * i + 1] = n;
      from[2 * i + 1] = in[i];
      to[2 * i] = out[i] * n;
      to[2 * i + 1] = out[i];
    }
    Mover.copy(x, 0, from, y, 0, to, d);
  }

  public static void reverse(Call c, boolean[] back) {
    Tensor x = c.in(0);
    long[] steps = Mover.steps(dims(x));
    long[] from = steps.clone();
    long at = 0;
    for (int i = 0; i < back.length; i++) {
      if (back[i] && x.shape().dim(i) > 0) {
        at += (x.shape().dim(i) - 1) * steps[i];
        from[i] = -steps[i];
      }
    }
    Mover.copy(x, at, from, c.out(0), 0, steps, dims(x));
  }

  /// Reverses the first `lengths[b]` entries along `seq` of each batch entry and leaves the others.
  public static void reverseSequence(Call c, int seq, int batch, int[] lengths) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    long[] steps = Mover.steps(dims(x));
    int[] d = x.shape().dims();
    d[batch] = 1;
    int all = x.shape().dim(seq);
    for (int b = 0; b < lengths.length; b++) {
      long at = b * steps[batch];
      int n = lengths[b];
      long[] from = steps.clone();
      from[seq] = -steps[seq];
      d[seq] = n;
      Mover.copy(x, at + (n - 1) * steps[seq], from, y, at, steps, d);
      d[seq] = all - n;
      Mover.copy(x, at + n * steps[seq], steps, y, at + n * steps[seq], steps, d);
    }
  }

  /// Moves every element `shift[i]` places along axis i, round the end.
  public static void roll(Call c, int[] shift) {
    Tensor x = c.in(0);
    long[] steps = Mover.steps(dims(x));
    rolled(x, c.out(0), shift, steps, 0, 0, 0, x.shape().dims());
  }

  private static void rolled(
      Tensor x, Tensor y, int[] shift, long[] steps, int axis, long from, long to, int[] d) {
    if (axis == d.length) {
      Mover.copy(x, from, steps, y, to, steps, d);
      return;
    }
    int n = d[axis];
    int s = shift[axis];
    if (s == 0) {
      rolled(x, y, shift, steps, axis + 1, from, to, d);
      return;
    }
    d[axis] = n - s;
    rolled(x, y, shift, steps, axis + 1, from, to + s * steps[axis], d);
    d[axis] = s;
    rolled(x, y, shift, steps, axis + 1, from + (n - s) * steps[axis], to, d);
    d[axis] = n;
  }

  /// Moves blocks of pixels into channels, or back when `back` is set.
  public static void spaceToDepth(Call c, int block, boolean channelsFirst, boolean back) {
    Tensor space = back ? c.out(0) : c.in(0);
    Tensor depth = back ? c.in(0) : c.out(0);
    int[] s = dims(space);
    int ch = channelsFirst ? 1 : 3;
    int row = channelsFirst ? 2 : 1;
    long[] ss = Mover.steps(s);
    long[] ds = Mover.steps(dims(depth));
    int k = s[ch];
    // Axes: batch, block row, row in block, block column, column in block, channel.
    int[] d = {s[0], s[row] / block, block, s[row + 1] / block, block, k};
    long[] in = {ss[0], ss[row] * block, ss[row], ss[row + 1] * block, ss[row + 1], ss[ch]};
    long[] out = {ds[0], ds[row], ds[ch] * block * k, ds[row + 1], ds[ch] * k, ds[ch]};
    if (back) {
      Mover.copy(depth, 0, out, space, 0, in, d);
    } else {
      Mover.copy(space, 0, in, depth, 0, out, d);
    }
  }

  /// Moves blocks of space into the batch axis, or back; `before` is what is padded or cropped in
  /// front.
  public static void spaceToBatch(Call c, int[] block, int[] before, boolean back) {
    Tensor space = back ? c.out(0) : c.in(0);
    Tensor batch = back ? c.in(0) : c.out(0);
    int m = block.length;
    int[] s = dims(space);
    int[] b = dims(batch);
    long[] ss = Mover.steps(s);
    long[] bs = Mover.steps(b);
    int blocks = 1;
    for (int k : block) {
      blocks *= k;
    }
    if (!back) {
      FillCpu.number(batch, 0);
    }
    for (int q = 0; q < blocks; q++) {
      int[] d = s.clone();
      long[] steps = ss.clone();
      long spaceAt = 0;
      long batchAt = (long) q * s[0] * bs[0];
      int rest = q;
      for (int i = m - 1; i >= 0; i--) {
        int offset = rest % block[i] - before[i];
        rest /= block[i];
        int first = offset >= 0 ? 0 : (-offset + block[i] - 1) / block[i];
        int at = offset + first * block[i];
        d[i + 1] =
            at >= s[i + 1]
                ? 0
                : Math.min(b[i + 1] - first, (s[i + 1] - at + block[i] - 1) / block[i]);
        d[i + 1] = Math.max(0, d[i + 1]);
        spaceAt += at * ss[i + 1];
        batchAt += first * bs[i + 1];
        steps[i + 1] = ss[i + 1] * block[i];
      }
      if (back) {
        Mover.copy(batch, batchAt, bs, space, spaceAt, steps, d);
      } else {
        Mover.copy(space, spaceAt, steps, batch, batchAt, bs, d);
      }
    }
  }
}
