package dev.merapi.kernel.cpu;

import dev.merapi.op.Call;
import dev.merapi.tensor.Tensor;

/// Kernels that read and replace rectangular parts.
public final class SliceCpu {
  private SliceCpu() {}

  public static void slice(Call c, int[] begin) {
    Tensor x = c.in(0);
    Tensor y = c.out(0);
    long[] steps = Mover.steps(x.shape().rawDims());
    long at = 0;
    for (int i = 0; i < begin.length; i++) {
      at += begin[i] * steps[i];
    }
    Mover.copy(x, at, steps, y, 0, Mover.steps(y.shape().rawDims()), y.shape().rawDims());
  }

  public static void read(Call c, SliceView v) {
    Tensor x = c.in(0);
    View w = new View(x, v);
    Mover.copy(x, w.at, w.steps, c.out(0), 0, Mover.steps(w.dims), w.dims);
  }

  /// Writes `value` into the part of the output; the rest is the first input, or zeros when that is
  /// only a shape.
  public static void write(Call c, SliceView v, Tensor value) {
    Tensor y = c.out(0);
    if (c.in(0).dtype() == y.dtype() && c.op.inputs().get(0).name().equals("input")) {
      Mover.copy(c.in(0), 0, y, 0, y.size());
    } else {
      FillCpu.number(y, 0);
    }
    put(y, v, value);
  }

  /// Writes `value` into a part of `y`.
  static void put(Tensor y, SliceView v, Tensor value) {
    View w = new View(y, v);
    Mover.copy(value, 0, Mover.steps(w.dims), y, w.at, w.steps, w.dims);
  }

  private static final class View {
    final long[] steps;
    final int[] dims;
    long at;

    View(Tensor x, SliceView v) {
      steps = Mover.steps(x.shape().rawDims());
      dims = new int[steps.length];
      for (int i = 0; i < steps.length; i++) {
        dims[i] = v.count(i);
        at += v.begin(i) * steps[i];
        steps[i] *= v.stride(i);
      }
    }
  }
}
