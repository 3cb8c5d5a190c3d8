package dev.merapi.nn.layer.recurrent;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Untracked;
import dev.merapi.nn.activation.ActivationFunction;
import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.constrain.Constraint;
import dev.merapi.nn.constrain.Constraints;
import dev.merapi.nn.init.GlorotUniform;
import dev.merapi.nn.init.Initializer;
import dev.merapi.nn.init.Initializers;
import dev.merapi.nn.init.Orthogonal;
import dev.merapi.nn.init.Zeros;
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/// What Keras's cells share: a kernel for the input, one for the last output, a bias, dropout.
///
/// The last axis of the weights holds the outputs' size for each gate.
public abstract class KernelCell extends Cell {
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef SPLIT = OpRef.to("Split");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");

  final int gates;

  final Setting<ActivationFunction> activation =
      setting("activation", Activations.KIND, Activations.of("tanh"));
  final Setting<Boolean> useBias = setting("use_bias", Kinds.FLAG, true);
  private final Setting<Initializer> kernelInitializer =
      setting("kernel_initializer", Initializers.KIND, new GlorotUniform());
  private final Setting<Initializer> recurrentInitializer =
      setting("recurrent_initializer", Initializers.KIND, new Orthogonal());
  final Setting<Initializer> biasInitializer =
      setting("bias_initializer", Initializers.KIND, new Zeros());
  private final Setting<@Nullable Regularizer> kernelRegularizer =
      setting("kernel_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> recurrentRegularizer =
      setting("recurrent_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Regularizer> biasRegularizer =
      setting("bias_regularizer", Regularizers.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> kernelConstraint =
      setting("kernel_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> recurrentConstraint =
      setting("recurrent_constraint", Constraints.KIND.orNone(), null);
  private final Setting<@Nullable Constraint> biasConstraint =
      setting("bias_constraint", Constraints.KIND.orNone(), null);
  private final Setting<Double> dropout = setting("dropout", Kinds.SHARE, 0.0);
  private final Setting<Double> recurrentDropout = setting("recurrent_dropout", Kinds.SHARE, 0.0);
  private final Setting<@Nullable Long> seed = setting("seed", Kinds.LONG.orNone(), null);

  private @Nullable Variable kernel;
  private @Nullable Variable recurrentKernel;
  private @Nullable Variable bias;
  @Untracked private @Nullable DropoutSeed draws;

  KernelCell(@Nullable String name, int gates) {
    super(name);
    this.gates = gates;
  }

  /// Returns the axes of the sequences that the cell is taken through.
  abstract int sequenceRank();

  /// Returns the shape of an input without the batch; known once the weights are made.
  abstract Shape inputSample();

  /// Returns the shape of a state without the batch; known once the weights are made.
  abstract Shape stateSample();

  /// Tells whether dropout draws for each gate by itself.
  abstract boolean drawsForEachGate();

  /// Makes the weights.
  final void make(Shape kernelShape, Shape recurrentShape) {
    kernel =
        addWeight(
            "kernel",
            kernelShape,
            kernelInitializer.get(),
            true,
            kernelRegularizer.get(),
            kernelConstraint.get());
    recurrentKernel =
        addWeight(
            "recurrent_kernel",
            recurrentShape,
            recurrentInitializer.get(),
            true,
            recurrentRegularizer.get(),
            recurrentConstraint.get());
    if (useBias.get()) {
      bias =
          addWeight(
              "bias", biasShape(), firstBias(), true, biasRegularizer.get(), biasConstraint.get());
    }
    if (dropout.get() > 0 || recurrentDropout.get() > 0) {
      draws = new DropoutSeed(seed.get());
    }
  }

  Shape biasShape() {
    return Shape.of(gates * outputSize());
  }

  Initializer firstBias() {
    return biasInitializer.get();
  }

  /// Returns what makes the first biases of an LSTM whose forget gate begins with 1.
  final Initializer rememberingBias() {
    Initializer given = biasInitializer.get();
    Shape one = Shape.of(outputSize());
    return (_, dtype) ->
        CONCAT.of(
            given.make(one, dtype),
            Values.filled(new Spec(dtype, one), 1),
            given.make(Shape.of(2 * outputSize()), dtype),
            Values.scalar(0));
  }

  /// Returns the bias, zeros if there is none.
  final Tensor bias() {
    return bias != null ? bias.value() : Values.filled(new Spec(computeDtype(), biasShape()), 0);
  }

  final Tensor kernel() {
    return weight(kernel).value();
  }

  final Tensor recurrentKernel() {
    return weight(recurrentKernel).value();
  }

  @Override
  Drawn draw(Tensor batch) {
    DropoutSeed s = draws;
    if (s == null) {
      return Drawn.NONE;
    }
    int count = drawsForEachGate() ? gates : 1;
    List<Tensor> input = drawn(s, dropout.get(), batch, inputSample(), count);
    List<Tensor> recurrent = drawn(s, recurrentDropout.get(), batch, stateSample(), count);
    return new Drawn(input, recurrent, List.of());
  }

  /// Tells whether states are dropped in training.
  final boolean dropsStates() {
    return recurrentDropout.get() > 0;
  }

  private List<Tensor> drawn(DropoutSeed s, double rate, Tensor batch, Shape sample, int count) {
    List<Tensor> all = new ArrayList<>();
    Tensor[] dims = new Tensor[sample.rank() + 1];
    dims[0] = batch;
    for (int i = 0; i < sample.rank(); i++) {
      dims[i + 1] = Values.scalar(sample.dim(i));
    }
    for (int i = 0; rate > 0 && rate < 1 && i < count; i++) {
      all.add(s.next(Sizes.vector(dims), computeDtype(), rate));
    }
    return all;
  }

  @Override
  protected final Step step(Tensor x, List<Tensor> states, boolean training) {
    return step(x, states, training, training ? draw(Sizes.axis(x, 0)) : Drawn.NONE);
  }

  @Override
  abstract Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn);

  /// Multiplies an input, or what dropout leaves of it for each gate, by the parts of a kernel.
  ///
  /// @param columns parts of the kernel along its last axis
  /// @param axis of the product along which the parts lie
  static Tensor product(
      Tensor x,
      List<Tensor> drawn,
      Tensor kernel,
      int columns,
      int axis,
      BinaryOperator<Tensor> multiply) {
    if (drawn.isEmpty()) {
      return multiply.apply(x, kernel);
    }
    if (drawn.size() == 1 || columns == 1) {
      return multiply.apply(mul(x, drawn.getLast()), kernel);
    }
    Tensor[] parts = split(kernel, columns, kernel.rank() - 1);
    Tensor[] products = new Tensor[columns + 1];
    for (int i = 0; i < columns; i++) {
      products[i] = multiply.apply(mul(x, drawn.get(i)), parts[i]);
    }
    products[columns] = Values.scalar(axis);
    return CONCAT.of(products);
  }

  static Tensor add(Tensor a, Tensor b) {
    return ADD.of(a, b);
  }

  static Tensor mul(Tensor a, Tensor b) {
    return MUL.of(a, b);
  }

  /// Cuts an axis into equal parts.
  static Tensor[] split(Tensor x, int n, int axis) {
    return SPLIT.all(SPLIT.attrs("num_split", n), Values.scalar(axis), x);
  }
}
