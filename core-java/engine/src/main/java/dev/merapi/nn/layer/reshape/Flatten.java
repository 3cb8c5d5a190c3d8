package dev.merapi.nn.layer.reshape;

import static dev.merapi.nn.Ops.reshape;
import static dev.merapi.nn.Ops.transpose;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Tensor;

/// Merges all axes but the first: `(batch, a, b, …)` becomes `(batch, a·b·…)`.
public final class Flatten extends Layer implements LayerArguments<Flatten> {
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");

  public Flatten() {
    super();
  }

  /// @param format `channels_first` moves the channels behind the other axes before merging
  public Flatten dataFormat(String format) {
    return with("data_format", format);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    int rank = x.rank();
    if (rank < 2) {
      return reshape(x, rank == 0 ? Values.scalar(1) : Sizes.axis(x, 0), Values.scalar(1));
    }
    Tensor last = x;
    if (dataFormat.get().equals("channels_first") && rank > 2) {
      int[] order = new int[rank];
      for (int i = 1; i < rank; i++) {
        order[i] = i + 1 < rank ? i + 1 : 1;
      }
      last = transpose(x, order);
    }
    Tensor rest = Values.scalar(1);
    for (int i = 1; i < rank; i++) {
      rest = Sizes.times(rest, Sizes.axis(x, i));
    }
    return reshape(last, Sizes.axis(x, 0), rest);
  }
}
