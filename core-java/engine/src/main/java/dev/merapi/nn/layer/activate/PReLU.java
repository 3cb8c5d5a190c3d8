package dev.merapi.nn.layer.activate;

import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.sub;

import dev.merapi.eager.Variable;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.constrain.Constraints;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Initializers;
import dev.merapi.nn.init.Zeros;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Leaves positive numbers as they are and multiplies negative ones by a learned slope, one for
/// each place of a sample.
public final class PReLU extends Layer implements LayerArguments<PReLU> {
  private static final OpRef RELU = OpRef.to("Relu");
  private static final OpRef NEG = OpRef.to("Neg");

  private final Setting<Initializer> alphaInitializer =
      setting("alpha_initializer", Initializers.KIND, new Zeros());
  private final Setting<@Nullable Regularizer> alphaRegularizer =
      setting("alpha_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> alphaConstraint =
      setting("alpha_constraint", Constraints.KIND.orNone(), null);
  private final Setting<int @Nullable []> sharedAxes =
      setting("shared_axes", Kinds.WHOLES.orNone(), null);
  private @Nullable Variable alpha;

  public PReLU() {
    supportsMasking();
  }

  /// @param axes along which all places have one slope: `1, 2` for pictures, channels last
  public PReLU sharedAxes(int... axes) {
    return with("shared_axes", axes);
  }

  public PReLU alphaInitializer(Object initializer) {
    return with("alpha_initializer", initializer);
  }

  public PReLU alphaRegularizer(Object regularizer) {
    return with("alpha_regularizer", regularizer);
  }

  public PReLU alphaConstraint(Object constraint) {
    return with("alpha_constraint", constraint);
  }

  @Override
  protected void build(Shape input) {
    int[] slopes = Arrays.copyOfRange(input.dims(), 1, input.rank());
    int[] shared = sharedAxes.get();
    if (shared != null) {
      for (int axis : shared) {
        slopes[axis - 1] = 1;
      }
    }
    alpha =
        addWeight(
            "alpha",
            Shape.of(slopes),
            alphaInitializer.get(),
            true,
            alphaRegularizer.get(),
            alphaConstraint.get());
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return sub(RELU.of(x), mul(RELU.of(NEG.of(x)), weight(alpha).value()));
  }
}
