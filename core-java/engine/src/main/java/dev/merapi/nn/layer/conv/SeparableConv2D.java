package dev.merapi.nn.layer.conv;

/// Convolves each channel of pictures `(batch, height, width, channels)` by itself, then mixes
/// channels: far fewer weights than a full convolution.
///
/// Shapes: depthwise kernel `(height, width, channels, depthMultiplier)`, pointwise kernel `(1, 1,
/// channels · depthMultiplier, filters)`, bias `(filters,)`.
public final class SeparableConv2D extends Separable
    implements DepthwiseArguments<SeparableConv2D> {
  private SeparableConv2D() {
    super();
  }

  /// @param kernelSize of the window along each axis
  public SeparableConv2D(int filters, int kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param kernelSize of the window, one entry for each axis
  public SeparableConv2D(int filters, int[] kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  public SeparableConv2D pointwiseInitializer(Object initializer) {
    return with("pointwise_initializer", initializer);
  }

  public SeparableConv2D pointwiseRegularizer(Object regularizer) {
    return with("pointwise_regularizer", regularizer);
  }

  public SeparableConv2D pointwiseConstraint(Object constraint) {
    return with("pointwise_constraint", constraint);
  }

  @Override
  int rank() {
    return 2;
  }
}
