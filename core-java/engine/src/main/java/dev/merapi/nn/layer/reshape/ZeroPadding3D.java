package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.layer.LayerArguments;

/// Puts zeros around volumes `(batch, depth, height, width, channels)`.
public final class ZeroPadding3D extends Padding implements LayerArguments<ZeroPadding3D> {
  public ZeroPadding3D() {
    super();
  }

  /// @param padding zeros at both ends of each axis
  public ZeroPadding3D(int padding) {
    this();
    this.padding.set(padding);
  }

  /// @param padding for each axis, zeros before and behind
  public ZeroPadding3D(int[][] padding) {
    this();
    this.padding.set(padding);
  }

  /// @param padding for each axis, zeros at both ends
  public ZeroPadding3D(int[] padding) {
    this();
    this.padding.set(padding);
  }

  /// @param format `channels_last` or `channels_first`
  public ZeroPadding3D dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  int rank() {
    return 3;
  }
}
