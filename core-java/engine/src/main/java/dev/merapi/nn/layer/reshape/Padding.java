package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// What the layers share that put zeros around.
abstract class Padding extends Layer {
  private static final OpRef PAD = OpRef.to("Pad");

  final Setting<int[][]> padding = setting("padding", new Pairs(rank()), ones());
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");

  abstract int rank();

  private int[][] ones() {
    int[][] ones = new int[rank()][2];
    for (int[] p : ones) {
      p[0] = 1;
      p[1] = 1;
    }
    return ones;
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, rank() + 2);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    int[] zeros = new int[2 * (rank() + 2)];
    int at = dataFormat.get().equals("channels_first") ? 2 : 1;
    for (int i = 0; i < rank(); i++) {
      System.arraycopy(padding.get()[i], 0, zeros, 2 * (at + i), 2);
    }
    return PAD.of(x, Ops.table(zeros, 2));
  }
}
