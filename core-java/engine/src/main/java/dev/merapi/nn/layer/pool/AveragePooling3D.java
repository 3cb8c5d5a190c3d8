package dev.merapi.nn.layer.pool;

import dev.merapi.op.OpRef;

/// Takes the mean of each window of volumes `(batch, depth, height, width, channels)`, channel by
/// channel.
public final class AveragePooling3D extends Pooling implements PoolArguments<AveragePooling3D> {
  private static final OpRef OP = OpRef.to("AvgPool3D");

  private AveragePooling3D() {
    super(null);
  }

  /// @param poolSize of the window along each axis
  public AveragePooling3D(int poolSize) {
    this();
    this.poolSize.set(poolSize);
  }

  /// @param poolSize of the window, one entry for each axis
  public AveragePooling3D(int[] poolSize) {
    this();
    this.poolSize.set(poolSize);
  }

  /// @param poolSize of the window along each axis
  /// @param strides steps of the window
  /// @param padding `same` or `valid`
  public AveragePooling3D(int poolSize, int strides, String padding) {
    this(poolSize);
    strides(strides);
    padding(padding);
  }

  @Override
  int rank() {
    return 3;
  }

  @Override
  OpRef op() {
    return OP;
  }
}
