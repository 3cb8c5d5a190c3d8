package dev.merapi.nn.layer.conv;

/// Convolves each channel of sequences `(batch, steps, channels)` by itself, then mixes channels:
/// far fewer weights than a full convolution.
///
/// Shapes: depthwise kernel `(kernelSize, channels, depthMultiplier)`, pointwise kernel `(1,
/// channels · depthMultiplier, filters)`, bias `(filters,)`.
public final class SeparableConv1D extends Separable
    implements DepthwiseArguments<SeparableConv1D> {
  private SeparableConv1D() {
    super();
  }

  /// @param kernelSize of the window, in steps
  public SeparableConv1D(int filters, int kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  public SeparableConv1D pointwiseInitializer(Object initializer) {
    return with("pointwise_initializer", initializer);
  }

  public SeparableConv1D pointwiseRegularizer(Object regularizer) {
    return with("pointwise_regularizer", regularizer);
  }

  public SeparableConv1D pointwiseConstraint(Object constraint) {
    return with("pointwise_constraint", constraint);
  }

  @Override
  int rank() {
    return 1;
  }
}
