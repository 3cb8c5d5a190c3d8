package dev.merapi.nn.layer.conv;

/// Slides learned windows over pictures `(batch, height, width, channels)`: `activation(x ∗ kernel
/// + bias)`.
///
/// Shapes: kernel `(height, width, channels / groups, filters)`, bias `(filters,)`.
public final class Conv2D extends Convolution implements ConvArguments<Conv2D> {
  private Conv2D() {
    super();
  }

  /// @param kernelSize of the window along each axis
  public Conv2D(int filters, int kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param kernelSize of the window, one entry for each axis
  public Conv2D(int filters, int[] kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param activation one of Keras's names, in any case
  public Conv2D(int filters, int[] kernelSize, String activation) {
    this(filters, kernelSize);
    activation(activation);
  }

  /// @param activation one of Keras's names, in any case
  public Conv2D(int filters, int kernelSize, String activation) {
    this(filters, kernelSize);
    activation(activation);
  }

  /// @param padding `same` keeps sizes, `valid` lets windows only lie inside
  public Conv2D(int filters, int kernelSize, String padding, String activation) {
    this(filters, kernelSize, activation);
    padding(padding);
  }

  /// @param groups parts into which channels are split, each convolved by itself
  public Conv2D groups(int groups) {
    return with("groups", groups);
  }

  @Override
  int rank() {
    return 2;
  }
}
