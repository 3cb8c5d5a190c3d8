package dev.merapi.nn.layer;

import dev.merapi.tensor.Tensor;

/// Lets everything pass as it is.
public final class Identity extends Layer implements LayerArguments<Identity> {
  public Identity() {
    supportsMasking();
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return x;
  }
}
