package dev.merapi.nn.layer.norm;

import static dev.merapi.nn.Ops.add;
import static dev.merapi.nn.Ops.cast;
import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.sub;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.constrain.Constraints;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Initializers;
import dev.merapi.nn.init.Ones;
import dev.merapi.nn.init.Zeros;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Brings the numbers of each sample to mean 0 and variance 1 along its last axis or several, then
/// to a learned mean and size for each place.
///
/// Source: Ba, Kiros and Hinton 2016, "Layer Normalization".
public final class LayerNormalization extends Layer implements NormArguments<LayerNormalization> {
  private static final OpRef RSQRT = OpRef.to("Rsqrt");

  private final Setting<int[]> axis = setting("axis", Kinds.AXES, new int[] {-1});
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-3);
  private final Setting<Boolean> center = setting("center", Kinds.FLAG, true);
  private final Setting<Boolean> scale = setting("scale", Kinds.FLAG, true);
  private final Setting<Boolean> rmsScaling = setting("rms_scaling", Kinds.FLAG, false);
  private final Setting<Initializer> betaInitializer =
      setting("beta_initializer", Initializers.KIND, new Zeros());
  private final Setting<Initializer> gammaInitializer =
      setting("gamma_initializer", Initializers.KIND, new Ones());
  private final Setting<@Nullable Regularizer> betaRegularizer =
      setting("beta_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> gammaRegularizer =
      setting("gamma_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> betaConstraint =
      setting("beta_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> gammaConstraint =
      setting("gamma_constraint", Constraints.KIND.orNone(), null);

  private @Nullable Variable gamma;
  private @Nullable Variable beta;

  public LayerNormalization() {
    supportsMasking();
  }

  /// @param axes along which numbers are brought to a common size; never the batch
  public LayerNormalization axis(int... axes) {
    return with("axis", axes);
  }

  /// Only divides by the deviation, and leaves the mean where it is.
  public LayerNormalization rmsScaling(boolean on) {
    return with("rms_scaling", on);
  }

  @Override
  protected void build(Shape input) {
    Shape sizes = Axes.sizes(name(), axis.get(), input);
    if (scale.get() || rmsScaling.get()) {
      gamma =
          addWeight(
              "gamma",
              sizes,
              gammaInitializer.get(),
              true,
              gammaRegularizer.get(),
              gammaConstraint.get());
      // Half floats are too coarse for what follows.
      gamma.readAs(null);
    }
    if (center.get() && !rmsScaling.get()) {
      beta =
          addWeight(
              "beta",
              sizes,
              betaInitializer.get(),
              true,
              betaRegularizer.get(),
              betaConstraint.get());
      beta.readAs(null);
    }
  }

  @Override
  protected boolean isAutocast() {
    return false;
  }

  @Override
  protected Tensor call(Tensor given, boolean training) {
    Tensor x = cast(given, given.dtype() == DType.F64 ? DType.F64 : DType.F32);
    int[] axes = Axes.sorted(axis.get(), x.rank());
    Tensor mean = Ops.mean(x, true, axes);
    Tensor off = sub(x, mean);
    Tensor inverse = RSQRT.of(add(Ops.mean(mul(off, off), true, axes), epsilon.get()));
    Tensor y = mul(rmsScaling.get() ? x : off, inverse);
    if (gamma != null) {
      y = mul(y, Axes.spread(cast(gamma.value(), x.dtype()), axes, x));
    }
    if (beta != null) {
      y = add(y, Axes.spread(cast(beta.value(), x.dtype()), axes, x));
    }
    return cast(y, computeDtype());
  }
}
