package dev.merapi.nn.layer.conv;

/// Convolves volumes `(batch, depth, height, width, channels)` backwards, which makes them larger.
///
/// Shapes: kernel `(depth, height, width, filters, channels)`, bias `(filters,)`. With stride s and
/// `same`, sizes become s times as large.
public final class Conv3DTranspose extends Transposed implements ConvArguments<Conv3DTranspose> {
  private Conv3DTranspose() {
    super();
  }

  /// @param kernelSize of the window along each axis
  public Conv3DTranspose(int filters, int kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param kernelSize of the window, one entry for each axis
  public Conv3DTranspose(int filters, int[] kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param places added at the end of each axis, fewer than the stride
  public Conv3DTranspose outputPadding(int... places) {
    return with("output_padding", places.length == 1 ? (Object) places[0] : places);
  }

  @Override
  int rank() {
    return 3;
  }
}
