package dev.merapi.kernel.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Window;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/// Carries pooling and its gradients out: floats with [Pooling], integers and positions with
/// [PoolPositions].
public final class PoolCpu {
  private PoolCpu() {}

  /// Returns sizes of the window for all axes, from an attribute or an input.
  public static int[] ksize(Call c) {
    return c.op.hasAttr("ksize")
        ? c.attrs.ints("ksize")
        : Objects.requireNonNull(c.constant("ksize"));
  }

  public static int[] strides(Call c) {
    return c.op.hasAttr("strides")
        ? c.attrs.ints("strides")
        : Objects.requireNonNull(c.constant("strides"));
  }

  private static Window window(Call c, Shape x) {
    return Window.pooling(c, x, ksize(c), strides(c));
  }

  private static ConvGeometry geometry(Window w) {
    return ConvCpu.geometry(w, w.channels, 1);
  }

  public static void max(Call c) {
    forward(c, true);
  }

  public static void mean(Call c) {
    forward(c, false);
  }

  private static void forward(Call c, boolean max) {
    Tensor y = c.out(0);
    Tensor x = c.in(0);
    if (y.size() == 0) {
      return;
    }
    Window w = window(c, x.shape());
    ConvGeometry g = geometry(w);
    boolean first = w.channelsFirst;
    try (Scope _ = Scope.open()) {
      if (!x.dtype().isFloating()) {
        gather(x, positions(g, x, first, y.size()), x, y, first);
        return;
      }
      DType wide = Staged.wide(x.dtype());
      MemorySegment xs = Staged.in(x, wide, first);
      MemorySegment to = Staged.out(y, wide, first);
      if (wide == DType.F32) {
        if (max) {
          Pooling.maxF32(g, xs, 0, to, 0);
        } else {
          Pooling.meanF32(g, xs, 0, to, 0);
        }
      } else if (max) {
        Pooling.maxF64(g, xs, 0, to, 0);
      } else {
        Pooling.meanF64(g, xs, 0, to, 0);
      }
      Staged.finish(to, y, wide, first);
    }
  }

  /// Computes the gradient of the input from inputs `(x, y, dy)`.
  public static void maxGrad(Call c) {
    Tensor dx = c.out(0);
    Tensor x = c.in(0);
    Tensor dy = c.in(2);
    if (dx.size() == 0 || dy.size() == 0) {
      dx.segment().fill((byte) 0);
      return;
    }
    Window w = window(c, x.shape());
    ConvGeometry g = geometry(w);
    boolean first = w.channelsFirst;
    try (Scope _ = Scope.open()) {
      if (!dx.dtype().isFloating()) {
        MemorySegment to = Staged.out(dx, DType.I64, first);
        PoolPositions.scatter(
            DType.I64,
            positions(g, x, first, dy.size()),
            Staged.in(dy, DType.I64, first),
            g.batch(),
            to,
            dx.size());
        Staged.finish(to, dx, DType.I64, first);
        return;
      }
      DType wide = Staged.wide(dx.dtype());
      MemorySegment xs = Staged.in(x, wide, first);
      MemorySegment dys = Staged.in(dy, wide, first);
      MemorySegment to = Staged.out(dx, wide, first);
      if (wide == DType.F32) {
        Pooling.maxGradF32(g, xs, 0, dys, 0, to, 0);
      } else {
        Pooling.maxGradF64(g, xs, 0, dys, 0, to, 0);
      }
      Staged.finish(to, dx, wide, first);
    }
  }

  /// Computes the gradient of the input from inputs `(sizes, dy)`.
  public static void meanGrad(Call c) {
    Tensor dx = c.out(0);
    Tensor dy = c.in(1);
    if (dx.size() == 0 || dy.size() == 0) {
      dx.segment().fill((byte) 0);
      return;
    }
    Window w = window(c, dx.shape());
    ConvGeometry g = geometry(w);
    DType wide = Staged.wide(dx.dtype());
    try (Scope _ = Scope.open()) {
      MemorySegment dys = Staged.in(dy, wide, w.channelsFirst);
      MemorySegment to = Staged.out(dx, wide, w.channelsFirst);
      if (wide == DType.F32) {
        Pooling.meanGradF32(g, dys, 0, to, 0);
      } else {
        Pooling.meanGradF64(g, dys, 0, to, 0);
      }
      Staged.finish(to, dx, wide, w.channelsFirst);
    }
  }

