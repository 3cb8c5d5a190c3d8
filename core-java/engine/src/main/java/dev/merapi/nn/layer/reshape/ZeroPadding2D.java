package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.layer.LayerArguments;

/// Puts zeros around pictures `(batch, height, width, channels)`.
public final class ZeroPadding2D extends Padding implements LayerArguments<ZeroPadding2D> {
  public ZeroPadding2D() {
    super();
  }

  /// @param padding zeros at both ends of each axis
  public ZeroPadding2D(int padding) {
    this();
    this.padding.set(padding);
  }

  /// @param padding for each axis, zeros before and behind
  public ZeroPadding2D(int[][] padding) {
    this();
    this.padding.set(padding);
  }

  /// @param padding for each axis, zeros at both ends
  public ZeroPadding2D(int[] padding) {
    this();
    this.padding.set(padding);
  }

  /// @param format `channels_last` or `channels_first`
  public ZeroPadding2D dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  int rank() {
    return 2;
  }
}
