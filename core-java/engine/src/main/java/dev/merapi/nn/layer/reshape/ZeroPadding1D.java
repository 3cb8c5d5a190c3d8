package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.layer.LayerArguments;

/// Puts zeros around sequences `(batch, steps, channels)`.
public final class ZeroPadding1D extends Padding implements LayerArguments<ZeroPadding1D> {
  public ZeroPadding1D() {
    super();
  }

  /// @param padding zeros at both ends of each axis
  public ZeroPadding1D(int padding) {
    this();
    this.padding.set(padding);
  }

  /// @param before zeros before the first step
  /// @param behind zeros behind the last
  public ZeroPadding1D(int before, int behind) {
    this();
    padding.set(new int[] {before, behind});
  }

  /// @param format `channels_last` or `channels_first`
  public ZeroPadding1D dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  int rank() {
    return 1;
  }
}
