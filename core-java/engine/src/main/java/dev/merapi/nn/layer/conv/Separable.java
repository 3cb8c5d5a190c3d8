package dev.merapi.nn.layer.conv;

import dev.merapi.eager.Variable;
import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.constrain.Constraints;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Initializers;
import dev.merapi.nn.init.Zeros;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What `SeparableConv1D` and `SeparableConv2D` share: each channel is convolved by itself, then
/// channels are mixed with a window of one place.
abstract class Separable extends Layer {
  private final Setting<Integer> depthMultiplier = setting("depth_multiplier", Kinds.POSITIVE, 1);
  final Setting<Integer> filters = required("filters", Kinds.POSITIVE);
  final Setting<int[]> kernelSize = required("kernel_size", Kinds.sizes(rank(), 1));
  private final Setting<int[]> strides =
      setting("strides", Kinds.sizes(rank(), 1), Windows.ones(rank()));
  private final Setting<String> padding = setting("padding", Kinds.oneOf("valid", "same"), "valid");
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  private final Setting<int[]> dilationRate =
      setting("dilation_rate", Kinds.sizes(rank(), 1), Windows.ones(rank()));
  private final Setting<ActivationFunction> activation =
      setting("activation", Activations.KIND, Activations.of("linear"));
  private final Setting<Boolean> useBias = setting("use_bias", Kinds.FLAG, true);
  private final Setting<Initializer> depthwiseInitializer =
      setting("depthwise_initializer", Initializers.KIND, new GlorotUniform());
  private final Setting<Initializer> pointwiseInitializer =
      setting("pointwise_initializer", Initializers.KIND, new GlorotUniform());
  private final Setting<Initializer> biasInitializer =
      setting("bias_initializer", Initializers.KIND, new Zeros());
  private final Setting<@Nullable Regularizer> depthwiseRegularizer =
      setting("depthwise_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> pointwiseRegularizer =
      setting("pointwise_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> biasRegularizer =
      setting("bias_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> activityRegularizer =
      setting("activity_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> depthwiseConstraint =
      setting("depthwise_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> pointwiseConstraint =
      setting("pointwise_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> biasConstraint =
      setting("bias_constraint", Constraints.KIND.orNone(), null);

  private @Nullable Variable depthwiseKernel;
  private @Nullable Variable pointwiseKernel;
  private @Nullable Variable bias;
  private @Nullable Sliding sliding;

  /// Returns the number of axes along which windows slide.
  abstract int rank();

  @Override
  protected void build(Shape input) {
    int rank = rank();
    Checks.rank(name(), input, rank + 2);
    boolean first = dataFormat.get().equals("channels_first");
    int channels = Checks.known(name(), input, first ? 1 : -1);
    Windows.notBoth(this, strides.get(), dilationRate.get());
    int[] dims = Arrays.copyOf(kernelSize.get(), rank + 2);
    dims[rank] = channels;
    dims[rank + 1] = depthMultiplier.get();
    depthwiseKernel =
        addWeight(
            "depthwise_kernel",
            Shape.of(dims),
            depthwiseInitializer.get(),
            true,
            depthwiseRegularizer.get(),
            depthwiseConstraint.get());
    int[] point = Windows.ones(rank + 2);
    point[rank] = channels * depthMultiplier.get();
    point[rank + 1] = filters.get();
    pointwiseKernel =
        addWeight(
            "pointwise_kernel",
            Shape.of(point),
            pointwiseInitializer.get(),
            true,
            pointwiseRegularizer.get(),
            pointwiseConstraint.get());
    if (useBias.get()) {
      bias =
          addWeight(
              "bias",
              Shape.of(filters.get()),
              biasInitializer.get(),
              true,
              biasRegularizer.get(),
              biasConstraint.get());
    }
    setActivityRegularizer(activityRegularizer.get());
    sliding = Sliding.of(strides.get(), padding.get(), dilationRate.get(), first);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Sliding s = Windows.built(sliding);
    int[] ones = Windows.ones(rank());
    Tensor each = s.depthwise(x, weight(depthwiseKernel).value());
    Tensor y =
        Sliding.of(ones, "valid", ones, s.channelsFirst())
            .convolve(each, weight(pointwiseKernel).value());
    return activation.get().apply(bias == null ? y : s.biased(y, bias.value()));
  }
}
