package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.layer.LayerArguments;

/// Cuts off the borders of sequences `(batch, steps, channels)`.
public final class Cropping1D extends Cropping implements LayerArguments<Cropping1D> {
  public Cropping1D() {
    super();
  }

  /// @param cropping places cut off at both ends of each axis
  public Cropping1D(int cropping) {
    this();
    this.cropping.set(cropping);
  }

  /// @param before places cut off before the first step
  /// @param behind places cut off behind the last
  public Cropping1D(int before, int behind) {
    this();
    cropping.set(new int[] {before, behind});
  }

  @Override
  int rank() {
    return 1;
  }

  @Override
  int usual() {
    return 1;
  }
}
