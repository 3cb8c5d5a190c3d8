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
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What `Conv1D`, `Conv2D` and `Conv3D` share: `activation(x ∗ kernel + bias)`.
abstract class Convolution extends Layer {
  final Setting<Integer> filters = required("filters", Kinds.POSITIVE);
  final Setting<int[]> kernelSize = required("kernel_size", Kinds.sizes(rank(), 1));
  private final Setting<int[]> strides =
      setting("strides", Kinds.sizes(rank(), 1), Windows.ones(rank()));
  private final Setting<String> padding =
      setting(
          "padding",
          rank() == 1 ? Kinds.oneOf("valid", "same", "causal") : Kinds.oneOf("valid", "same"),
          "valid");
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  private final Setting<int[]> dilationRate =
      setting("dilation_rate", Kinds.sizes(rank(), 1), Windows.ones(rank()));
  private final Setting<Integer> groups = setting("groups", Kinds.POSITIVE, 1);
  private final Setting<ActivationFunction> activation =
      setting("activation", Activations.KIND, Activations.of("linear"));
  private final Setting<Boolean> useBias = setting("use_bias", Kinds.FLAG, true);
  private final Setting<Initializer> kernelInitializer =
      setting("kernel_initializer", Initializers.KIND, new GlorotUniform());
  private final Setting<Initializer> biasInitializer =
      setting("bias_initializer", Initializers.KIND, new Zeros());
  private final Setting<@Nullable Regularizer> kernelRegularizer =
      setting("kernel_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> biasRegularizer =
      setting("bias_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> activityRegularizer =
      setting("activity_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> kernelConstraint =
      setting("kernel_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> biasConstraint =
      setting("bias_constraint", Constraints.KIND.orNone(), null);

  private @Nullable Variable kernel;
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
    int[] dims = Arrays.copyOf(kernelSize.get(), rank + 2);
    dims[rank] = channels / divided("the number of input channels", channels);
    dims[rank + 1] = filters.get();
    divided("the number of filters", filters.get());
    Windows.notBoth(this, strides.get(), dilationRate.get());
    kernel =
        addWeight(
            "kernel",
            Shape.of(dims),
            kernelInitializer.get(),
            true,
            kernelRegularizer.get(),
            kernelConstraint.get());
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
    String p = padding.get();
    sliding =
        Sliding.of(strides.get(), p.equals("causal") ? "valid" : p, dilationRate.get(), first);
  }

  private int divided(String what, int n) {
    int g = groups.get();
    if (n % g != 0) {
      throw Message.what(name() + ": " + what + " is " + n + ", no multiple of groups " + g)
          .expected("groups that divide input channels and filters")
          .valueError();
    }
    return g;
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Sliding s = Windows.built(sliding);
    Tensor in = padding.get().equals("causal") ? s.late(x, kernelSize.get()[0]) : x;
    Tensor y = s.convolve(in, weight(kernel).value());
    return activation.get().apply(bias == null ? y : s.biased(y, bias.value()));
  }
}
