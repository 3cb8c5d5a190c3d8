package dev.merapi.nn.layer.pool;

import dev.merapi.nn.Ops;
import dev.merapi.tensor.Tensor;

/// Takes the mean of each channel of volumes `(batch, depth, height, width, channels)`: `(batch,
/// channels)`.
public final class GlobalAveragePooling3D extends GlobalPooling
    implements GlobalPoolArguments<GlobalAveragePooling3D> {
  public GlobalAveragePooling3D() {
    super();
  }

  @Override
  int rank() {
    return 3;
  }

  @Override
  Tensor over(Tensor x, boolean keep, int[] axes) {
    return Ops.mean(x, keep, axes);
  }
}
