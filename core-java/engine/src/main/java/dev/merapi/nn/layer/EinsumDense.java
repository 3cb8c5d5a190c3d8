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
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Multiplies its input by a kernel along the axes that an equation names, and adds a bias:
/// `activation(einsum(equation, x, kernel) + bias)`.
///
/// ```java
/// new EinsumDense("abc,cd->abd", 64, "d") // as Dense(64) of rank 3 with one step fixed
/// ```
public final class EinsumDense extends Layer implements KernelArguments<EinsumDense> {
  private final Setting<Shape> outputShape = required("output_shape", Kinds.SHAPE);
  private final Setting<String> equation = required("equation", Kinds.TEXT);
  private final Setting<ActivationFunction> activation =
      setting("activation", Activations.KIND, Activations.of("linear"));
  private final Setting<@Nullable String> biasAxes =
      setting("bias_axes", Kinds.TEXT.orNone(), null);
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

  private EinsumDense() {
    super();
  }

  /// @param equation input, kernel and output as in `tf.einsum`: `ab,bc->ac`, `...x,xy->...y`
  /// @param outputShape of one sample, without axes under `...`; a size or several, -1 where the
  ///   input says it
  /// @param biasAxes letters of the axes along which the bias differs; null for no bias
  public EinsumDense(String equation, Object outputShape, @Nullable String biasAxes) {
    this();
    this.equation.set(equation);
    this.outputShape.set(outputShape);
    this.biasAxes.set(biasAxes);
  }

  @Override
  protected void build(Shape input) {
    EinsumShapes shapes =
        EinsumShapes.of(name(), equation.get(), biasAxes.get(), input, outputShape.get());
    kernel =
        addWeight(
            "kernel",
            shapes.kernel(),
            kernelInitializer.get(),
            true,
            kernelRegularizer.get(),
            kernelConstraint.get());
    Shape b = shapes.bias();
    if (b != null) {
      bias =
          addWeight(
              "bias", b, biasInitializer.get(), true, biasRegularizer.get(), biasConstraint.get());
    }
    setActivityRegularizer(activityRegularizer.get());
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    Tensor y = Ops.einsum(equation.get(), x, weight(kernel).value());
    return activation.get().apply(bias == null ? y : Ops.add(y, bias.value()));
  }
}
