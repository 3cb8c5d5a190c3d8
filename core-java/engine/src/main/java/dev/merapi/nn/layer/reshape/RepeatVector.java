package dev.merapi.nn.layer.reshape;

import static dev.merapi.nn.Ops.expand;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Repeats each sample as steps: `(batch, features)` becomes `(batch, n, features)`.
public final class RepeatVector extends Layer implements LayerArguments<RepeatVector> {
  private static final OpRef TILE = OpRef.to("Tile");

  private final Setting<Integer> n = required("n", Kinds.POSITIVE);

  private RepeatVector() {
    super();
  }

  /// @param n number of steps
  public RepeatVector(int n) {
    this();
    this.n.set(n);
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, 2);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return TILE.of(expand(x, 1), Values.ints(1, n.get(), 1));
  }
}
