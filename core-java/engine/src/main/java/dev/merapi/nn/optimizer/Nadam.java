package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Adam with the look-ahead of Nesterov.
///
/// Source: Dozat 2016, "Incorporating Nesterov Momentum into Adam".
public final class Nadam extends Optimizer implements OptimizerArguments<Nadam> {
  private final Setting<Double> beta1 = setting("beta_1", Kinds.NUMBER, 0.9);
  private final Setting<Double> beta2 = setting("beta_2", Kinds.NUMBER, 0.999);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);

  /// The product of the momenta of all steps so far.
  private @Nullable Variable product;

  public Nadam() {
    this(0.001);
  }

  public Nadam(double learningRate) {
    super(learningRate);
  }

  public Nadam(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets the share of the running mean of gradients that stays in each step, 0 to 1.
  public Nadam beta1(double value) {
    return with("beta_1", value);
  }

  /// Sets the share of the running mean of squares that stays in each step, 0 to 1.
  public Nadam beta2(double value) {
    return with("beta_2", value);
  }

  /// Sets what keeps divisors from 0.
  public Nadam epsilon(double value) {
    return with("epsilon", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "momentum", "velocity");
    if (product == null) {
      DType t = variables.getFirst().dtype();
      product = addVariable("u_product", t == DType.F64 ? t : DType.F32, 1);
    }
  }

  private Variable product() {
    if (product == null) {
      throw new IllegalStateException("This is a bug in Merapi: a step before build");
    }
    return product;
  }

  @Override
  protected void beginStep(Step step) {
    Variable p = product();
    Step.In in = step.in(p.dtype());
    // Here Keras does not round its constants to float32.
    Tensor waning = TfApi.multiply(0.5, TfApi.pow(in.constant(0.96), in.number()));
    p.assign(TfApi.multiply(TfApi.multiply(p.value(), beta1.get()), TfApi.subtract(1, waning)));
  }

  /// Returns the momentum of this step, or of one of the next.
  private Tensor momentum(Step.In in, int later) {
    Tensor t = TfApi.add(in.number(), later);
    Tensor waning = TfApi.multiply(0.5, TfApi.pow(in.share(0.96), t));
    return TfApi.multiply(in.share(beta1.get()), TfApi.subtract(1, waning));
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    step.run("nadam", g, this::numbers, v, slot(v, "momentum"), slot(v, "velocity"));
  }

  private Object[] numbers(Step.In in) {
    Tensor u = momentum(in, 0);
    Tensor next = momentum(in, 1);
    Tensor all = TfApi.cast(product().value(), in.type());
    return new Object[] {
      in.rate(),
      TfApi.subtract(1, in.share(beta1.get())),
      TfApi.subtract(1, in.share(beta2.get())),
      next,
      TfApi.subtract(1, TfApi.multiply(all, next)),
      TfApi.subtract(1, u),
      TfApi.subtract(1, all),
      TfApi.subtract(1, in.power(beta2.get())),
      epsilon.get()
    };
  }
}
