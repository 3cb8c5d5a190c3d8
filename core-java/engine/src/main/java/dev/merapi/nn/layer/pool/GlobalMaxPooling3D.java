package dev.merapi.nn.layer.pool;

import dev.merapi.nn.Ops;
import dev.merapi.tensor.Tensor;

/// Takes the largest value of each channel of volumes `(batch, depth, height, width, channels)`:
/// `(batch, channels)`.
public final class GlobalMaxPooling3D extends GlobalPooling
    implements GlobalPoolArguments<GlobalMaxPooling3D> {
  public GlobalMaxPooling3D() {
    super();
  }

  @Override
  int rank() {
    return 3;
  }

  @Override
  Tensor over(Tensor x, boolean keep, int[] axes) {
    return Ops.most(x, keep, axes);
  }
}