  /// Takes from the third input the elements where the first one has the maxima of its windows.
  public static void maxGradGrad(Call c) {
    Tensor ddy = c.out(0);
    Tensor x = c.in(0);
    if (ddy.size() == 0) {
      return;
    }
    Window w = window(c, x.shape());
    try (Scope _ = Scope.open()) {
      gather(
          x, positions(geometry(w), x, w.channelsFirst, ddy.size()), c.in(2), ddy, w.channelsFirst);
    }
  }

  /// Computes maxima and where they are.
  public static void maxWithPositions(Call c) {
    Tensor y = c.out(0);
    Tensor at = c.out(1);
    Tensor x = c.in(0);
    if (y.size() == 0) {
      return;
    }
    ConvGeometry g = geometry(window(c, x.shape()));
    try (Scope _ = Scope.open()) {
      MemorySegment positions = positions(g, x, false, y.size());
      gather(x, positions, x, y, false);
      long entry = c.attrs.b("include_batch_in_index") ? x.size() / g.batch() : 0;
      long per = y.size() / g.batch();
      for (long i = 0; i < y.size(); i++) {
        long p = positions.getAtIndex(JAVA_LONG, i) + i / per * entry;
        if (at.dtype() == DType.I32) {
          at.segment().setAtIndex(JAVA_INT, i, (int) p);
        } else {
          at.segment().setAtIndex(JAVA_LONG, i, p);
        }
      }
    }
  }

  /// Adds gradients up at given positions: inputs `(x, dy, argmax)`.
  public static void scatter(Call c) {
    Tensor dx = c.out(0);
    Tensor dy = c.in(1);
    if (dx.size() == 0 || dy.size() == 0) {
      dx.segment().fill((byte) 0);
      return;
    }
    DType wide = dx.dtype().isFloating() ? Staged.wide(dx.dtype()) : DType.I64;
    try (Scope _ = Scope.open()) {
      MemorySegment at = given(c, dx);
      MemorySegment to = Staged.out(dx, wide, false);
      PoolPositions.scatter(wide, at, Staged.in(dy, wide), dx.shape().dim(0), to, dx.size());
      Staged.finish(to, dx, wide, false);
    }
  }

  /// Takes elements at given positions: inputs `(x, dd, argmax)`.
  public static void take(Call c) {
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    try (Scope _ = Scope.open()) {
      gather(c.in(0), given(c, c.in(0)), c.in(1), y, false);
    }
  }

  /// Returns given positions, counted from the start of their batch entry.
  private static MemorySegment given(Call c, Tensor x) {
    Tensor argmax = c.in(2);
    long entry = x.size() / Math.max(1, x.shape().dim(0));
    long per = argmax.size() / Math.max(1, x.shape().dim(0));
    boolean global = c.attrs.b("include_batch_in_index");
    MemorySegment at = Staged.temporary(DType.I64, argmax.size());
    for (long i = 0; i < argmax.size(); i++) {
      long p =
          argmax.dtype() == DType.I32
              ? argmax.segment().getAtIndex(JAVA_INT, i)
              : argmax.segment().getAtIndex(JAVA_LONG, i);
      long inside = global ? p - i / per * entry : p;
      if (inside < 0 || inside >= entry) {
        throw c.fault("Invalid argmax " + p + " at " + i + ": it lies outside its batch entry")
            .expected("positions from MaxPoolWithArgmax of the same input")
            .valueError();
      }
      at.setAtIndex(JAVA_LONG, i, inside);
    }
    return at;
  }

  private static MemorySegment positions(ConvGeometry g, Tensor x, boolean first, long results) {
    MemorySegment at = Staged.temporary(DType.I64, results);
    MemorySegment keys = Staged.temporary(DType.I64, x.size());
    if (x.dtype().isFloating()) {
      PoolPositions.keys(Staged.in(x, DType.F64, first), keys, x.size());
    } else {
      MemorySegment.copy(Staged.in(x, DType.I64, first), 0, keys, 0, 8 * x.size());
      if (x.dtype() == DType.U64) {
        PoolPositions.flip(keys, x.size());
      }
    }
    PoolPositions.find(g, keys, at);
    return at;
  }

  private static void gather(Tensor x, MemorySegment at, Tensor from, Tensor y, boolean first) {
    DType t = y.dtype();
    MemorySegment to = Staged.out(y, t, first);
    int batch = x.shape().dim(0);
    PoolPositions.gather(
        t.bytes(), at, Staged.in(from, t, first), batch, from.size(), to, y.size());
    Staged.finish(to, y, t, first);
  }
}
