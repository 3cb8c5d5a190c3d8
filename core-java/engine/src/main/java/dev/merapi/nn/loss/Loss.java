package dev.merapi.nn.loss;

import dev.merapi.nn.Module;
import dev.merapi.nn.config.HasSettings;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.config.Settings;
import dev.merapi.nn.layer.Masks;
import dev.merapi.op.Literals;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Says how far predictions are from labels, as a number to be made small.
///
/// ```java
/// Tensor loss = new MeanSquaredError().apply(labels, predictions);
/// ```
///
/// Subclasses compute one number for each sample in [#call]; weights, masks and the reduction to
/// one number for the batch are done here, by Keras's rules:
///
/// - `sum_over_batch_size` (or `mean`): the sum divided by the number of losses, whatever their
///   weights; masked ones are not counted;
/// - `mean_with_sample_weight`: the sum divided by the sum of the weights;
/// - `sum`: the sum;
/// - `none` (or null): no reduction.
///
/// Shapes: predictions `(batch, …)`, labels of the same shape or without (with) a last axis of 1,
/// weights `(batch,)` or any shape that stretches to that of the losses. Types: all is computed in
/// `dtype`, float32 by default, as in Keras: float64 must be asked for.
public abstract class Loss implements HasSettings {
  static final Kind<@Nullable String> REDUCTION =
      Kinds.oneOf("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none").orNone();

  private final Settings settings = new Settings(getClass().getSimpleName());
  private final Setting<String> name;
  private final Setting<@Nullable String> reduction;
  private DType dtype = DType.F32;

  /// Names the loss after its class.
  protected Loss() {
    this(null);
  }

  protected Loss(@Nullable String name) {
    this.name =
        settings.add(
            "name", Kinds.TEXT, name != null ? name : Module.snakeCase(getClass().getSimpleName()));
    reduction = settings.add("reduction", REDUCTION, "sum_over_batch_size");
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

  /// Returns the loss of each sample; what a subclass computes.
  ///
  /// @param yTrue labels in the type of the loss
  /// @param yPred predictions in the type of the loss
  public abstract Tensor call(Tensor yTrue, Tensor yPred);

  /// Returns the loss of a batch.
  ///
  /// @param yTrue labels: a tensor or what [Literals] takes
  /// @param yPred predictions
  public final Tensor apply(Object yTrue, Object yPred) {
    return apply(yTrue, yPred, null);
  }

  /// @param sampleWeight what each sample counts, or null for 1
  public final Tensor apply(Object yTrue, Object yPred, @Nullable Object sampleWeight) {
    Tensor given = Literals.of(yPred);
    Tensor mask = Masks.of(given);
    Tensor p = Weights.cast(given, dtype);
    Tensor t = Literals.of(yTrue);
    t = takesWholeLabels() && t.dtype().isInteger() ? t : Weights.cast(t, dtype);
    if (fitsRanks()) {
      Tensor[] fitted = Weights.sameRank(t, p);
      t = fitted[0];
      p = fitted[1];
    }
    check(t, p);
    Tensor losses = call(t, p);
    return Weights.reduce(
        losses,
        sampleWeight == null ? null : Literals.of(sampleWeight),
        Weights.both(mask, Masks.of(losses)),
        reduction.get(),
        dtype);
  }

  /// Fails where labels and predictions cannot belong together, as far as that can be seen.
  void check(Tensor yTrue, Tensor yPred) {}

  /// Tells whether labels are numbers of classes, which stay whole numbers.
  boolean takesWholeLabels() {
    return false;
  }

  /// Tells whether a last axis of 1 may come or go so that labels and predictions have one rank.
  boolean fitsRanks() {
    return false;
  }

  public final String name() {
    return name.get();
  }

  public final @Nullable String reduction() {
    return reduction.get();
  }

  public final DType dtype() {
    return dtype;
  }

  /// Sets one argument by Keras's name for it: `with("label_smoothing", 0.1)`.
  public final Loss with(String argument, @Nullable Object value) {
    readConfig(Collections.singletonMap(argument, value));
    return this;
  }

  /// Sets what the losses of a batch become, one of the words above.
  public final Loss reduction(@Nullable String word) {
    reduction.set(word);
    return this;
  }

  public final Loss name(String text) {
    name.set(text);
    return this;
  }

  /// Sets the type that the loss is computed in.
  public final Loss dtype(DType type) {
    dtype = type;
    return this;
  }

  @Override
  public String toString() {
    return "<" + getClass().getSimpleName() + " name=" + name() + ">";
  }

  /// Takes the type too, which Keras accepts but does not write.
  @Override
  public void readConfig(Map<String, ?> config) {
    Map<String, @Nullable Object> rest = new LinkedHashMap<>(config);
    Object type = rest.remove("dtype");
    if (type instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> c) {
      type = c.get("name");
    }
    if (type != null) {
      dtype = Kinds.DTYPE.read(type);
    }
    settings.read(rest);
  }
}
