package dev.merapi.nn.layer.conv;

/// Convolves sequences `(batch, steps, channels)` backwards, which makes them larger.
///
/// Shapes: kernel `(kernelSize, filters, channels)`, bias `(filters,)`. With stride s and `same`,
/// sizes become s times as large.
public final class Conv1DTranspose extends Transposed implements ConvArguments<Conv1DTranspose> {
  private Conv1DTranspose() {
    super();
  }

  /// @param kernelSize of the window, in steps
  public Conv1DTranspose(int filters, int kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param places added at the end of each axis, fewer than the stride
  public Conv1DTranspose outputPadding(int... places) {
    return with("output_padding", places.length == 1 ? (Object) places[0] : places);
  }

  @Override
  int rank() {
    return 1;
  }
}
