package dev.merapi.nn.layer.pool;

import dev.merapi.nn.Ops;
import dev.merapi.tensor.Tensor;

/// Takes the largest value of each channel of sequences `(batch, steps, channels)`: `(batch,
/// channels)`.
public final class GlobalMaxPooling1D extends GlobalPooling
    implements GlobalPoolArguments<GlobalMaxPooling1D> {
  public GlobalMaxPooling1D() {
    super();
  }

  @Override
  int rank() {
    return 1;
  }

  @Override
  Tensor over(Tensor x, boolean keep, int[] axes) {
    return Ops.most(x, keep, axes);
  }
}
