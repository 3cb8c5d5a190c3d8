package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.op.family.TrainSteps;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.List;

/// Steps scaled by a mean square that is kept by rows and columns only, which takes little memory.
///
/// Source: Shazeer and Stern 2018, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost".
public final class Adafactor extends Optimizer implements OptimizerArguments<Adafactor> {
  private final Setting<Double> beta2Decay = setting("beta_2_decay", Kinds.NUMBER, -0.8);
  private final Setting<Double> epsilon1 = setting("epsilon_1", Kinds.NUMBER, 1e-30);
  private final Setting<Double> epsilon2 = setting("epsilon_2", Kinds.NUMBER, 1e-3);
  private final Setting<Double> clipThreshold = setting("clip_threshold", Kinds.NUMBER, 1.0);
  private final Setting<Boolean> relativeStep = setting("relative_step", Kinds.FLAG, true);
  private final boolean scheduled;

  public Adafactor() {
    this(0.001);
  }

  public Adafactor(double learningRate) {
    super(learningRate);
    scheduled = false;
  }

  public Adafactor(LearningRateSchedule learningRate) {
    super(learningRate);
    scheduled = true;
  }

  /// Sets the power of the step's number by which the past is forgotten.
  public Adafactor beta2Decay(double value) {
    return with("beta_2_decay", value);
  }

  /// Sets what is added to squares.
  public Adafactor epsilon1(double value) {
    return with("epsilon_1", value);
  }

  /// Sets the least size of weights that steps are in proportion to.
  public Adafactor epsilon2(double value) {
    return with("epsilon_2", value);
  }

  /// Sets the root mean square above which a step is shortened.
  public Adafactor clipThreshold(double value) {
    return with("clip_threshold", value);
  }

  /// Says whether the rate falls with the root of the step's number.
  public Adafactor relativeStep(boolean value) {
    return with("relative_step", value);
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    for (Variable v : variables) {
      int[] d = v.shape().dims();
      if (d.length >= 2) {
        addSlot(v, "r", Shape.of(Arrays.copyOf(d, d.length - 1)));
        int[] columns = Arrays.copyOf(d, d.length - 1);
        columns[d.length - 2] = d[d.length - 1];
        addSlot(v, "c", Shape.of(columns));
      } else {
        // Keras has something there, which files hold.
        addVariable(v.name() + "_r", DType.I32, 0);
        addVariable(v.name() + "_c", DType.I32, 0);
      }
      addSlots(List.of(v), 0, "velocity");
    }
  }

  @Override
  protected void updateStep(Variable v, Tensor gradient, Step step) {
    DType wide = TrainSteps.computing(v.dtype());
    Step.In in = step.in(wide);
    Tensor g = TfApi.cast(gradient, wide);
    Tensor slower = TfApi.divide(1, TfApi.sqrt(in.number()));
    Tensor rate = relativeStep.get() && !scheduled ? TfApi.minimum(in.rate(), slower) : in.rate();
    Tensor size = TfApi.maximum(in.share(epsilon2.get()), rms(TfApi.cast(raw(v), wide)));
    Tensor alpha = TfApi.multiply(size, TfApi.minimum(rate, slower));
    Tensor square = TfApi.add(TfApi.square(g), epsilon1.get());
    Tensor stays = TfApi.subtract(1, TfApi.pow(in.number(), in.constant(beta2Decay.get())));
    Variable velocity = slot(v, "velocity");
    if (v.rank() >= 2) {
      Tensor r = mean(slot(v, "r"), TfApi.reduceMean(square, new int[] {-1}), stays);
      Tensor c = mean(slot(v, "c"), TfApi.reduceMean(square, new int[] {-2}), stays);
      Tensor rows = TfApi.divide(r, TfApi.reduceMean(r, new int[] {-1}, true));
      Tensor product = TfApi.multiply(TfApi.expandDims(rows, -1), TfApi.expandDims(c, -2));
      velocity.assign(TfApi.cast(product, v.dtype()));
    } else {
      mean(velocity, square, stays);
    }
    Tensor update = TfApi.divide(g, TfApi.sqrt(TfApi.cast(velocity.value(), wide)));
    Tensor over = TfApi.maximum(in.constant(1), TfApi.divide(rms(update), clipThreshold.get()));
    v.assignSub(TfApi.cast(TfApi.multiply(alpha, TfApi.divide(update, over)), v.dtype()));
  }

  private static Tensor mean(Variable slot, Tensor x, Tensor stays) {
    Tensor old = TfApi.multiply(stays, TfApi.cast(slot.value(), x.dtype()));
    Tensor now = TfApi.add(old, TfApi.multiply(TfApi.subtract(1, stays), x));
    slot.assign(TfApi.cast(now, slot.dtype()));
    return TfApi.cast(slot.value(), x.dtype());
  }

  private static Tensor rms(Tensor x) {
    return TfApi.sqrt(TfApi.reduceMean(TfApi.square(x)));
  }
}
