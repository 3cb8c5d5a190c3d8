package dev.merapi.nn.layer.norm;

import dev.merapi.nn.Ops;
import dev.merapi.nn.layer.Checks;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Axes along which numbers are brought to a common size.
final class Axes {
  private Axes() {}

  /// Returns axes counted from the front, in order.
  static int[] sorted(int[] axes, int rank) {
    return Arrays.stream(axes).map(a -> Ops.front(a, rank)).sorted().toArray();
  }

  /// Returns the sizes of axes of an input, which must be known.
  static Shape sizes(String layer, int[] axes, Shape input) {
    int[] sorted = sorted(axes, input.rank());
    return Shape.of(Arrays.stream(sorted).map(a -> Checks.known(layer, input, a)).toArray());
  }

  /// Brings a weight of the sizes of `axes` to a shape that broadcasts to `x`.
  static Tensor spread(Tensor weight, int[] axes, Tensor x) {
    int[] sorted = sorted(axes, x.rank());
    if (sorted.length == 1 && sorted[0] == x.rank() - 1) {
      return weight;
    }
    Tensor[] dims = new Tensor[x.rank()];
    Arrays.fill(dims, Values.scalar(1));
    for (int i = 0; i < sorted.length; i++) {
      dims[sorted[i]] = Values.scalar(weight.shape().dim(i));
    }
    return Ops.reshape(weight, dims);
  }
}
