package dev.merapi.nn.layer.pool;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// What all layers share that take one number of each channel.
abstract class GlobalPooling extends Layer {
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  private final Setting<Boolean> keepdims = setting("keepdims", Kinds.FLAG, false);

  /// Returns the number of axes that are gone.
  abstract int rank();

  abstract Tensor over(Tensor x, boolean keep, int[] axes);

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, rank() + 2);
  }

  final boolean channelsFirst() {
    return dataFormat.get().equals("channels_first");
  }

  final boolean keeps() {
    return keepdims.get();
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    int[] axes = new int[rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = (channelsFirst() ? 2 : 1) + i;
    }
    return over(x, keeps(), axes);
  }
}
