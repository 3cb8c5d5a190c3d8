package dev.merapi.nn.layer.pool;

import dev.merapi.op.OpRef;

/// Takes the largest value of each window of pictures `(batch, height, width, channels)`, channel
/// by channel.
public final class MaxPooling2D extends Pooling implements PoolArguments<MaxPooling2D> {
  private static final OpRef OP = OpRef.to("MaxPool");

  /// Takes windows of 2 along each axis.
  public MaxPooling2D() {
    super(2);
  }

  /// @param poolSize of the window along each axis
  public MaxPooling2D(int poolSize) {
    this();
    this.poolSize.set(poolSize);
  }

  /// @param poolSize of the window, one entry for each axis
  public MaxPooling2D(int[] poolSize) {
    this();
    this.poolSize.set(poolSize);
  }

  /// @param poolSize of the window along each axis
  /// @param strides steps of the window
  /// @param padding `same` or `valid`
  public MaxPooling2D(int poolSize, int strides, String padding) {
    this(poolSize);
    strides(strides);
    padding(padding);
  }

  @Override
  int rank() {
    return 2;
  }

  @Override
  OpRef op() {
    return OP;
  }
}
