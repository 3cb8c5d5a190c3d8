package dev.merapi.nn.optimizer;

import dev.merapi.autodiff.GradientTape;
import dev.merapi.autodiff.Gradients;
import dev.merapi.eager.Variable;
import dev.merapi.facade.MathApi;
import dev.merapi.facade.TfApi;
import dev.merapi.memory.Scope;
import dev.merapi.nn.Module;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.nn.optimizer.schedule.LearningRateSchedule;
import dev.merapi.op.IndexedSlices;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Changes variables along their gradients.
///
/// Arguments, defaults and the order of what happens in a step are Keras's: gradients are unscaled,
/// accumulated and clipped; weights decay; the rule steps; running means of the weights are taken;
/// constraints are applied; the step is counted. Slots (running means and the like) are variables
/// of the optimizer, made when a variable is first seen.
///
/// A subclass makes its slots in [#buildSlots] and steps in [#updateStep], both by operations, so
/// that it also works where a graph is traced.
public abstract class Optimizer implements HasSettings {
  private static final OpRef READ = OpRef.to("ReadVariableOp");

  private static final Kind<@Nullable Double> NUMBER_OR_NONE = Kinds.NUMBER.orNone();

  private final Settings settings = new Settings(getClass().getSimpleName());
  private final Setting<String> name =
      settings.add("name", Kinds.TEXT, Module.snakeCase(getClass().getSimpleName()));
  private final Setting<Object> learningRate =
      settings.add("learning_rate", LearningRateSchedule.RATE, 0.001);
  private final Setting<@Nullable Double> weightDecay =
      settings.add("weight_decay", NUMBER_OR_NONE, null);
  private final Setting<@Nullable Double> clipnorm = settings.add("clipnorm", NUMBER_OR_NONE, null);
  private final Setting<@Nullable Double> globalClipnorm =
      settings.add("global_clipnorm", NUMBER_OR_NONE, null);
  private final Setting<@Nullable Double> clipvalue =
      settings.add("clipvalue", NUMBER_OR_NONE, null);
  private final Setting<Boolean> useEma = settings.add("use_ema", Kinds.FLAG, false);
  private final Setting<Double> emaMomentum = settings.add("ema_momentum", Kinds.SHARE, 0.99);
  private final Setting<@Nullable Integer> emaOverwriteFrequency =
      settings.add("ema_overwrite_frequency", Kinds.POSITIVE.orNone(), null);
  private final Setting<@Nullable Double> lossScaleFactor =
      settings.add("loss_scale_factor", NUMBER_OR_NONE, null);
  private final Setting<@Nullable Integer> gradientAccumulationSteps =
      settings.add(
          "gradient_accumulation_steps",
          Kinds.integers("a whole number of 2 or more", n -> n >= 2).orNone(),
          null);

  private final Slots slots = new Slots();
  private final WeightDecay decay = new WeightDecay();
  private final Variable iterations = new Variable(0, DType.I64, null, "iteration", false);
  private final Variable rate;

  /// What the variable of the learning rate was last made from.
  private Object rateSetting;

  /// The variables that the last warning named.
  private List<String> warnedOf = List.of();

  /// @param learningRate a number or a [LearningRateSchedule]
  protected Optimizer(Object learningRate) {
    this.learningRate.set(learningRate);
    rateSetting = this.learningRate.get();
    double first = rateSetting instanceof Double d ? d : 0;
    rate = new Variable(first, DType.F32, null, "learning_rate", false);
  }

  @Override
  public final Settings settings() {
    return settings;
  }

  /// Adds an argument with a default; to be used where fields are declared.
  protected final <T extends @Nullable Object> Setting<T> setting(
      String argument, Kind<T> kind, T byDefault) {
    return settings.add(argument, kind, byDefault);
  }

