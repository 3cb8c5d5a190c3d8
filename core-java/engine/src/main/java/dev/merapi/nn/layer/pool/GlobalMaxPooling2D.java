package dev.merapi.nn.layer.pool;

import dev.merapi.nn.Ops;
import dev.merapi.tensor.Tensor;

/// Takes the largest value of each channel of pictures `(batch, height, width, channels)`: `(batch,
/// channels)`.
public final class GlobalMaxPooling2D extends GlobalPooling
    implements GlobalPoolArguments<GlobalMaxPooling2D> {
  public GlobalMaxPooling2D() {
    super();
  }

  @Override
  int rank() {
    return 2;
  }

  @Override
  Tensor over(Tensor x, boolean keep, int[] axes) {
    return Ops.most(x, keep, axes);
  }
}
