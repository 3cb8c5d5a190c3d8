package dev.merapi.nn.layer;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Merges all axes but the first: `(batch, a, b, …)` becomes `(batch, a·b·…)`.
public final class Flatten extends Layer {
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  public Flatten() {
    super(null, Flatten.class);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Shape s = x.shape();
    int batch = s.rank() == 0 ? 1 : s.dim(0);
    int rest = Math.toIntExact(batch == 0 ? restOf(s) : s.size() / batch);
    return RESHAPE.of(x, Values.ints(batch, rest));
  }

  private static long restOf(Shape s) {
    long n = 1;
    for (int i = 1; i < s.rank(); i++) {
      n *= s.dim(i);
    }
    return n;
  }
}
