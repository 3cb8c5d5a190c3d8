package dev.merapi.nn.layer.reshape;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;

/// Puts the axes of each sample into another order.
public final class Permute extends Layer implements LayerArguments<Permute> {
  private final Setting<int[]> dims = required("dims", Kinds.WHOLES);

  private Permute() {
    super();
  }

  /// @param dims the axes in their new order, counted from 1; the batch stays in front
  public Permute(int... dims) {
    this();
    this.dims.set(dims);
    int[] sorted = dims.clone();
    Arrays.sort(sorted);
    for (int i = 0; i < sorted.length; i++) {
      if (sorted[i] != i + 1) {
        throw Message.what("Permute: dims " + Arrays.toString(dims) + " is no order of axes")
            .expected("each of 1 to " + sorted.length + " once; the batch axis is not counted")
            .valueError();
      }
    }
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, dims.get().length + 1);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    int[] given = dims.get();
    int[] order = new int[given.length + 1];
    System.arraycopy(given, 0, order, 1, given.length);
    return Ops.transpose(x, order);
  }
}
