package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// What the layers share that cut off both ends of axes.
abstract class Cropping extends Layer {
  private static final OpRef SLICE = OpRef.to("StridedSlice");

  final Setting<int[][]> cropping = setting("cropping", new Pairs(rank()), all(usual()));

  abstract int rank();

  /// Returns what is cut where nobody says it.
  abstract int usual();

  boolean channelsFirst() {
    return false;
  }

  private int[][] all(int n) {
    int[][] pairs = new int[rank()][2];
    for (int[] p : pairs) {
      p[0] = n;
      p[1] = n;
    }
    return pairs;
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, rank() + 2);
    for (int i = 0; i < rank(); i++) {
      int n = input.dim((channelsFirst() ? 2 : 1) + i);
      int[] p = cropping.get()[i];
      if (n >= 0 && p[0] + p[1] >= n) {
        throw Message.what(
                name() + ": cropping " + p[0] + " and " + p[1] + " of " + n + " leaves nothing")
            .given("input " + input)
            .expected("at least one place left along each axis")
            .shapeError();
      }
    }
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    int n = rank() + 2;
    int[] begin = new int[n];
    int[] end = new int[n];
    int[] steps = new int[n];
    long openEnds = 0;
    int at = channelsFirst() ? 2 : 1;
    for (int i = 0; i < n; i++) {
      steps[i] = 1;
      int[] p = i >= at && i < at + rank() ? cropping.get()[i - at] : new int[2];
      begin[i] = p[0];
      end[i] = -p[1];
      openEnds |= p[1] == 0 ? 1L << i : 0;
    }
    return SLICE.with(
        SLICE.attrs("end_mask", openEnds),
        x,
        Values.ints(begin),
        Values.ints(end),
        Values.ints(steps));
  }
}
