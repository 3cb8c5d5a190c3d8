package dev.merapi.kernel.cpu;

import java.lang.foreign.MemorySegment;

/// Convolves (as neural networks say: correlates) activations with a filter, and both gradients of
/// that.
///
/// Shapes, with the axes that [ConvGeometry] names: x `(batch, inD, inH, inW, inC)`, filter `(kD,
/// kH, kW, inC / groups, outC)`, y `(batch, outD, outH, outW, outC)`; dx, dw and dy as x, filter
/// and y. All are dense and row-major from an offset in elements on; outputs are overwritten and
/// must not overlap inputs. Segments are native.
///
/// Results do not depend on the number of threads, the tier or the vector width. Sums are as exact
/// as those of [Gemm].
public final class Conv {
  private Conv() {}

  /// `y[p, o] = Σ x[p·stride + tap·dilation − pad, i] · filter[tap, i, o]`.
  public static void forwardF32(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment y,
      long yOff) {
    ConvF32.forward(g, x, xOff, filter, filterOff, y, yOff, null);
  }

  /// Computes the gradient with respect to x from the one with respect to y.
  public static void dataGradF32(
      ConvGeometry g,
      MemorySegment dy,
      long dyOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment dx,
      long dxOff) {
    ConvF32.dataGrad(g, dy, dyOff, filter, filterOff, dx, dxOff);
  }

  /// Computes the gradient with respect to the filter from x and the gradient with respect to y.
  public static void filterGradF32(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dw,
      long dwOff) {
    ConvF32.filterGrad(g, x, xOff, dy, dyOff, dw, dwOff);
  }

  /// As [#forwardF32].
  public static void forwardF64(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment y,
      long yOff) {
    ConvF64.forward(g, x, xOff, filter, filterOff, y, yOff, null);
  }

  /// As [#dataGradF32].
  public static void dataGradF64(
      ConvGeometry g,
      MemorySegment dy,
      long dyOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment dx,
      long dxOff) {
    ConvF64.dataGrad(g, dy, dyOff, filter, filterOff, dx, dxOff);
  }

  /// As [#filterGradF32].
  public static void filterGradF64(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dw,
      long dwOff) {
    ConvF64.filterGrad(g, x, xOff, dy, dyOff, dw, dwOff);
  }

  /// Convolves each input channel with its own filters.
  ///
  /// The filter is `(kD, kH, kW, inC, multiplier)` with `multiplier = outC / inC`; output channel
  /// `c · multiplier + i` sees input channel c alone.
  public static void depthwiseForwardF32(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment y,
      long yOff) {
    DepthwiseF32.forward(g, x, xOff, filter, filterOff, y, yOff);
  }

  /// As [#dataGradF32], for [#depthwiseForwardF32].
  public static void depthwiseDataGradF32(
      ConvGeometry g,
      MemorySegment dy,
      long dyOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment dx,
      long dxOff) {
    DepthwiseF32.dataGrad(g, dy, dyOff, filter, filterOff, dx, dxOff);
  }

  /// As [#filterGradF32], for [#depthwiseForwardF32].
  public static void depthwiseFilterGradF32(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dw,
      long dwOff) {
    DepthwiseF32.filterGrad(g, x, xOff, dy, dyOff, dw, dwOff);
  }

  /// As [#depthwiseForwardF32].
  public static void depthwiseForwardF64(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment y,
      long yOff) {
    DepthwiseF64.forward(g, x, xOff, filter, filterOff, y, yOff);
  }

  /// As [#depthwiseDataGradF32].
  public static void depthwiseDataGradF64(
      ConvGeometry g,
      MemorySegment dy,
      long dyOff,
      MemorySegment filter,
      long filterOff,
      MemorySegment dx,
      long dxOff) {
    DepthwiseF64.dataGrad(g, dy, dyOff, filter, filterOff, dx, dxOff);
  }

  /// As [#depthwiseFilterGradF32].
  public static void depthwiseFilterGradF64(
      ConvGeometry g,
      MemorySegment x,
      long xOff,
      MemorySegment dy,
      long dyOff,
      MemorySegment dw,
      long dwOff) {
    DepthwiseF64.filterGrad(g, x, xOff, dy, dyOff, dw, dwOff);
  }
}
