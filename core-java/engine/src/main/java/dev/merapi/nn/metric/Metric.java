package dev.merapi.nn.metric;

import dev.merapi.eager.Variable;
import dev.merapi.nn.Module;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.op.Literals;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Gathers a number over the batches of an epoch.
///
/// ```java
/// var accuracy = new SparseCategoricalAccuracy();
/// accuracy.updateState(labels, predictions);
/// double share = accuracy.result().item();
/// accuracy.resetState();
/// ```
///
/// The state lies in variables that no training changes and no model counts as weights. Updates are
/// operations, so that they become part of a training step that is traced.
///
/// Subclasses make their variables with [#addState] in [#build], which runs before the first use.
public abstract class Metric implements HasSettings {
  private final Settings settings = new Settings(getClass().getSimpleName());
  private final Setting<String> name;
  private final Setting<DType> dtype;
  private final List<Variable> variables = new ArrayList<>();
  private final List<Double> initial = new ArrayList<>();
  private boolean built;

  /// Names the metric after its class.
  protected Metric() {
    this(null);
  }

  protected Metric(@Nullable String name) {
    this(name, DType.F32);
  }

  Metric(@Nullable String name, DType byDefault) {
    this.name =
        settings.add(
            "name", Kinds.TEXT, name != null ? name : Module.snakeCase(getClass().getSimpleName()));
    dtype = settings.add("dtype", Kinds.DTYPE, byDefault);
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

  /// Adds an argument that must be given.
  protected final <T> Setting<T> required(String argument, Kind<T> kind) {
    return settings.require(argument, kind);
  }

  public final String name() {
    return name.get();
  }

  /// Gives another name, under which logs show the number.
  public final Metric name(String text) {
    name.set(text);
    return this;
  }

  /// Returns the type that is computed in.
  public final DType dtype() {
    return dtype.get();
  }

  /// Sets one argument by Keras's name for it: `with("threshold", 0.7)`.
  public final Metric with(String argument, @Nullable Object value) {
    readConfig(Collections.singletonMap(argument, value));
    return this;
  }

  /// Takes null for the default type, which Keras writes for none.
  @Override
  public void readConfig(Map<String, ?> config) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>(config);
    given
        .entrySet()
        .removeIf(
            e -> e.getValue() == null && (e.getKey().equals("dtype") || e.getKey().equals("name")));
    settings.read(given);
  }

  /// Makes the state; called once, before the first use. A metric whose state has the shape of what
  /// it is given makes it when it is given something.
  protected void build() {}

  /// Makes a variable that holds `start` in every element until something is added, and again after
  /// [#resetState].
  protected final Variable addState(String stateName, Shape shape, double start) {
    return addState(stateName, shape, DType.F32, start);
  }

  protected final Variable addState(String stateName, Shape shape, DType type, double start) {
    Variable v =
        new Variable(Values.filled(new Spec(type, shape), start), name() + "/" + stateName, false);
    variables.add(v);
    initial.add(start);
    return v;
  }

  private void ensureBuilt() {
    if (!built) {
      built = true;
      build();
      settings.close("it has been used, and its state has the shape of its arguments");
    }
  }

  /// Takes in what a batch gives.
  ///
  /// @param values labels and predictions, or the values of which a mean or sum is formed
  protected abstract void update(List<Tensor> values, @Nullable Tensor sampleWeight);

  /// Returns the number that the state stands for.
  protected abstract Tensor compute();

  /// Takes in a batch.
  ///
  /// @param yTrue labels: a tensor or what [Literals] takes
  /// @param yPred predictions
  public void updateState(Object yTrue, Object yPred) {
    updateState(yTrue, yPred, null);
  }

  /// @param sampleWeight what each sample counts, or null for 1
  public void updateState(Object yTrue, Object yPred, @Nullable Object sampleWeight) {
    take(List.of(Literals.of(yTrue), Literals.of(yPred)), sampleWeight);
  }

  final void take(List<Tensor> values, @Nullable Object sampleWeight) {
    ensureBuilt();
    update(values, sampleWeight == null ? null : Literals.of(sampleWeight));
  }

  /// Returns the number for all batches since the last reset.
  public final Tensor result() {
    ensureBuilt();
    return compute();
  }

  /// Takes in a batch, and returns the number for all since the last reset.
  public final Tensor apply(Object yTrue, Object yPred) {
    updateState(yTrue, yPred);
    return result();
  }

  public final Tensor apply(Object yTrue, Object yPred, @Nullable Object sampleWeight) {
    updateState(yTrue, yPred, sampleWeight);
    return result();
  }

  /// Forgets all batches.
  public final void resetState() {
    for (int i = 0; i < variables.size(); i++) {
      Variable v = variables.get(i);
      v.assign(Values.filled(new Spec(v.dtype(), v.shape()), initial.get(i)));
    }
  }

  /// Forgets all batches, by the name that Keras 2 has for it.
  public final void resetStates() {
    resetState();
  }

  /// Returns the state.
  public final List<Variable> variables() {
    ensureBuilt();
    return Collections.unmodifiableList(variables);
  }

  @Override
  public String toString() {
    return "<" + getClass().getSimpleName() + " name=" + name() + ">";
  }
}
