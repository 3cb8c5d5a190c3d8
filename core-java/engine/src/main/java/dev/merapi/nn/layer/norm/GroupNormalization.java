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
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Brings groups of channels of each sample to mean 0 and variance 1, then each channel to a
/// learned mean and size.
///
/// Source: Wu and He 2018, "Group Normalization".
public final class GroupNormalization extends Layer implements NormArguments<GroupNormalization> {
  private static final OpRef RSQRT = OpRef.to("Rsqrt");

  private final Setting<Integer> groups =
      setting(
          "groups",
          Kinds.integers("a whole number of 1 or more, or -1", n -> n >= 1 || n == -1),
          32);
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-3);
  private final Setting<Boolean> center = setting("center", Kinds.FLAG, true);
  private final Setting<Boolean> scale = setting("scale", Kinds.FLAG, true);
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

  /// Makes 32 groups.
  public GroupNormalization() {
    supportsMasking();
  }

  /// @param groups number of groups, a divisor of the channels; -1 for one channel each
  public GroupNormalization(int groups) {
    this();
    this.groups.set(groups);
  }

  /// @param axis of the channels
  public GroupNormalization axis(int axis) {
    return with("axis", axis);
  }

  private int groups(int channels) {
    int g = groups.get();
    return g < 0 ? channels : g;
  }

  @Override
  protected void build(Shape input) {
    int channels = Checks.known(name(), input, axis.get());
    int g = groups(channels);
    if (g > channels || channels % g != 0) {
      throw Message.what(
              "Number of groups (" + g + ") must divide the number of channels (" + channels + ")")
          .given("input " + input + " · axis " + axis.get())
          .expected("groups that divide " + channels)
          .valueError();
    }
    Shape each = Shape.of(channels);
    if (scale.get()) {
      gamma =
          addWeight(
              "gamma",
              each,
              gammaInitializer.get(),
              true,
              gammaRegularizer.get(),
              gammaConstraint.get());
      // Half floats are too coarse for what follows.
      gamma.readAs(null);
    }
    if (center.get()) {
      beta =
          addWeight(
              "beta",
              each,
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
    int rank = x.rank();
    int a = Ops.front(axis.get(), rank);
    int channels = x.shape().dim(a);
    int g = groups(channels);
    // The axis of channels becomes two: the groups, and the channels of a group.
    Tensor[] split = new Tensor[rank + 1];
    Tensor[] whole = new Tensor[rank];
    for (int i = 0; i < rank; i++) {
      whole[i] = Sizes.axis(x, i);
      split[i < a ? i : i + 1] = whole[i];
    }
    split[a] = Values.scalar(g);
    split[a + 1] = Values.scalar(channels / g);
    Tensor parts = Ops.reshape(x, split);
    int[] axes = new int[rank - 1];
    int at = 0;
    for (int i = 1; i <= rank; i++) {
      if (i != a) {
        axes[at++] = i;
      }
    }
    Tensor off = sub(parts, Ops.mean(parts, true, axes));
    Tensor inverse = RSQRT.of(add(Ops.mean(mul(off, off), true, axes), epsilon.get()));
    Tensor y = Ops.reshape(mul(off, inverse), whole);
    if (gamma != null) {
      y = mul(y, Axes.spread(cast(gamma.value(), x.dtype()), new int[] {a}, x));
    }
    if (beta != null) {
      y = add(y, Axes.spread(cast(beta.value(), x.dtype()), new int[] {a}, x));
    }
    return cast(y, computeDtype());
  }
}
