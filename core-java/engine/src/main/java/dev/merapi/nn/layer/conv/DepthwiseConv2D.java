package dev.merapi.nn.layer.conv;

/// Convolves each channel of pictures `(batch, height, width, channels)` by itself.
///
/// Shapes: kernel `(height, width, channels, depthMultiplier)`, bias `(channels ·
/// depthMultiplier,)`.
public final class DepthwiseConv2D extends Depthwise
    implements DepthwiseArguments<DepthwiseConv2D> {
  private DepthwiseConv2D() {
    super();
  }

  /// @param kernelSize of the window along each axis
  public DepthwiseConv2D(int kernelSize) {
    this();
    this.kernelSize.set(kernelSize);
  }

  /// @param kernelSize of the window, one entry for each axis
  public DepthwiseConv2D(int[] kernelSize) {
    this();
    this.kernelSize.set(kernelSize);
  }

  @Override
  int rank() {
    return 2;
  }
}
