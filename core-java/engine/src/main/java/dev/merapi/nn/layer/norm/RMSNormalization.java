package dev.merapi.nn.layer.norm;

import static dev.merapi.nn.Ops.add;
import static dev.merapi.nn.Ops.cast;
import static dev.merapi.nn.Ops.mul;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.init.Ones;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Divides the numbers of each sample by the root of their mean square, then multiplies by a
/// learned size for each place.
///
/// Source: Zhang and Sennrich 2019, "Root Mean Square Layer Normalization".
public final class RMSNormalization extends Layer implements LayerArguments<RMSNormalization> {
  private static final OpRef RSQRT = OpRef.to("Rsqrt");

  private final Setting<int[]> axis = setting("axis", Kinds.AXES, new int[] {-1});
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-6);
  private @Nullable Variable scale;

  public RMSNormalization() {
    super();
  }

  /// @param axes along which numbers are brought to a common size; never the batch
  public RMSNormalization axis(int... axes) {
    return with("axis", axes);
  }

  /// @param small added to mean squares, so that nothing is divided by 0
  public RMSNormalization epsilon(double small) {
    return with("epsilon", small);
  }

  @Override
  protected void build(Shape input) {
    scale = addWeight("scale", Axes.sizes(name(), axis.get(), input), new Ones());
    scale.readAs(null);
  }

  @Override
  protected Tensor call(Tensor given, boolean training) {
    Tensor x = cast(given, given.dtype() == DType.F64 ? DType.F64 : DType.F32);
    int[] axes = Axes.sorted(axis.get(), x.rank());
    Tensor inverse = RSQRT.of(add(Ops.mean(mul(x, x), true, axes), epsilon.get()));
    Tensor sizes = Axes.spread(cast(weight(scale).value(), x.dtype()), axes, x);
    return cast(mul(mul(x, inverse), sizes), given.dtype());
  }
}
