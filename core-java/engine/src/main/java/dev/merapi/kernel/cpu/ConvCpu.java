package dev.merapi.kernel.cpu;

import dev.merapi.memory.Scope;
import dev.merapi.op.Call;
import dev.merapi.op.Window;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;

/// Carries convolutions and their gradients out with [Conv].
///
/// float32 and float64 with channels last run in place; float16 and bfloat16 go through float32,
/// int32 through float64 (exact while sums stay below 2^53), channels first through channels last.
public final class ConvCpu {
  private ConvCpu() {}

  private static DType wide(DType t) {
    return t == DType.I32 ? DType.F64 : Staged.wide(t);
  }

  /// Computes `y = x ∗ filter` of inputs `(x, filter)`.
  public static void forward(Call c) {
    run(c, Part.FORWARD, false);
  }

  /// Computes a convolution and finishes it: adds the bias (third input) to each channel and, if
  /// the attribute `relu` says so, keeps what is above zero. For float32 and float64, channels
  /// last.
  public static void fused(Call c) {
    Tensor y = c.out(0);
    if (y.size() == 0) {
      return;
    }
    Shape filter = c.shape(1);
    Window w = Window.convolution(c, c.shape(0), taps(filter));
    ConvGeometry g = geometry(w, filter, false);
    boolean relu = c.attrs.b("relu");
    MemorySegment x = c.in(0).segment();
    MemorySegment f = c.in(1).segment();
    MemorySegment bias = c.in(2).segment();
    if (y.dtype() == DType.F32) {
      ConvF32.forward(g, x, 0, f, 0, y.segment(), 0, new TailF32(bias, 0, relu));
    } else {
      ConvF64.forward(g, x, 0, f, 0, y.segment(), 0, new TailF64(bias, 0, relu));
    }
  }

  /// Computes the gradient of x from inputs `(sizes, filter, dy)`.
  public static void dataGrad(Call c) {
    run(c, Part.DATA, false);
  }

  /// Computes the gradient of the filter from inputs `(x, sizes, dy)`.
  public static void filterGrad(Call c) {
    run(c, Part.FILTER, false);
  }

  /// As [#forward], with filters `(…, channels, multiplier)`.
  public static void depthwise(Call c) {
    run(c, Part.FORWARD, true);
  }

  public static void depthwiseDataGrad(Call c) {
    run(c, Part.DATA, true);
  }

  public static void depthwiseFilterGrad(Call c) {
    run(c, Part.FILTER, true);
  }

  private enum Part {
    FORWARD,
    DATA,
    FILTER
  }

  private static void run(Call c, Part part, boolean depthwise) {
    Tensor result = c.out(0);
    if (result.size() == 0) {
      return;
    }
    Shape x = part == Part.DATA ? result.shape() : c.shape(0);
    Shape filter = part == Part.FILTER ? result.shape() : c.shape(1);
    Window w = Window.convolution(c, x, taps(filter));
    ConvGeometry g = geometry(w, filter, depthwise);
    boolean first = w.channelsFirst;
    DType wide = wide(result.dtype());
    try (Scope _ = Scope.open()) {
      MemorySegment to = Staged.out(result, wide, part != Part.FILTER && first);
      if (c.in(part == Part.FORWARD ? 1 : 2).size() == 0 || x.size() == 0) {
        to.fill((byte) 0);
      } else {
        switch (part) {
          case FORWARD -> {
            MemorySegment xs = Staged.in(c.in(0), wide, first);
            MemorySegment fs = Staged.in(c.in(1), wide);
            forward(g, wide, depthwise, xs, fs, to);
          }
          case DATA -> {
            MemorySegment dy = Staged.in(c.in(2), wide, first);
            MemorySegment fs = Staged.in(c.in(1), wide);
            dataGrad(g, wide, depthwise, dy, fs, to);
          }
          case FILTER -> {
            MemorySegment xs = Staged.in(c.in(0), wide, first);
            MemorySegment dy = Staged.in(c.in(2), wide, first);
            filterGrad(g, wide, depthwise, xs, dy, to);
          }
        }
      }
      Staged.finish(to, result, wide, part != Part.FILTER && first);
    }
  }

  private static void forward(
      ConvGeometry g,
      DType t,
      boolean depthwise,
      MemorySegment x,
      MemorySegment f,
      MemorySegment y) {
    if (t == DType.F32) {
      if (depthwise) {
        Conv.depthwiseForwardF32(g, x, 0, f, 0, y, 0);
      } else {
        Conv.forwardF32(g, x, 0, f, 0, y, 0);
      }
    } else if (depthwise) {
      Conv.depthwiseForwardF64(g, x, 0, f, 0, y, 0);
    } else {
      Conv.forwardF64(g, x, 0, f, 0, y, 0);
    }
  }

  private static void dataGrad(
      ConvGeometry g,
      DType t,
      boolean depthwise,
      MemorySegment dy,
      MemorySegment f,
      MemorySegment dx) {
    if (t == DType.F32) {
      if (depthwise) {
        Conv.depthwiseDataGradF32(g, dy, 0, f, 0, dx, 0);
      } else {
        Conv.dataGradF32(g, dy, 0, f, 0, dx, 0);
      }
    } else if (depthwise) {
      Conv.depthwiseDataGradF64(g, dy, 0, f, 0, dx, 0);
    } else {
      Conv.dataGradF64(g, dy, 0, f, 0, dx, 0);
    }
  }

  private static void filterGrad(
      ConvGeometry g,
      DType t,
      boolean depthwise,
      MemorySegment x,
      MemorySegment dy,
      MemorySegment dw) {
    if (t == DType.F32) {
      if (depthwise) {
        Conv.depthwiseFilterGradF32(g, x, 0, dy, 0, dw, 0);
      } else {
        Conv.filterGradF32(g, x, 0, dy, 0, dw, 0);
      }
    } else if (depthwise) {
      Conv.depthwiseFilterGradF64(g, x, 0, dy, 0, dw, 0);
    } else {
      Conv.filterGradF64(g, x, 0, dy, 0, dw, 0);
    }
  }

  /// Returns the spatial sizes of a filter, whose last two axes are channels.
  public static int[] taps(Shape filter) {
    int[] d = new int[filter.rank() - 2];
    System.arraycopy(filter.rawDims(), 0, d, 0, d.length);
    return d;
  }

  private static ConvGeometry geometry(Window w, Shape filter, boolean depthwise) {
    int inC = w.channels;
    int filterIn = filter.dim(-2);
    int outC = depthwise ? inC * filter.dim(-1) : filter.dim(-1);
    return geometry(w, outC, depthwise ? inC : Math.max(1, inC / Math.max(1, filterIn)));
  }

  static ConvGeometry geometry(Window w, int outC, int groups) {
    int n = w.size.length;
    int d = n - 3;
    int h = n - 2;
    int v = n - 1;
    boolean deep = n == 3;
    return new ConvGeometry(
        w.batch,
        deep ? w.in[d] : 1,
        w.in[h],
        w.in[v],
        w.channels,
        deep ? w.size[d] : 1,
        w.size[h],
        w.size[v],
        outC,
        deep ? w.out[d] : 1,
        w.out[h],
        w.out[v],
        deep ? w.strides[d] : 1,
        w.strides[h],
        w.strides[v],
        deep ? w.dilations[d] : 1,
        w.dilations[h],
        w.dilations[v],
        deep ? w.before[d] : 0,
        w.before[h],
        w.before[v],
        groups);
  }
}
