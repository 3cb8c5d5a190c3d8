package dev.merapi.nn.optimizer.v1;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.nn.optimizer.OptimizerArguments;
import dev.merapi.nn.optimizer.Step;
import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The Adam of TensorFlow 1: epsilon is 1e-8, and 1 − β is rounded otherwise than in Keras.
///
/// Source: Kingma and Ba 2015, in the form at the end of section 2.
public final class AdamOptimizer extends Optimizer implements OptimizerArguments<AdamOptimizer> {
  private static final OpRef STEP = OpRef.to("ResourceApplyAdam");
  private static final OpRef MUL = OpRef.to("Mul");

  private final Setting<Double> beta1 = setting("beta1", Kinds.NUMBER, 0.9);
  private final Setting<Double> beta2 = setting("beta2", Kinds.NUMBER, 0.999);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-8);

  /// What TensorFlow 1 keeps: β₁ᵗ and β₂ᵗ of the next step, multiplied on in float32.
  private @Nullable Variable beta1Power;

  private @Nullable Variable beta2Power;
  private Tensor[] powers = {};

  public AdamOptimizer() {
    this(0.001);
  }

  public AdamOptimizer(double learningRate) {
    super(learningRate);
  }

  /// @param beta1 share of the running mean of gradients that stays, 0 to 1
  /// @param beta2 the same for squares
  /// @param epsilon keeps the divisor from 0
  public AdamOptimizer(double learningRate, double beta1, double beta2, double epsilon) {
    this(learningRate);
    this.beta1.set(beta1);
    this.beta2.set(beta2);
    this.epsilon.set(epsilon);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    if (beta1Power == null) {
      beta1Power = addVariable("beta1_power", DType.F32, beta1.get());
      beta2Power = addVariable("beta2_power", DType.F32, beta2.get());
    }
    addSlots(variables, 0, "Adam", "Adam_1");
  }

  @Override
  protected void beginStep(Step step) {
    Step.In in = step.in(DType.F32);
    powers =
        new Tensor[] {
          next(beta1Power, in.constant(beta1.get())), next(beta2Power, in.constant(beta2.get()))
        };
  }

  /// Returns the power that a variable holds, and multiplies it on.
  private static Tensor next(@Nullable Variable power, Tensor beta) {
    Objects.requireNonNull(power, "a step before build");
    Tensor now = power.value();
    power.assign(MUL.of(now, beta));
    return now;
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    Step.In in = step.in(v.dtype());
    STEP.all(
        STEP.get().defaults(),
        v.handle(),
        slot(v, "Adam").handle(),
        slot(v, "Adam_1").handle(),
        TfApi.cast(powers[0], v.dtype()),
        TfApi.cast(powers[1], v.dtype()),
        in.rate(),
        in.constant(beta1.get()),
        in.constant(beta2.get()),
        in.constant(epsilon.get()),
        g);
  }
}
