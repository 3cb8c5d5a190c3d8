package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.Ops;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Tensor;

/// Repeats each place of axes in a row, as up-sampling does.
final class Repeats {
  private static final OpRef TILE = OpRef.to("Tile");

  private Repeats() {}

  /// @param times for each axis from `first` on
  static Tensor of(Tensor x, int first, int... times) {
    int n = x.rank() + times.length;
    int[] often = new int[n];
    Tensor[] wide = new Tensor[n];
    Tensor[] dims = new Tensor[x.rank()];
    int at = 0;
    for (int i = 0; i < x.rank(); i++) {
      Tensor size = Sizes.axis(x, i);
      int k = i >= first && i < first + times.length ? times[i - first] : 1;
      dims[i] = Sizes.times(size, Values.scalar(k));
      often[at] = 1;
      wide[at++] = size;
      if (i >= first && i < first + times.length) {
        // Copies of a place lie on an axis of their own right behind it.
        often[at] = k;
        wide[at++] = Values.scalar(1);
      }
    }
    return Ops.reshape(TILE.of(Ops.reshape(x, wide), Values.ints(often)), dims);
  }
}
