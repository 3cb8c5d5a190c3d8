package dev.merapi.nn.layer.conv;

/// Slides learned windows over sequences `(batch, steps, channels)`: `activation(x ∗ kernel +
/// bias)`.
///
/// Shapes: kernel `(kernelSize, channels / groups, filters)`, bias `(filters,)`.
public final class Conv1D extends Convolution implements ConvArguments<Conv1D> {
  private Conv1D() {
    super();
  }

  /// @param kernelSize of the window, in steps
  public Conv1D(int filters, int kernelSize) {
    this();
    this.filters.set(filters);
    this.kernelSize.set(kernelSize);
  }

  /// @param activation one of Keras's names, in any case
  public Conv1D(int filters, int kernelSize, String activation) {
    this(filters, kernelSize);
    activation(activation);
  }

  /// @param padding `same` keeps sizes, `valid` lets windows only lie inside
  public Conv1D(int filters, int kernelSize, String padding, String activation) {
    this(filters, kernelSize, activation);
    padding(padding);
  }

  /// @param groups parts into which channels are split, each convolved by itself
  public Conv1D groups(int groups) {
    return with("groups", groups);
  }

  @Override
  int rank() {
    return 1;
  }
}
