package dev.merapi.nn.layer.recurrent;

import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.layer.Checks;
import dev.merapi.nn.layer.conv.Sliding;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Long short-term memory of pictures: products with weights are convolutions.
///
/// That of the state keeps its size, whatever that of the input does.
final class ConvLSTMCell extends KernelCell {
  private final int rank;
  private final Setting<Integer> filters;
  private final Setting<int[]> kernelSize;
  private final Setting<int[]> strides;
  private final Setting<String> padding;
  private final Setting<String> dataFormat;
  private final Setting<int[]> dilationRate;
  private final Setting<ActivationFunction> recurrentActivation;
  private final Setting<Boolean> unitForgetBias;

  private @Nullable Sliding ofInput;
  private @Nullable Sliding ofState;
  private Shape input = Shape.of();
  private Shape state = Shape.of();

  ConvLSTMCell(int rank) {
    super("conv_lstm_cell", 4);
    this.rank = rank;
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    filters = required("filters", Kinds.POSITIVE);
    kernelSize = required("kernel_size", Kinds.sizes(rank, 1));
    strides = setting("strides", Kinds.sizes(rank, 1), ones);
    padding = setting("padding", Kinds.oneOf("valid", "same"), "valid");
    dataFormat = setting("data_format", Kinds.DATA_FORMAT, "channels_last");
    dilationRate = setting("dilation_rate", Kinds.sizes(rank, 1), ones);
    recurrentActivation =
        setting("recurrent_activation", Activations.KIND, Activations.of("sigmoid"));
    unitForgetBias = setting("unit_forget_bias", Kinds.FLAG, true);
  }

  @Override
  public List<Integer> stateSize() {
    return List.of(filters.get(), filters.get());
  }

  @Override
  int sequenceRank() {
    return rank + 3;
  }

  @Override
  Shape inputSample() {
    return input;
  }

  @Override
  Shape stateSample() {
    return state;
  }

  @Override
  boolean drawsForEachGate() {
    return true;
  }

  @Override
  Initializer firstBias() {
    return unitForgetBias.get() ? rememberingBias() : super.firstBias();
  }

  private boolean isChannelsFirst() {
    return dataFormat.get().equals("channels_first");
  }

  /// Returns the axis of the channels in a batch.
  private int channels() {
    return isChannelsFirst() ? 1 : rank + 1;
  }

  @Override
  protected void build(Shape step) {
    int firstSpatial = isChannelsFirst() ? 2 : 1;
    int[] in = Arrays.copyOfRange(step.dims(), 1, rank + 2);
    int[] out = in.clone();
    boolean same = padding.get().equals("same");
    for (int i = 0; i < rank; i++) {
      int n = Checks.known(name(), step, firstSpatial + i);
      int reach = (kernelSize.get()[i] - 1) * dilationRate.get()[i];
      int left = same ? n : n - reach;
      if (left < 1) {
        throw Message.what(name() + ": a window of " + (reach + 1) + " pixels finds no place")
            .given("input " + step)
            .expected("axes at least as long as the window")
            .fix("take padding \"same\", or a smaller kernel")
            .shapeError();
      }
      out[firstSpatial - 1 + i] = (left + strides.get()[i] - 1) / strides.get()[i];
    }
    if (Arrays.stream(strides.get()).anyMatch(s -> s > 1)
        && Arrays.stream(dilationRate.get()).anyMatch(d -> d > 1)) {
      throw Message.what(
              "Specifying `strides > 1` is not compatible with `dilation_rate > 1`. Please provide"
                  + " `strides=1` or `dilation_rate=1`.")
          .given(
              "strides "
                  + Arrays.toString(strides.get())
                  + " · dilation_rate "
                  + Arrays.toString(dilationRate.get()))
          .valueError();
    }
    int depth = Checks.known(name(), step, channels());
    out[channels() - 1] = filters.get();
    input = Shape.of(in);
    state = Shape.of(out);
    int[] ones = new int[rank];
    Arrays.fill(ones, 1);
    ofInput = Sliding.of(strides.get(), padding.get(), dilationRate.get(), isChannelsFirst());
    ofState = Sliding.of(ones, "same", ones, isChannelsFirst());
    make(kernel(depth), kernel(filters.get()));
  }

  private Shape kernel(int depth) {
    int[] dims = Arrays.copyOf(kernelSize.get(), rank + 2);
    dims[rank] = depth;
    dims[rank + 1] = gates * filters.get();
    return Shape.of(dims);
  }

  @Override
  protected List<Tensor> initialState(Tensor batch) {
    return List.of(zeros(batch, state), zeros(batch, state));
  }

  @Override
  protected Tensor initialOutput(Tensor batch) {
    return zeros(batch, state);
  }

  @Override
  Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn) {
    Sliding in = Objects.requireNonNull(ofInput);
    Sliding back = Objects.requireNonNull(ofState);
    int axis = channels();
    Tensor z = product(x, drawn.input(), kernel(), 4, axis, in::convolve);
    if (useBias.get()) {
      z = in.biased(z, bias());
    }
    Tensor h = states.getFirst();
    z = add(z, product(h, drawn.recurrent(), recurrentKernel(), 4, axis, back::convolve));
    Tensor[] parts = split(z, 4, axis);
    ActivationFunction gate = recurrentActivation.get();
    ActivationFunction f = activation.get();
    Tensor kept = mul(gate.apply(parts[1]), states.get(1));
    Tensor c = add(kept, mul(gate.apply(parts[0]), f.apply(parts[2])));
    Tensor next = mul(gate.apply(parts[3]), f.apply(c));
    return new Step(next, List.of(next, c));
  }
}
