package dev.merapi.nn.layer;

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
import dev.merapi.nn.regularize.Regularizer;
import dev.merapi.nn.regularize.Regularizers;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Connects every input to every output: `activation(x · kernel + bias)`.
///
/// Shapes: input `(…, n)`, kernel `(n, units)`, bias `(units,)`, output `(…, units)`.
public final class Dense extends Layer implements KernelArguments<Dense> {
  private static final OpRef MATMUL = OpRef.to("MatMul");
  private static final OpRef BIAS_ADD = OpRef.to("BiasAdd");

  private final Setting<Integer> units = required("units", Kinds.POSITIVE);
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

  private Dense() {
    supportsMasking();
  }

  public Dense(int units) {
    this();
    this.units.set(units);
  }

  /// @param activation one of Keras's names, in any case
  public Dense(int units, String activation) {
    this(units);
    activation(activation);
  }

  @Override
  protected void build(Shape input) {
    int n = lastAxis(input, 2);
    kernel =
        addWeight(
            "kernel",
            Shape.of(n, units.get()),
            kernelInitializer.get(),
            true,
            kernelRegularizer.get(),
            kernelConstraint.get());
    if (useBias.get()) {
      bias =
          addWeight(
              "bias",
              Shape.of(units.get()),
              biasInitializer.get(),
              true,
              biasRegularizer.get(),
              biasConstraint.get());
    }
    setActivityRegularizer(activityRegularizer.get());
  }

  @Override
  protected Tensor call(Tensor given, boolean training) {
    // Counts and flags from layers before are numbers too.
    Tensor x = given.dtype().isFloating() ? given : Ops.cast(given, computeDtype());
    Shape s = x.shape();
    Tensor flat = s.rank() == 2 ? x : Ops.reshape(x, Values.scalar(-1), Sizes.axis(x, -1));
    Tensor y = MATMUL.of(flat, weight(kernel).value());
    if (bias != null) {
      y = BIAS_ADD.of(y, bias.value());
    }
    if (s.rank() != 2) {
      Tensor[] dims = new Tensor[s.rank()];
      for (int i = 0; i < dims.length; i++) {
        dims[i] = i < dims.length - 1 ? Sizes.axis(x, i) : Values.scalar(units.get());
      }
      y = Ops.reshape(y, dims);
    }
    return activation.get().apply(y);
  }
}
