package dev.merapi.nn.layer.norm;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Tensor;

/// Makes vectors along an axis, or several, one long.
public final class UnitNormalization extends Layer implements LayerArguments<UnitNormalization> {
  private static final OpRef RSQRT = OpRef.to("Rsqrt");

  /// Shorter vectors are not brought to length 1.
  private static final double SHORTEST = 1e-12;

  private final Setting<int[]> axis = setting("axis", Kinds.AXES, new int[] {-1});

  public UnitNormalization() {
    supportsMasking();
  }

  public UnitNormalization(int... axis) {
    this();
    this.axis.set(axis);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Tensor squares = Ops.sum(Ops.mul(x, x), true, Axes.sorted(axis.get(), x.rank()));
    return Ops.mul(x, Ops.min(RSQRT.of(squares), 1 / SHORTEST));
  }
}
