package dev.merapi.kernel.cpu;

import dev.merapi.kernel.Expr;
import dev.merapi.kernel.Loop;
import dev.merapi.memory.Memory;
import dev.merapi.op.Call;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Kernels that put borders round tensors.
public final class PadCpu {
  private static final LoopTable ADD = LoopTable.of(Expr.in(0).add(Expr.in(1)));

  private PadCpu() {}

  /// Copies the input into the middle and fills the border with `value`, or zeros.
  public static void pad(Call c, int[] pads, @Nullable Tensor value) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    int[] inner = x.shape().rawDims();
    int[] d = y.shape().dims();
    if (y.size() == 0) {
      return;
    }
    Tensor border = value;
    if (border == null) {
      border = Memory.empty(Spec.of(y.dtype()));
      FillCpu.number(border, 0);
    }
    long[] steps = Mover.steps(d);
    long[] still = new long[d.length];
    long at = 0;
    // Slabs in front of and behind each axis, within the middle of the axes before it: every
    // element once.
    for (int i = 0; i < d.length; i++) {
      int[] slab = d.clone();
      slab[i] = pads[2 * i];
      Mover.copy(border, 0, still, y, at, steps, slab);
      slab[i] = pads[2 * i + 1];
      Mover.copy(border, 0, still, y, at + (pads[2 * i] + inner[i]) * steps[i], steps, slab);
      at += pads[2 * i] * steps[i];
      d[i] = inner[i];
    }
    Mover.copy(x, 0, Mover.steps(inner), y, at, steps, inner);
  }

  /// Copies the input and its mirror images, one for each choice of front, middle and back along
  /// every axis.
  public static void mirror(Call c, int[] pads, boolean reflect) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    int r = x.rank();
    int[] part = new int[r];
    mirror(x, y, pads, reflect ? 1 : 0, part, 0);
  }

  private static void mirror(Tensor x, Tensor y, int[] pads, int skip, int[] part, int axis) {
    int r = part.length;
    if (axis < r) {
      for (int p = 0; p < 3; p++) {
        part[axis] = p;
        if (p == 1 || pads[2 * axis + p / 2] > 0) {
          mirror(x, y, pads, skip, part, axis + 1);
        }
      }
      return;
    }
    int[] n = x.shape().rawDims();
    int[] d = n.clone();
    long[] from = Mover.steps(n);
    long[] to = Mover.steps(y.shape().rawDims());
    long fromAt = 0;
    long toAt = 0;
    for (int i = 0; i < r; i++) {
      int before = pads[2 * i];
      if (part[i] == 1) {
        toAt += before * to[i];
        continue;
      }
      boolean front = part[i] == 0;
      d[i] = front ? before : pads[2 * i + 1];
      fromAt += (front ? before - 1 + skip : n[i] - 1 - skip) * from[i];
      toAt += front ? 0 : (before + n[i]) * to[i];
      from[i] = -from[i];
    }
    Mover.copy(x, fromAt, from, y, toAt, to, d);
  }

  /// Folds borders back, one axis after the other: rows of the border are added to the rows they
  /// mirror.
  public static void fold(Call c, int[] pads, boolean reflect) {
    Tensor x = c.in(0);
    int r = x.rank();
    int skip = reflect ? 1 : 0;
    for (int i = 0; i < r; i++) {
      if (pads[2 * i] + pads[2 * i + 1] > 0) {
        x = fold(x, i, pads[2 * i], pads[2 * i + 1], skip);
      }
    }
    Mover.copy(x, 0, c.out(0), 0, x.size());
  }

  private static Tensor fold(Tensor x, int axis, int before, int after, int skip) {
    int[] wide = x.shape().rawDims();
    int[] d = wide.clone();
    int n = wide[axis] - before - after;
    d[axis] = n;
    DType t = x.dtype();
    Tensor y = Memory.empty(new Spec(t, Shape.of(d)));
    long outer = 1;
    for (int i = 0; i < axis; i++) {
      outer *= d[i];
    }
    long inner = Mover.steps(d)[axis];
    if (y.size() == 0) {
      return y;
    }
    int[] middle = {Math.toIntExact(outer), Math.toIntExact(n * inner)};
    long[] from = {wide[axis] * inner, 1};
    Mover.copy(x, before * inner, from, y, 0, new long[] {n * inner, 1}, middle);
    Loop add = ADD.get(t, 0);
    long w = t.bytes();
    for (long o = 0; o < outer; o++) {
      long xs = o * wide[axis] * inner;
      long ys = o * n * inner;
      for (int i = 0; i < before + after; i++) {
        // Row i in front mirrors row before - 1 - i (+ 1 when the border itself is not repeated).
        int row = i < before ? i : n + i;
        int to = i < before ? before - 1 - i + skip : n - 1 - skip - (i - before);
        long at = (ys + to * inner) * w;
        add.run(
            y.segment(),
            at,
            x.segment(),
            (xs + row * inner) * w,
            x.segment(),
            0,
            y.segment(),
            at,
            inner);
      }
    }
    return y;
  }
}
