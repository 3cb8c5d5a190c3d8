package dev.merapi.nn.layer.pool;

import dev.merapi.nn.Ops;
import dev.merapi.tensor.Tensor;

/// Takes the mean of each channel of pictures `(batch, height, width, channels)`: `(batch,
/// channels)`.
public final class GlobalAveragePooling2D extends GlobalPooling
    implements GlobalPoolArguments<GlobalAveragePooling2D> {
  public GlobalAveragePooling2D() {
    super();
  }

  @Override
  int rank() {
    return 2;
  }

  @Override
  Tensor over(Tensor x, boolean keep, int[] axes) {
    return Ops.mean(x, keep, axes);
  }
}
