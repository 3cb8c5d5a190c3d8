package dev.merapi.nn.layer.pool;

import dev.merapi.op.OpRef;

/// Takes the largest value of each window of sequences `(batch, steps, channels)`, channel by
/// channel.
public final class MaxPooling1D extends Pooling implements PoolArguments<MaxPooling1D> {
  private static final OpRef OP = OpRef.to("MaxPool");

  /// Takes windows of 2 along each axis.
  public MaxPooling1D() {
    super(2);
  }

  /// @param poolSize of the window, in steps
  public MaxPooling1D(int poolSize) {
    this();
    this.poolSize.set(poolSize);
  }

  /// @param poolSize of the window along each axis
  /// @param strides steps of the window
  /// @param padding `same` or `valid`
  public MaxPooling1D(int poolSize, int strides, String padding) {
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
