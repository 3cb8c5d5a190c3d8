package dev.merapi.nn.optimizer;

import dev.merapi.eager.Variable;
import dev.merapi.facade.MathApi;
import dev.merapi.facade.TfApi;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Multiplies losses so that small gradients are not lost in float16, and finds the factor by
/// itself: it halves when a gradient is not finite, and the step is left out; it doubles after many
/// steps.
///
/// The loss that gradients are taken of must come from [#scaleLoss]; [#minimize] and models do so.
public final class LossScaleOptimizer extends Optimizer {
  private static final List<String> OWN =
      List.of("name", "inner_optimizer", "initial_scale", "dynamic_growth_steps");

  private final Setting<@Nullable Optimizer> inner =
      setting("inner_optimizer", Optimizers.KIND.orNone(), null);
  private final Setting<Double> initialScale = setting("initial_scale", Kinds.NUMBER, 32768.0);
  private final Setting<Integer> dynamicGrowthSteps =
      setting("dynamic_growth_steps", Kinds.POSITIVE, 2000);
  private @Nullable Variable stepCounter;
  private @Nullable Variable dynamicScale;

  private LossScaleOptimizer() {
    super(0.0);
  }

  /// @param inner the optimizer that takes the steps; its own factor is switched off
  public LossScaleOptimizer(Optimizer inner) {
    this();
    this.inner.set(inner);
    inner.scaleNoLoss();
  }

  /// @param initialScale the factor to begin with
  /// @param dynamicGrowthSteps after how many steps without a fault it is doubled
  public LossScaleOptimizer(Optimizer inner, double initialScale, int dynamicGrowthSteps) {
    this(inner);
    this.initialScale.set(initialScale);
    this.dynamicGrowthSteps.set(dynamicGrowthSteps);
  }

  /// Returns the optimizer that takes the steps.
  public Optimizer innerOptimizer() {
    return Objects.requireNonNull(inner.get(), "LossScaleOptimizer without inner_optimizer");
  }

  /// Returns the factor that the next loss is multiplied by.
  public double dynamicScale() {
    return dynamicScale == null ? initialScale.get() : dynamicScale.peek().item();
  }

  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    Map<String, @Nullable Object> all = settings().config();
    OWN.forEach(k -> config.put(k, all.get(k)));
    return config;
  }

  /// Takes a configuration; arguments of optimizers belong to the inner one.
  @Override
  public void readConfig(Map<String, ?> config) {
    config.forEach((k, value) -> {
      if (OWN.contains(k)) {
        settings().set(k, value);
      } else if (value != null && !value.equals(false) && !k.equals("ema_momentum")) {
        throw Message.what(
                "LossScaleOptimizer does not support `"
                    + k
                    + "`. Instead, set `"
                    + k
                    + "` on the `inner_optimizer`.")
            .valueError();
      }
    });
    innerOptimizer().scaleNoLoss();
  }

  @Override
  public Variable lr() {
    return innerOptimizer().lr();
  }

  @Override
  public double learningRate() {
    return innerOptimizer().learningRate();
  }

  @Override
  public Variable iterations() {
    return innerOptimizer().iterations();
  }

  @Override
  public List<Variable> variables() {
    List<Variable> all = new ArrayList<>(super.variables());
    all.addAll(innerOptimizer().variables());
    return all;
  }

  @Override
  public void build(List<Variable> variables) {
    if (stepCounter == null) {
      stepCounter = addVariable("step_counter", DType.I64, 0);
      dynamicScale = addVariable("dynamic_scale", DType.F32, initialScale.get());
    }
    innerOptimizer().build(variables);
  }

  private Variable made(@Nullable Variable v) {
    if (v == null) {
      throw new IllegalStateException("This is a bug in Merapi: a step before build");
    }
    return v;
  }

  @Override
  void apply(List<Object> grads, List<Variable> variables) {
    Variable counter = made(stepCounter);
    Variable scale = made(dynamicScale);
    List<Tensor> finite = new ArrayList<>();
    grads.forEach(g -> Given.map(g, x -> seen(x, finite)));
    TfApi.cond(
        finite.size() == 1 ? finite.getFirst() : TfApi.reduceAll(TfApi.stack(finite)),
        () -> {
          List<Object> unscaled = new ArrayList<>();
          for (Object g : grads) {
            unscaled.add(Given.map(g, x -> TfApi.divide(x, TfApi.cast(scale.value(), x.dtype()))));
          }
          innerOptimizer().apply(unscaled, variables);
          TfApi.cond(
              TfApi.equal(counter.value(), dynamicGrowthSteps.get() - 1),
              () -> {
                counter.assign(0L);
                scale.assign(TfApi.multiply(scale.value(), 2));
                return List.of();
              },
              () -> {
                counter.assignAdd(1L);
                return List.of();
              });
          return List.of();
        },
        () -> {
          counter.assign(0L);
          scale.assign(TfApi.multiply(scale.value(), 0.5));
          return List.of();
        });
  }

  private static Tensor seen(Tensor x, List<Tensor> finite) {
    finite.add(TfApi.reduceAll(MathApi.isFinite(x)));
    return x;
  }

  @Override
  protected void updateStep(Variable v, Tensor g, Step step) {
    throw new IllegalStateException("This is a bug in Merapi: the inner optimizer takes the steps");
  }

  @Override
  public Tensor scaleLoss(Tensor loss) {
    return dynamicScale == null
        ? TfApi.multiply(loss, initialScale.get())
        : TfApi.multiply(loss, TfApi.cast(dynamicScale.value(), loss.dtype()));
  }

  @Override
  public void finalizeVariableValues(List<Variable> variables) {
    innerOptimizer().finalizeVariableValues(variables);
  }
}
