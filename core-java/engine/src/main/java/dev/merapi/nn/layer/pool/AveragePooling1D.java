package dev.merapi.nn.layer.pool;

import dev.merapi.op.OpRef;

/// Takes the mean of each window of sequences `(batch, steps, channels)`, channel by channel.
public final class AveragePooling1D extends Pooling implements PoolArguments<AveragePooling1D> {
  private static final OpRef OP = OpRef.to("AvgPool");

  private AveragePooling1D() {
    super(null);
  }

  /// @param poolSize of the window, in steps
  public AveragePooling1D(int poolSize) {
    this();
    this.poolSize.set(poolSize);
  }

  /// @param poolSize of the window along each axis
  /// @param strides steps of the window
  /// @param padding `same` or `valid`
  public AveragePooling1D(int poolSize, int strides, String padding) {
    this(poolSize);
    strides(strides);
    padding(padding);
  }

  @Override
  int rank() {
    return 1;
  }

  @Override
  OpRef op() {
    return OP;
  }
}
