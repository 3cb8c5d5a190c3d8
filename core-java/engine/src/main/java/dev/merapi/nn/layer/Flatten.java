package dev.merapi.nn.layer;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Merges all axes but the first: `(batch, a, b, …)` becomes `(batch, a·b·…)`.
public final class Flatten extends Layer {
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  public Flatten() {
    super();
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Shape s = x.shape();
    Tensor batch = s.rank() == 0 ? Values.scalar(1) : Sizes.axis(x, 0);
    Tensor rest = Values.scalar(1);
    for (int i = 1; i < s.rank(); i++) {
      rest = Sizes.times(rest, Sizes.axis(x, i));
    }
    return RESHAPE.of(x, Sizes.vector(batch, rest));
  }
}
