package dev.merapi.op.family;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// What the gradients of several families share.
final class Grads {
  private static final OpRef SUM = OpRef.to("Sum");
  private static final OpRef RESHAPE = OpRef.to("Reshape");

  private Grads() {}

  /// Adds a gradient up over the axes along which an operand of shape `x` was stretched.
  static Tensor unbroadcast(Tensor dy, Shape x) {
    Shape y = dy.shape();
    if (y.equals(x)) {
      return dy;
    }
    int extra = y.rank() - x.rank();
    int[] axes = new int[y.rank()];
    int n = 0;
    for (int i = 0; i < axes.length; i++) {
      if (i < extra || x.dim(i - extra) == 1 && y.dim(i) != 1) {
        axes[n++] = i;
      }
    }
    Tensor s = n == 0 ? dy : SUM.of(dy, Values.ints(java.util.Arrays.copyOf(axes, n)));
    return s.shape().equals(x) ? s : RESHAPE.of(s, Values.ints(x.dims()));
  }
}