  /// Returns the arguments; the learning rate is what it is now, as float32 holds it.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> config = settings.config();
    if (schedule() == null) {
      config.put("learning_rate", (double) rateVariable().peek().floatValue());
    }
    return config;
  }

  public final String name() {
    return name.get();
  }

  private @Nullable LearningRateSchedule schedule() {
    return learningRate.get() instanceof LearningRateSchedule s ? s : null;
  }

  /// Returns the variable of the learning rate, which follows the setting when that was changed.
  private Variable rateVariable() {
    Object now = learningRate.get();
    if (now != rateSetting && now instanceof Double d) {
      rate.cell().put(Values.filled(Spec.of(DType.F32), d));
    }
    rateSetting = now;
    return rate;
  }

  /// Returns the variable that holds the learning rate: `optimizer.lr().assign(0.01)`. Graphs
  /// traced before follow.
  ///
  /// Fails: `TypeError` when a schedule decides.
  public Variable lr() {
    if (schedule() != null) {
      throw Message.what(
              "This optimizer was created with a `LearningRateSchedule` object as its"
                  + " `learning_rate` constructor argument, hence its learning rate is not"
                  + " settable. If you need the learning rate to be settable, you should"
                  + " instantiate the optimizer with a float `learning_rate` argument.")
          .fix("read it with learningRate()")
          .typeError();
    }
    return rateVariable();
  }

  /// Returns the learning rate that the next step would have now.
  public double learningRate() {
    LearningRateSchedule s = schedule();
    float now =
        s == null
            ? rateVariable().peek().floatValue()
            : (float) s.at(iterations.peek().longValue());
    return Double.parseDouble(Float.toString(now));
  }

  /// Sets the learning rate; graphs traced before follow.
  ///
  /// Fails: `TypeError` when a schedule decides.
  public void setLearningRate(double value) {
    lr().assign(value);
  }

  /// Lets a schedule decide from now on. Graphs traced before do not follow.
  public void setLearningRate(LearningRateSchedule schedule) {
    learningRate.set(schedule);
  }

  /// Returns the variable that counts the calls of [#applyGradients].
  public Variable iterations() {
    return iterations;
  }

  /// Returns the optimizer's state, in Keras's order: number of steps, learning rate, slots.
  public List<Variable> variables() {
    List<Variable> all = new ArrayList<>();
    all.add(iterations);
    if (schedule() == null) {
      all.add(rateVariable());
    }
    all.addAll(slots.all());
    return all;
  }

  /// Returns the values of [#variables].
  public final List<Tensor> getWeights() {
    return variables().stream().map(Variable::value).toList();
  }

  /// Sets all of [#variables], in their order.
  ///
  /// Fails: `ValueError` when their number differs, as before [#build], or `ShapeError`; nothing is
  /// changed then.
  public final void setWeights(List<?> values) {
    SavedState.set(name(), variables(), values);
  }

  /// Makes the slots of variables that were not met before.
  public void build(List<Variable> variables) {
    checkClipping();
    List<Variable> fresh = slots.meet(variables);
    if (fresh.isEmpty()) {
      return;
    }
    if (useEma.get()) {
      slots.add(name(), fresh, 0, "average");
    }
    if (gradientAccumulationSteps.get() != null) {
      slots.add(name(), fresh, 0, "gradient_accumulator");
    }
    buildSlots(fresh);
  }

  private void checkClipping() {
    int ways = 0;
    for (Object way : new Object[] {clipnorm, clipvalue, globalClipnorm}) {
      ways += ((Setting<?>) way).get() != null ? 1 : 0;
    }
    if (ways > 1) {
      throw Message.what(
              "Only one of `clipnorm`, `clipvalue` and `global_clipnorm` can be set. Received:"
                  + " clipnorm="
                  + clipnorm.get()
                  + ", clipvalue="
                  + clipvalue.get()
                  + ", global_clipnorm="
                  + globalClipnorm.get())
          .valueError();
    }
  }

  /// Makes the slots of a rule by [#addSlots]; called once for each variable.
  protected void buildSlots(List<Variable> variables) {}

  /// Makes slots like the variables: all of the first variable, all of the second, …
  ///
  /// @param initial what they are filled with
  protected final void addSlots(List<Variable> variables, double initial, String... names) {
    slots.add(name(), variables, initial, names);
  }

  /// Makes a slot of another shape than its variable.
  protected final void addSlot(Variable v, String slot, Shape shape) {
    slots.add(name(), v, slot, shape, 0);
  }

  /// Makes state that belongs to no single variable.
  protected final Variable addVariable(String called, DType dtype, double initial) {
    return slots.addShared(name() + "/" + called, dtype, initial);
  }

  /// Returns a slot of a variable.
  protected final Variable slot(Variable v, String slot) {
    return slots.get(v, slot);
  }

  /// Returns the value of a variable in its own type, whatever type its readers get.
  protected static Tensor raw(Variable v) {
    return READ.with(READ.attrs("dtype", v.dtype()), v.handle());
  }

  /// Does what a step needs once for all variables.
  protected void beginStep(Step step) {}

  /// Changes one variable, at once or by writing the change into the graph that is being traced.
  protected abstract void updateStep(Variable variable, Tensor gradient, Step step);

  /// Changes one variable by a gradient of some of its rows, a row that occurs twice by both.
  ///
  /// Unless a rule overrides this, the step is that of the whole gradient with zeros in the other
  /// rows, as in Keras: running means of all rows decay, and rows that were not looked up may move
  /// by them.
  protected void updateRows(Variable variable, IndexedSlices gradient, Step step) {
    updateStep(variable, Gradients.dense(gradient), step);
  }

  /// Computes the loss and takes one step against its gradients.
  public final void minimize(Supplier<? extends Tensor> loss, List<Variable> variables) {
    try (GradientTape tape = new GradientTape()) {
      minimize(loss.get(), variables, tape);
    }
  }

  /// Takes one step against the gradients of a loss that `tape` has seen, and is still watching if
  /// losses are scaled.
  public final void minimize(Tensor loss, List<Variable> variables, GradientTape tape) {
    applyGradients(tape.gradient(scaleLoss(loss), variables), variables);
  }

  /// Takes one step: `grads.get(i)` belongs to `variables.get(i)`; a null gradient leaves its
  /// variable alone, and a warning names it.
  ///
  /// Fails: `ValueError` when the lists differ in length or no gradient is there at all; no
  /// variable has changed then.
  public final void applyGradients(
      List<? extends @Nullable Tensor> grads, List<Variable> variables) {
    applyGradients(GradientAndVariable.zip(grads, variables));
  }

  /// Takes one step with pairs, as [GradientAndVariable#zip] makes them.
  public final void applyGradients(List<GradientAndVariable> gradsAndVars) {
    List<Object> given = new ArrayList<>();
    List<Variable> theirs = new ArrayList<>();
    Given.check(gradsAndVars, given, theirs);
    List<Variable> all = gradsAndVars.stream().map(GradientAndVariable::variable).toList();
    if (theirs.size() < all.size()) {
      List<String> without = new ArrayList<>();
      all.stream().filter(v -> !theirs.contains(v)).forEach(v -> without.add(v.name()));
      if (!without.equals(warnedOf)) {
        warnedOf = without;
        Given.warn(without);
      }
    }
    try (Scope _ = Scope.open()) {
      build(all);
      apply(given, theirs);
    }
  }

  /// Takes one step with gradients that are there: tensors, or `IndexedSlices` of rows.
  void apply(List<Object> grads, List<Variable> variables) {
    Double scale = lossScaleFactor.get();
    List<Object> ours = new ArrayList<>();
    for (int i = 0; i < grads.size(); i++) {
      Object g = grads.get(i);
      g = scale == null ? g : Given.map(g, x -> TfApi.divide(x, scale));
      DType type = variables.get(i).dtype();
      ours.add(Given.map(g, x -> x.dtype() == type ? x : TfApi.cast(x, type)));
    }
    Integer every = gradientAccumulationSteps.get();
    if (every == null) {
      update(ours, variables);
    } else {
      accumulate(ours, variables, every);
    }
    if (useEma.get()) {
      average();
    }
    for (Variable v : variables) {
      UnaryOperator<Tensor> constraint = v.constraint();
      if (constraint != null) {
        v.assign(constraint.apply(raw(v)));
      }
    }
    iterations.assignAdd(1L);
  }

  private void accumulate(List<Object> grads, List<Variable> variables, int every) {
    List<Tensor> whole = grads.stream().map(Given::whole).toList();
    Tensor now = TfApi.equal(MathApi.mod(TfApi.add(iterations.value(), 1), every), 0);
    TfApi.cond(
        now,
        () -> {
          List<Object> means = new ArrayList<>();
          for (int i = 0; i < whole.size(); i++) {
            Tensor sum = slot(variables.get(i), "gradient_accumulator").value();
            means.add(TfApi.divide(TfApi.add(whole.get(i), sum), every));
          }
          update(means, variables);
          for (Variable v : slots.variables()) {
            slot(v, "gradient_accumulator")
                .assign(Values.filled(new Spec(v.dtype(), v.shape()), 0));
          }
          return List.of();
        },
        () -> {
          for (int i = 0; i < whole.size(); i++) {
            slot(variables.get(i), "gradient_accumulator").assignAdd(whole.get(i));
          }
          return List.of();
        });
  }

  private void update(List<Object> grads, List<Variable> variables) {
    List<Object> clipped = clipped(grads);
    LearningRateSchedule s = schedule();
    Tensor current = s == null ? rateVariable().value() : s.apply(iterations.value());
    Step step = new Step(current, TfApi.add(countedSteps(), 1));
    Double share = weightDecay.get();
    if (share != null) {
      for (Variable v : variables) {
        decay(v, share, step);
      }
    }
    beginStep(step);
    for (int i = 0; i < clipped.size(); i++) {
      if (clipped.get(i) instanceof IndexedSlices rows) {
        updateRows(variables.get(i), rows, step);
      } else {
        updateStep(variables.get(i), (Tensor) clipped.get(i), step);
      }
    }
  }

  /// Shrinks a variable by a share of the learning rate, unless it is excluded.
  void decay(Variable v, double share, Step step) {
    if (decay.isDue(v)) {
      step.run("decay", null, in -> new Object[] {in.share(share), in.rate()}, v);
    }
  }

  /// Returns how many steps were taken: calls, or every so many of them.
  private Tensor countedSteps() {
    Integer every = gradientAccumulationSteps.get();
    return every == null ? iterations.value() : TfApi.floordiv(iterations.value(), every);
  }

  private List<Object> clipped(List<Object> grads) {
    Double norm = clipnorm.get();
    Double all = globalClipnorm.get();
    Double bound = clipvalue.get();
    if (norm == null && all == null && bound == null) {
      return grads;
    }
    List<Tensor> whole = grads.stream().map(Given::whole).toList();
    if (norm != null && norm > 0) {
      return new ArrayList<>(whole.stream().map(g -> TfApi.clipByNorm(g, norm)).toList());
    }
    if (all != null && all > 0) {
      return new ArrayList<>(TfApi.clipByGlobalNorm(whole, all));
    }
    if (bound != null && bound > 0) {
      return new ArrayList<>(whole.stream().map(g -> TfApi.clipByValue(g, -bound, bound)).toList());
    }
    return grads;
  }

  /// Takes the running means, and puts them in the variables' places when it is time.
  private void average() {
    Tensor steps = countedSteps();
    Step step = new Step(rateVariable().value(), steps);
    double share = emaMomentum.get();
    for (Variable v : slots.variables()) {
      step.run(
          "average",
          raw(v),
          in -> {
            Tensor stays =
                TfApi.multiply(TfApi.cast(TfApi.notEqual(in.number(), 0), in.type()), share);
            return new Object[] {stays, TfApi.subtract(1, stays)};
          },
          slot(v, "average"));
    }
    Integer every = emaOverwriteFrequency.get();
    if (every != null) {
      TfApi.cond(
          TfApi.equal(MathApi.mod(TfApi.add(steps, 1), every), 0),
          () -> {
            overwrite(slots.variables());
            return List.of();
          },
          List::of);
    }
  }

  private void overwrite(List<Variable> variables) {
    for (Variable v : variables) {
      v.assign(slot(v, "average").value());
    }
  }

  /// Puts the running means in the place of the variables when training is over; does nothing
  /// unless `use_ema` is set.
  public void finalizeVariableValues(List<Variable> variables) {
    if (useEma.get()) {
      overwrite(variables);
    }
  }

  /// Returns the loss multiplied by `loss_scale_factor`, of which gradients are to be taken.
  public Tensor scaleLoss(Tensor loss) {
    Double scale = lossScaleFactor.get();
    return scale == null ? loss : TfApi.multiply(loss, scale);
  }

  /// Lets the loss be as it is; for those who scale it themselves.
  void scaleNoLoss() {
    lossScaleFactor.set(null);
  }

  /// Excludes variables from weight decay, before the first step.
  ///
  /// @param names parts of names: `"bias"` excludes all biases; regular expressions Fails:
  ///   `ValueError` after the first step.
  public final void excludeFromWeightDecay(List<Variable> variables, List<String> names) {
    if (!slots.variables().isEmpty()) {
      throw Message.what(
              "`exclude_from_weight_decay()` can only be configured before the optimizer is built.")
          .fix("call it right after the constructor")
          .valueError();
    }
    decay.exclude(variables, names);
  }

  /// Excludes the variables in whose names one of the texts occurs.
  public final void excludeFromWeightDecay(String... names) {
    excludeFromWeightDecay(Collections.emptyList(), List.of(names));
  }
}
