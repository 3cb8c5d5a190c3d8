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
import dev.merapi.op.Attrs;
import dev.merapi.op.Context;
import dev.merapi.op.OpRef;
import dev.merapi.op.Recorder;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What Keras's cells share: a kernel for the input, one for the last output, a bias, dropout.
///
/// Weights have `units` columns for each gate.
public abstract class UnitsCell extends Cell {
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef SPLIT = OpRef.to("Split");
  private static final OpRef CONCAT = OpRef.to("ConcatV2");
  private static final OpRef EXPAND = OpRef.to("ExpandDims");

  private final int gates;

  final Setting<Integer> units = required("units", Kinds.POSITIVE);
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
  private int features;

  UnitsCell(@Nullable String name, int gates) {
    super(name);
    this.gates = gates;
  }

  @Override
  public List<Integer> stateSize() {
    return List.of(units.get());
  }

  @Override
  public final int outputSize() {
    return units.get();
  }

  @Override
  protected void build(Shape step) {
    features = lastAxis(step, 2);
    int n = gates * units.get();
    kernel =
        addWeight(
            "kernel",
            Shape.of(features, n),
            kernelInitializer.get(),
            true,
            kernelRegularizer.get(),
            kernelConstraint.get());
    recurrentKernel =
        addWeight(
            "recurrent_kernel",
            Shape.of(units.get(), n),
            recurrentInitializer.get(),
            true,
            recurrentRegularizer.get(),
            recurrentConstraint.get());
    if (useBias.get()) {
      bias =
          addWeight(
              "bias",
              biasShape(),
              firstBias(),
              true,
              biasRegularizer.get(),
              biasConstraint.get());
    }
    if (dropout.get() > 0 || recurrentDropout.get() > 0) {
      draws = new DropoutSeed(seed.get());
    }
  }

  Shape biasShape() {
    return Shape.of(gates * units.get());
  }

  Initializer firstBias() {
    return biasInitializer.get();
  }

  /// Returns the bias, zeros if there is none.
  final Tensor bias() {
    return bias != null
        ? bias.value()
        : Values.filled(new Spec(computeDtype(), biasShape()), 0);
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
    // As in Keras: dropout of states draws for each gate, and then that of inputs does too.
    int count = recurrentDropout.get() > 0 ? gates : 1;
    List<Tensor> input = drawn(s, dropout.get(), batch, features, count);
    return new Drawn(
        input, drawn(s, recurrentDropout.get(), batch, units.get(), count), List.of());
  }

  private List<Tensor> drawn(DropoutSeed s, double rate, Tensor batch, int width, int count) {
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; rate > 0 && rate < 1 && i < count; i++) {
      Tensor shape = Sizes.vector(batch, Values.scalar(width));
      all.add(s.next(shape, computeDtype(), rate));
    }
    return all;
  }

  @Override
  protected final Step step(Tensor x, List<Tensor> states, boolean training) {
    return step(x, states, training, training ? draw(Sizes.axis(x, 0)) : Drawn.NONE);
  }

  @Override
  abstract Step step(Tensor x, List<Tensor> states, boolean training, Drawn drawn);

  /// Returns the products of an input, or of what dropout leaves of it for each gate, with the
  /// columns of a kernel.
  final Tensor product(Tensor x, List<Tensor> drawn, Tensor kernel, int columns) {
    if (drawn.isEmpty()) {
      return MATMUL.of(x, kernel);
    }
    if (drawn.size() == 1 || columns == 1) {
      return MATMUL.of(MUL.of(x, drawn.getLast()), kernel);
    }
    Tensor[] parts = split(kernel, columns);
    Tensor[] products = new Tensor[columns + 1];
    for (int i = 0; i < columns; i++) {
      products[i] = MATMUL.of(MUL.of(x, drawn.get(i)), parts[i]);
    }
    products[columns] = Values.scalar(1);
    return CONCAT.of(products);
  }

  static Tensor add(Tensor a, Tensor b) {
    return ADD.of(a, b);
  }

  static Tensor mul(Tensor a, Tensor b) {
    return MUL.of(a, b);
  }

  /// Cuts the columns into equal parts.
  static Tensor[] split(Tensor x, int n) {
    return SPLIT.all(SPLIT.attrs("num_split", n), Values.scalar(1), x);
  }

  /// Tells whether steps can be one operation: not with dropout of states, nor where gradients of
  /// gradients may be asked for, which single steps have.
  final boolean isWhole(Way way) {
    Recorder r = Context.get().recorder();
    return way.drawn().recurrent().isEmpty()
        && way.drawn().input().size() <= 1
        && (r == null || r.order() < 2);
  }

  /// Carries out one of the whole-sequence operations: its inputs are those given, with dropout, and
  /// its mask and attributes those of the way.
  final Tensor[] whole(OpRef op, Way way, Map<String, Object> more, Tensor... in) {
    Tensor x = in[0];
    if (!way.drawn().input().isEmpty()) {
      x = MUL.of(x, EXPAND.of(way.drawn().input().getFirst(), Values.scalar(1)));
    }
    Tensor[] all = Arrays.copyOf(in, in.length + 1);
    all[0] = x;
    Tensor mask = way.mask();
    all[in.length] = mask != null ? mask : Values.filled(Spec.of(DType.BOOL), 1);
    // Whoever records, or runs a graph later, may want the gradient.
    boolean keep = Context.get().recorder() != null || !Context.get().isEager();
    List<Object> attrs = new ArrayList<>();
    attrs.addAll(List.of("return_sequences", way.sequences()));
    attrs.addAll(List.of("zero_output_for_mask", way.zeroOutput(), "keep", keep));
    more.forEach((k, v) -> attrs.addAll(List.of(k, v)));
    Attrs a = op.attrs(attrs.toArray());
    return op.all(a, all);
  }
}
