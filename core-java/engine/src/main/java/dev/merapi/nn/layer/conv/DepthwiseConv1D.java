package dev.merapi.nn.layer.conv;

/// Convolves each channel of sequences `(batch, steps, channels)` by itself.
///
/// Shapes: kernel `(kernelSize, channels, depthMultiplier)`, bias `(channels · depthMultiplier,)`.
public final class DepthwiseConv1D extends Depthwise
    implements DepthwiseArguments<DepthwiseConv1D> {
  private DepthwiseConv1D() {
    super();
  }

  /// @param kernelSize of the window, in steps
  public DepthwiseConv1D(int kernelSize) {
    this();
    this.kernelSize.set(kernelSize);
  }

  @Override
  int rank() {
    return 1;
  }
}
