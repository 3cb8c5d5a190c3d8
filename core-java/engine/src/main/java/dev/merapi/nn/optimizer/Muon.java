package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Momentum made orthogonal, for the matrices between hidden layers; all other variables step as by
/// [AdamW].
///
/// Source: Jordan et al. 2024, "Muon: An optimizer for hidden layers in neural networks"; the scale
/// by the longer side is that of Liu et al. 2025, "Muon is Scalable for LLM Training".
public final class Muon extends Optimizer implements OptimizerArguments<Muon> {
  private final Setting<Double> adamBeta1 = setting("adam_beta_1", Kinds.NUMBER, 0.9);
  private final Setting<Double> adamBeta2 = setting("adam_beta_2", Kinds.NUMBER, 0.999);
  private final Setting<Double> epsilon = setting("epsilon", Kinds.NUMBER, 1e-7);
  private final Setting<List<String>> excludeLayers =
      setting("exclude_layers", Kinds.TEXTS, List.of());
  private final Setting<Double> a = setting("muon_a", Kinds.NUMBER, 3.4445);
  private final Setting<Double> b = setting("muon_b", Kinds.NUMBER, -4.7750);
  private final Setting<Double> c = setting("muon_c", Kinds.NUMBER, 2.0315);
  private final Setting<Double> adamRatio = setting("adam_lr_ratio", Kinds.NUMBER, 1.0);
  private final Setting<Double> momentum = setting("momentum", Kinds.NUMBER, 0.95);
  private final Setting<Integer> nsSteps = setting("ns_steps", Kinds.NOT_NEGATIVE, 5);
  private final Setting<Boolean> nesterov = setting("nesterov", Kinds.FLAG, true);
  private final Setting<Boolean> excludeEmbeddings =
      setting("exclude_embeddings", Kinds.FLAG, true);
  private final Setting<@Nullable Double> adamWeightDecay =
      setting("adam_weight_decay", Kinds.NUMBER.orNone(), 0.004);
  private final Setting<@Nullable Double> rmsRate = setting("rms_rate", Kinds.NUMBER.orNone(), 0.2);

  public Muon() {
    this(0.001);
  }

  public Muon(double learningRate) {
    super(learningRate);
    weightDecay(0.004);
  }

  public Muon(LearningRateSchedule learningRate) {
    super(learningRate);
    weightDecay(0.004);
  }

  private boolean stepsAsAdam(Variable v) {
    String name = v.name();
    return v.rank() != 2
        || excludeEmbeddings.get() && name.toLowerCase(Locale.ROOT).contains("embedding")
        || excludeLayers.get().stream().anyMatch(k -> Pattern.compile(k).matcher(name).find());
  }

  @Override
  protected void buildSlots(List<Variable> variables) {
    for (Variable v : variables) {
      addSlots(List.of(v), 0, "momentum");
      if (stepsAsAdam(v)) {
        addSlots(List.of(v), 0, "velocity");
      }
    }
  }

  @Override
  void decay(Variable v, double share, Step step) {
    Double adams = adamWeightDecay.get();
    if (!stepsAsAdam(v)) {
      super.decay(v, share, step);
    } else if (adams != null) {
      super.decay(v, adams, step);
    }
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    Variable m = slot(v, "momentum");
    if (stepsAsAdam(v)) {
      step.run("adam", g, this::adamNumbers, v, m, slot(v, "velocity"));
      return;
    }
    double stays = momentum.get();
    m.assignAdd(TfApi.add(g, TfApi.multiply(m.value(), stays - 1)));
    Tensor along = m.value();
    if (nesterov.get()) {
      along = TfApi.add(g, TfApi.multiply(along, stays));
    }
    Tensor update = TfApi.multiply(step.learningRate(v.dtype()), orthogonal(along));
    Double rms = rmsRate.get();
    if (rms != null) {
      double side = Math.max(v.shape().dim(0), v.shape().dim(1));
      update = TfApi.multiply(TfApi.multiply(update, Math.sqrt(side)), rms);
    }
    v.assignSub(update);
  }

  private Object[] adamNumbers(Step.In in) {
    Tensor rate = TfApi.multiply(in.rate(), adamRatio.get());
    Tensor root = TfApi.sqrt(TfApi.subtract(1, in.power(adamBeta2.get())));
    Tensor alpha =
        TfApi.divide(TfApi.multiply(rate, root), TfApi.subtract(1, in.power(adamBeta1.get())));
    return new Object[] {alpha, 1 - adamBeta1.get(), 1 - adamBeta2.get(), epsilon.get()};
  }

  /// Brings all singular values near 1, by the iteration of Newton and Schulz.
  private Tensor orthogonal(Tensor g) {
    boolean tall = g.shape().dim(0) > g.shape().dim(1);
    Tensor x = tall ? TfApi.transpose(g) : g;
    Tensor size = TfApi.sqrt(TfApi.reduceSum(TfApi.square(x)));
    x = TfApi.divide(x, TfApi.add(size, 1e-7));
    for (int i = 0; i < nsSteps.get(); i++) {
      Tensor p = TfApi.matmul(x, x, false, true);
      Tensor q = TfApi.add(TfApi.multiply(p, b.get()), TfApi.matmul(TfApi.multiply(p, c.get()), p));
      x = TfApi.add(TfApi.multiply(x, a.get()), TfApi.matmul(q, x));
    }
    return tall ? TfApi.transpose(x) : x;
  }
}
