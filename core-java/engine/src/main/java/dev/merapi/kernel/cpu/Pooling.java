package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;

/// Takes the maximum or the mean of windows, channel by channel, and their gradients.
///
/// Shapes: x and dx `(batch, inD, inH, inW, inC)`, y and dy `(batch, outD, outH, outW, inC)`, dense
/// and row-major from an offset in elements on; `groups` and `outC` of the geometry are not looked
/// at. Outputs are overwritten and must not overlap inputs. Segments are native. Every window must
/// meet at least one element of x.
///
/// Padding takes no part: a maximum ignores it and a mean divides by the elements that are there,
/// as in TensorFlow. The gradient of a maximum goes to the first greatest element in row-major
/// order of the window, as in TensorFlow 2.21 on the CPU for two spatial axes; for three,
/// TensorFlow hands the whole gradient to every element that equals the maximum, which is no
/// derivative, and we do not follow. A NaN in a window is its maximum; TensorFlow overlooks some.
public final class Pooling {
  private Pooling() {}

  public static void maxF32(
      ConvGeometry g, MemorySegment x, long xOff, MemorySegment y, long yOff) {
    PoolingF32.forward(g, true, x, xOff, y, yOff);
  }

  public static void meanF32(
      ConvGeometry g, MemorySegment x, long xOff, MemorySegment y, long yOff) {
    PoolingF32.forward(g, false, x, xOff, y, yOff);
  }

  public static void maxGradF32(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dx,
      long dxOff) {
    PoolingF32.grad(g, true, x, xOff, dy, dyOff, dx, dxOff);
  }

  public static void meanGradF32(
      ConvGeometry g, MemorySegment dy, long dyOff, MemorySegment dx, long dxOff) {
    PoolingF32.grad(g, false, dy, dyOff, dy, dyOff, dx, dxOff);
  }

  public static void maxF64(
      ConvGeometry g, MemorySegment x, long xOff, MemorySegment y, long yOff) {
    PoolingF64.forward(g, true, x, xOff, y, yOff);
  }

  public static void meanF64(
      ConvGeometry g, MemorySegment x, long xOff, MemorySegment y, long yOff) {
    PoolingF64.forward(g, false, x, xOff, y, yOff);
  }

  public static void maxGradF64(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dx,
      long dxOff) {
    PoolingF64.grad(g, true, x, xOff, dy, dyOff, dx, dxOff);
  }

  public static void meanGradF64(
      ConvGeometry g, MemorySegment dy, long dyOff, MemorySegment dx, long dxOff) {
    PoolingF64.grad(g, false, dy, dyOff, dy, dyOff, dx, dxOff);
  }
}
