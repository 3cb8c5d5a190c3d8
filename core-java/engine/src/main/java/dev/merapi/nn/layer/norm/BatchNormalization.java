package dev.merapi.nn.layer.norm;

import static dev.merapi.nn.Ops.add;
import static dev.merapi.nn.Ops.cast;
import static dev.merapi.nn.Ops.mul;
import static dev.merapi.nn.Ops.number;
import static dev.merapi.nn.Ops.sub;
import static dev.merapi.nn.Ops.sum;

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
import dev.merapi.nn.layer.Mode;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Brings each channel to mean 0 and variance 1, then to a learned mean and size.
///
/// In training, mean and variance are those of the batch, and moving averages of them are kept;
/// else the moving averages are used. So they are where the layer is frozen (`trainable(false)`).
/// The variance of the batch divides by the number of values, as Keras's does on a CPU.
///
/// Source: Ioffe and Szegedy 2015, "Batch Normalization".
public final class BatchNormalization extends Layer implements NormArguments<BatchNormalization> {
  private static final OpRef FUSED = OpRef.to("FusedBatchNormV3");
  private static final OpRef RSQRT = OpRef.to("Rsqrt");
  private static final OpRef STOP = OpRef.to("StopGradient");

  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);
  private final Setting<Double> momentum = setting("momentum", Kinds.SHARE, 0.99);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-3);
  private final Setting<Boolean> center = setting("center", Kinds.FLAG, true);
  private final Setting<Boolean> scale = setting("scale", Kinds.FLAG, true);
  private final Setting<Initializer> betaInitializer =
      setting("beta_initializer", Initializers.KIND, new Zeros());
  private final Setting<Initializer> gammaInitializer =
      setting("gamma_initializer", Initializers.KIND, new Ones());
  private final Setting<Initializer> movingMeanInitializer =
      setting("moving_mean_initializer", Initializers.KIND, new Zeros());
  private final Setting<Initializer> movingVarianceInitializer =
      setting("moving_variance_initializer", Initializers.KIND, new Ones());
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
  private @Nullable Variable movingMean;
  private @Nullable Variable movingVariance;

  public BatchNormalization() {
    supportsMasking();
  }

  /// @param axis of the channels
  public BatchNormalization axis(int axis) {
    return with("axis", axis);
  }

  /// @param share of the old value that a step leaves in the moving averages
  public BatchNormalization momentum(double share) {
    return with("momentum", share);
  }

  public BatchNormalization movingMeanInitializer(Object initializer) {
    return with("moving_mean_initializer", initializer);
  }

  public BatchNormalization movingVarianceInitializer(Object initializer) {
    return with("moving_variance_initializer", initializer);
  }

  @Override
  protected void build(Shape input) {
    Shape channels = Shape.of(Checks.known(name(), input, axis.get()));
    if (scale.get()) {
      gamma =
          addWeight(
              "gamma",
              channels,
              gammaInitializer.get(),
              true,
              gammaRegularizer.get(),
              gammaConstraint.get());
    }
    if (center.get()) {
      beta =
          addWeight(
              "beta",
              channels,
              betaInitializer.get(),
              true,
              betaRegularizer.get(),
              betaConstraint.get());
    }
    movingMean = addWeight("moving_mean", channels, movingMeanInitializer.get(), false, null, null);
    movingVariance =
        addWeight("moving_variance", channels, movingVarianceInitializer.get(), false, null, null);
    for (Variable v : weights()) {
      // Half floats are too coarse for statistics; all is computed in float32 at least.
      v.readAs(null);
    }
  }

  @Override
  protected List<Tensor> call(List<Tensor> inputs, Mode mode) {
    Tensor x = inputs.getFirst();
    DType type = x.dtype() == DType.F64 ? DType.F64 : DType.F32;
    Tensor wide = cast(x, type);
    boolean batch = mode.training() && isTrainable();
    Tensor mask = mode.mask(0);
    int a = Ops.front(axis.get(), x.rank());
    // The fused operation has no gradient of the moving averages, and double is not its type.
    boolean fused = type == DType.F32 && mask == null && (a == x.rank() - 1 || a == 1);
    Tensor y = fused ? fused(wide, a, batch) : plain(wide, a, batch, mask);
    return List.of(cast(y, computeDtype()));
  }

  private Tensor parameter(@Nullable Variable v, Tensor x, double otherwise) {
    return v != null
        ? cast(v.value(), x.dtype())
        : Values.filled(new Spec(x.dtype(), weight(movingMean).shape()), otherwise);
  }

  /// Brings any rank to that of pictures, which the operation is for.
  private Tensor fused(Tensor x, int a, boolean batch) {
    boolean last = a == x.rank() - 1;
    Tensor channels = Values.scalar(weight(movingMean).shape().dim(0));
    Tensor one = Values.scalar(1);
    Tensor rest = one;
    for (int i = 1; i < x.rank(); i++) {
      rest = i == a ? rest : Sizes.times(rest, Sizes.axis(x, i));
    }
    Tensor n = Sizes.axis(x, 0);
    Tensor picture =
        x.rank() == 4
            ? x
            : last
                ? Ops.reshape(x, n, one, rest, channels)
                : Ops.reshape(x, n, channels, one, rest);
    Tensor mean = weight(movingMean).value();
    Tensor variance = weight(movingVariance).value();
    Tensor[] out =
        FUSED.all(
            FUSED.attrs(
                "epsilon",
                epsilon.get(),
                "data_format",
                last ? "NHWC" : "NCHW",
                "is_training",
                batch),
            picture,
            parameter(gamma, x, 1),
            parameter(beta, x, 0),
            mean,
            variance);
    if (batch) {
      // The operation tells the variance that divides by one value less.
      Tensor count = cast(Sizes.times(n, rest), DType.F32);
      Tensor biased = mul(out[2], Ops.div(add(count, -1), Ops.max(count, 1)));
      keep(out[1], biased);
    }
    return x.rank() == 4 ? out[0] : Ops.reshape(out[0], sizes(x));
  }

  private static Tensor[] sizes(Tensor x) {
    Tensor[] dims = new Tensor[x.rank()];
    for (int i = 0; i < dims.length; i++) {
      dims[i] = Sizes.axis(x, i);
    }
    return dims;
  }

  private Tensor plain(Tensor x, int a, boolean batch, @Nullable Tensor mask) {
    int[] others = new int[x.rank() - 1];
    for (int i = 0; i < others.length; i++) {
      others[i] = i < a ? i : i + 1;
    }
    Tensor mean = cast(weight(movingMean).value(), x.dtype());
    Tensor variance = cast(weight(movingVariance).value(), x.dtype());
    if (batch) {
      if (mask == null) {
        mean = Ops.mean(x, false, others);
        Tensor off = sub(x, STOP.of(along(mean, x, a)));
        variance = Ops.mean(mul(off, off), false, others);
      } else {
        Tensor w = weights(mask, x);
        Tensor count = add(sum(w, false, others), 1e-7);
        mean = Ops.div(sum(mul(x, w), false, others), count);
        Tensor off = sub(x, STOP.of(along(mean, x, a)));
        variance = Ops.div(sum(mul(mul(off, off), w), false, others), count);
      }
      keep(mean, variance);
    }
    Tensor inverse = RSQRT.of(add(variance, epsilon.get()));
    if (gamma != null) {
      inverse = mul(inverse, cast(gamma.value(), x.dtype()));
    }
    Tensor shift = mul(mean, inverse);
    Tensor base = sub(beta == null ? number(x, 0) : cast(beta.value(), x.dtype()), shift);
    return add(mul(x, along(inverse, x, a)), along(base, x, a));
  }

  /// Puts one number for each channel where the channels are.
  private static Tensor along(Tensor perChannel, Tensor x, int a) {
    return a == x.rank() - 1 ? perChannel : Sizes.behind(perChannel, x.rank() - 1 - a);
  }

  private static Tensor weights(Tensor mask, Tensor x) {
    if (mask.rank() != x.rank() - 1) {
      throw Message.what("The mask provided should be one dimension less than the inputs")
          .given("mask " + mask.shape() + " · input " + x.shape())
          .shapeError();
    }
    return mul(cast(Ops.expand(mask, -1), x.dtype()), Sizes.filled(x.dtype(), x, 1));
  }

  private void keep(Tensor mean, Tensor variance) {
    move(weight(movingMean), mean);
    move(weight(movingVariance), variance);
  }

  private void move(Variable average, Tensor now) {
    Tensor old = average.value();
    double m = momentum.get();
    average.assign(add(mul(old, m), mul(cast(STOP.of(now), old.dtype()), 1 - m)));
  }

  /// Nothing is synchronized here, and there is no renormalization.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    c.put("synchronized", false);
    c.put("renorm", false);
    c.put("renorm_clipping", null);
    c.put("renorm_momentum", 0.99);
    return c;
  }

  /// Fails: `ValueError` for batch renormalization, which is not there.
  @Override
  public void readConfig(Map<String, ?> config) {
    Map<String, @Nullable Object> c = new LinkedHashMap<>(config);
    if (Boolean.TRUE.equals(c.get("renorm"))) {
      throw Message.what("BatchNormalization: renorm is not supported")
          .given("renorm = true")
          .expected("plain batch normalization")
          .valueError();
    }
    for (String other :
        new String[] {"synchronized", "renorm", "renorm_clipping", "renorm_momentum"}) {
      c.remove(other);
    }
    if (c.get("axis") instanceof List<?> one && one.size() == 1) {
      // Keras 2 wrote a list.
      c.put("axis", one.getFirst());
    }
    super.readConfig(c);
  }
}
