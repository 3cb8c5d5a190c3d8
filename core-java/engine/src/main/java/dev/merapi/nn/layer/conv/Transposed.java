package dev.merapi.nn.layer.conv;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Ops;
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
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What `Conv1DTranspose`, `Conv2DTranspose` and `Conv3DTranspose` share: the gradient of a
/// convolution used as a layer, which makes things larger.
abstract class Transposed extends Layer {
  final Setting<Integer> filters = required("filters", Kinds.POSITIVE);
  final Setting<int[]> kernelSize = required("kernel_size", Kinds.sizes(rank(), 1));
  private final Setting<int[]> strides =
      setting("strides", Kinds.sizes(rank(), 1), Windows.ones(rank()));
  private final Setting<String> padding = setting("padding", Kinds.oneOf("valid", "same"), "valid");
  private final Setting<int @Nullable []> outputPadding =
      setting("output_padding", Kinds.sizes(rank(), 0).orNone(), null);
  private final Setting<String> dataFormat =
      setting("data_format", Kinds.DATA_FORMAT, "channels_last");
  private final Setting<int[]> dilationRate =
      setting("dilation_rate", Kinds.sizes(rank(), 1), Windows.ones(rank()));
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
    dims[rank] = filters.get();
    dims[rank + 1] = channels;
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
    sliding = Sliding.of(strides.get(), padding.get(), dilationRate.get(), first);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Sliding s = Windows.built(sliding);
    Tensor[] sizes = new Tensor[rank() + 2];
    sizes[0] = Sizes.axis(x, 0);
    sizes[s.channelsFirst() ? 1 : rank() + 1] = Values.scalar(filters.get());
    for (int i = 0; i < rank(); i++) {
      sizes[s.firstAxis() + i] = size(i, Sizes.axis(x, s.firstAxis() + i));
    }
    int[] known = Arrays.stream(sizes).mapToInt(Ops::size).toArray();
    Tensor y = Ops.ensure(s.transposed(x, weight(kernel).value(), sizes), known);
    return activation.get().apply(bias == null ? y : s.biased(y, bias.value()));
  }

  /// Returns the size of the output along spatial axis `i`.
  ///
  /// Without `output_padding` it is the largest that a convolution would make `size` of.
  private Tensor size(int i, Tensor size) {
    int step = strides.get()[i];
    int reach = dilationRate.get()[i] * (kernelSize.get()[i] - 1) + 1;
    boolean valid = padding.get().equals("valid");
    int[] more = outputPadding.get();
    int add;
    if (more == null) {
      add = valid ? Math.max(reach - step, 0) : 0;
    } else {
      add = reach - step - (valid ? 0 : 2 * (reach / 2)) + more[i];
    }
    return Sizes.plus(Sizes.times(size, Values.scalar(step)), Values.scalar(add));
  }
}
