package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// Follows the regularised leader: with a penalty on sizes small weights become 0.
///
/// Source: McMahan et al. 2013, "Ad Click Prediction: a View from the Trenches"; the penalty by
/// shrinkage and `beta` are TensorFlow's.
public final class Ftrl extends Optimizer implements OptimizerArguments<Ftrl> {
  private static final Kind<Double> NOT_NEGATIVE =
      Kinds.numbers("a number of 0 or more", x -> x >= 0);

  private final Setting<Double> learningRatePower =
      setting("learning_rate_power", Kinds.numbers("a number of 0 or less", x -> x <= 0), -0.5);
  private final Setting<Double> initialAccumulatorValue =
      setting("initial_accumulator_value", NOT_NEGATIVE, 0.1);
  private final Setting<Double> l1 = setting("l1_regularization_strength", NOT_NEGATIVE, 0.0);
  private final Setting<Double> l2 = setting("l2_regularization_strength", NOT_NEGATIVE, 0.0);
  private final Setting<Double> shrinkage =
      setting("l2_shrinkage_regularization_strength", NOT_NEGATIVE, 0.0);
  private final Setting<Double> beta = setting("beta", Kinds.NUMBER, 0.0);

  public Ftrl() {
    this(0.001);
  }

  public Ftrl(double learningRate) {
    super(learningRate);
  }

  public Ftrl(LearningRateSchedule learningRate) {
    super(learningRate);
  }

  /// Sets how the rate falls with the sum of squares; 0 keeps it.
  public Ftrl learningRatePower(double value) {
    return with("learning_rate_power", value);
  }

  /// Sets what the sums of squares begin with.
  public Ftrl initialAccumulatorValue(double value) {
    return with("initial_accumulator_value", value);
  }

  public Ftrl l1RegularizationStrength(double value) {
    return with("l1_regularization_strength", value);
  }

  public Ftrl l2RegularizationStrength(double value) {
    return with("l2_regularization_strength", value);
  }

  public Ftrl l2ShrinkageRegularizationStrength(double value) {
    return with("l2_shrinkage_regularization_strength", value);
  }

  public Ftrl beta(double value) {
    return with("beta", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    for (Variable v : variables) {
      addSlots(List.of(v), initialAccumulatorValue.get().floatValue(), "accumulator");
      addSlots(List.of(v), 0, "linear");
    }
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    String rule = learningRatePower.get() == -0.5 ? "ftrl_root" : "ftrl";
    step.run(rule, g, this::numbers, v, slot(v, "accumulator"), slot(v, "linear"));
  }

  private Object[] numbers(Step.In in) {
    Tensor more = TfApi.divide(in.constant(beta.get()), TfApi.multiply(2, in.rate()));
    return new Object[] {
      in.rate(),
      -learningRatePower.get(),
      l1.get(),
      TfApi.multiply(2, TfApi.add(l2.get(), more)),
      2 * shrinkage.get()
    };
  }
}
