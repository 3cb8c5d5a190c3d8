package dev.merapi.nn.layer.conv;

/// Slides learned windows over volumes `(batch, depth, height, width, channels)`: `activation(x ∗
/// kernel + bias)`.
///
/// Shapes: kernel `(depth, height, width, channels / groups, filters)`, bias `(filters,)`.
public final class Conv3D extends Convolution implements ConvArguments<Conv3D> {
  private Conv3D() {
    super();
  }

  /// @param kernelSize of the window along each axis
  public Conv3D(int filters, int kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param kernelSize of the window, one entry for each axis
  public Conv3D(int filters, int[] kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param activation one of Keras's names, in any case
  public Conv3D(int filters, int[] kernelSize, String activation) {
    this(filters, kernelSize);
    activation(activation);
  }

  /// @param activation one of Keras's names, in any case
  public Conv3D(int filters, int kernelSize, String activation) {
    this(filters, kernelSize);
    activation(activation);
  }

  /// @param padding `same` keeps sizes, `valid` lets windows only lie inside
  public Conv3D(int filters, int kernelSize, String padding, String activation) {
    this(filters, kernelSize, activation);
    padding(padding);
  }

  /// @param groups parts into which channels are split, each convolved by itself
  public Conv3D groups(int groups) {
    return with("groups", groups);
  }

  @Override
  int rank() {
    return 3;
  }
}
