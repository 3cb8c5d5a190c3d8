package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The rule that [Adam] and [AdamW] share.
abstract class AdamRule extends Optimizer {
  private final Setting<Double> beta1 = setting("beta_1", Kinds.NUMBER, 0.9);
  private final Setting<Double> beta2 = setting("beta_2", Kinds.NUMBER, 0.999);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);
  private final Setting<Boolean> amsgrad = setting("amsgrad", Kinds.FLAG, false);

  AdamRule(Object learningRate) {
    super(learningRate);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    addSlots(variables, 0, "momentum", "velocity");
    if (amsgrad.get()) {
      addSlots(variables, 0, "velocity_hat");
    }
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    Variable m = slot(v, "momentum");
    Variable velocity = slot(v, "velocity");
    if (amsgrad.get()) {
      step.run("amsgrad", g, this::numbers, v, m, velocity, slot(v, "velocity_hat"));
    } else {
      step.run("adam", g, this::numbers, v, m, velocity);
    }
  }

  private Object[] numbers(Step.In in) {
    Tensor root = TfApi.sqrt(TfApi.subtract(1, in.power(beta2.get())));
    Tensor alpha =
        TfApi.divide(TfApi.multiply(in.rate(), root), TfApi.subtract(1, in.power(beta1.get())));
    return new Object[] {alpha, 1 - beta1.get(), 1 - beta2.get(), epsilon.get()};
  }
}
