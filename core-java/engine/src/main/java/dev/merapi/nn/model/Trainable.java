package dev.merapi.nn.model;

import dev.merapi.nn.Untracked;
import dev.merapi.nn.callback.History;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.loss.LossFunction;
import dev.merapi.nn.metric.Metric;
import dev.merapi.nn.optimizer.LossScaleOptimizer;
import dev.merapi.nn.optimizer.Optimizer;
import dev.merapi.nn.optimizer.Optimizers;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The half of a [Model] that learns: compile, fit, evaluate, predict.
///
/// Data are arrays and tensors whose first axis counts samples (several inputs as a list or a map
/// by input name), or anything that can be gone through and gives batches: a dataset of inputs and
/// labels, an iterator's batches as pairs.
public abstract class Trainable extends Layer {
  @Untracked private @Nullable Optimizer optimizer;
  @Untracked private @Nullable Objective objective;
  @Untracked private @Nullable Steps steps;
  private boolean stopTraining;
  private boolean ready;
  private int initialEpoch;

  Trainable(@Nullable String name) {
    super(name);
  }

  abstract List<String> inputNames();

  /// Returns the names of the outputs, as far as the model says them.
  abstract List<String> outputNames();

  /// Says what to train for.
  ///
  /// @param optimizer an [Optimizer] or its name, in any case
  /// @param loss a loss, a function of labels and predictions, a name in any case; for several
  ///   outputs a list or a map by output name; null for a model whose layers add the losses
  /// @param metrics metrics, functions or names; `"accuracy"` is the one that goes with the loss
  public final void compile(Object optimizer, @Nullable Object loss, Object... metrics) {
    compile(optimizer, loss, new CompileOptions().metrics(metrics));
  }

  /// The same with a function of labels and predictions.
  public final void compile(Object optimizer, LossFunction loss, Object... metrics) {
    compile(optimizer, (Object) loss, metrics);
  }

  public final void compile(Object optimizer, @Nullable Object loss, CompileOptions options) {
    try {
      Optimizer o = Optimizers.KIND.read(optimizer);
      // Gradients in float16 vanish unless the loss is scaled up.
      boolean scaled =
          dtypePolicy().name().equals("mixed_float16") && !(o instanceof LossScaleOptimizer);
      this.optimizer = scaled ? new LossScaleOptimizer(o) : o;
    } catch (Kind.Misfit e) {
      throw Message.what("compile: Could not interpret optimizer identifier: " + optimizer)
          .expected(Optimizers.KIND.expected())
          .valueError();
    }
    Objective o = new Objective(loss, options);
    objective = o;
    steps = new Steps(this, o, options.runEagerly);
  }

  /// Trains on arrays.
  public final History fit(Object x, @Nullable Object y, FitOptions options) {
    return new Training(this, options).fit(x, y);
  }

  public final History fit(Object x, Object y) {
    return fit(x, y, new FitOptions());
  }

  /// Trains on batches of inputs and labels.
  public final History fit(Iterable<?> dataset, FitOptions options) {
    return fit(dataset, null, options);
  }

  public final History fit(Iterable<?> dataset) {
    return fit(dataset, null, new FitOptions());
  }

  /// Returns loss and metrics, in the order of [#metricsNames], over all samples.
  public final List<Double> evaluate(Object x, @Nullable Object y, FitOptions options) {
    return new Training(this, options).evaluate(x, y);
  }

  public final List<Double> evaluate(Object x, Object y) {
    return evaluate(x, y, new FitOptions());
  }

  public final List<Double> evaluate(Iterable<?> dataset, FitOptions options) {
    return evaluate(dataset, null, options);
  }

  public final List<Double> evaluate(Iterable<?> dataset) {
    return evaluate(dataset, null, new FitOptions());
  }

  /// Returns the output for all samples.
  ///
  /// Fails: `ValueError` when the model has several outputs.
  public Tensor predict(Object x) {
    return predict(x, new FitOptions().verbose(0));
  }

  public Tensor predict(Object x, FitOptions options) {
    List<Tensor> all = predictAll(x, options);
    if (all.size() != 1) {
      throw Message.what(name() + " has " + all.size() + " outputs")
          .fix("ask for all of them with predictAll")
          .valueError();
    }
    return all.getFirst();
  }

  /// Returns all outputs for all samples.
  public final List<Tensor> predictAll(Object x, FitOptions options) {
    return new Training(this, options).predict(x);
  }

  /// Trains on one batch; returns loss and metrics of it, in the order of [#metricsNames].
  public final List<Double> trainOnBatch(Object x, @Nullable Object y) {
    return trainOnBatch(x, y, null, true);
  }

  /// @param sampleWeight what each sample counts, or null
  /// @param resetMetrics whether metrics are of this batch alone
  public final List<Double> trainOnBatch(
      Object x, @Nullable Object y, @Nullable Object sampleWeight, boolean resetMetrics) {
    return new Training(this, new FitOptions()).onBatch(x, y, sampleWeight, resetMetrics, true);
  }

  /// Measures one batch.
  public final List<Double> testOnBatch(Object x, @Nullable Object y) {
    return testOnBatch(x, y, null, true);
  }

  public final List<Double> testOnBatch(
      Object x, @Nullable Object y, @Nullable Object sampleWeight, boolean resetMetrics) {
    return new Training(this, new FitOptions()).onBatch(x, y, sampleWeight, resetMetrics, false);
  }

  /// Returns the output for one batch.
  public final Tensor predictOnBatch(Object x) {
    List<Tensor> all = new Training(this, new FitOptions()).predictOnBatch(x);
    return all.getFirst();
  }

  /// Returns the names of what [#evaluate] returns; those of metrics once a batch was seen.
  public final List<String> metricsNames() {
    return objective().isBound() ? objective().names() : List.of("loss");
  }

  /// Returns the metrics of the training, the mean loss first.
  public final List<Metric> metrics() {
    return objective().metrics();
  }

  public final void resetMetrics() {
    objective().reset();
  }

  /// Returns the optimizer that [#compile] was told.
  ///
  /// Fails: `ValueError` before.
  public final Optimizer optimizer() {
    if (optimizer == null) {
      throw notCompiled();
    }
    return optimizer;
  }

  public final boolean isCompiled() {
    return optimizer != null;
  }

  final Objective objective() {
    if (objective == null) {
      throw notCompiled();
    }
    return objective;
  }

  /// Returns the steps; predictions need no [#compile].
  final Steps steps(boolean learning) {
    Steps s = steps;
    if (s == null) {
      if (learning) {
        throw notCompiled();
      }
      s = new Steps(this, new Objective(null, new CompileOptions()), false);
      steps = s;
    }
    return s;
  }

  private RuntimeException notCompiled() {
    return Message.what(
            "You must compile your model before training/testing. Use `model.compile(optimizer,"
                + " loss)`.")
        .given("model '" + name() + "'")
        .valueError();
  }

  /// Ends training after the batch that is being worked on; callbacks call it.
  public final void setStopTraining(boolean stop) {
    stopTraining = stop;
  }

  public final boolean stopTraining() {
    return stopTraining;
  }

  /// Lets the training that is about to begin start at this epoch; callbacks call it.
  public final void setInitialEpoch(int epoch) {
    initialEpoch = epoch;
  }

  final int initialEpoch() {
    return initialEpoch;
  }

  /// Tells whether the weights of all layers inside are made too.
  final boolean isReady() {
    return ready;
  }

  final void setReady() {
    ready = true;
  }
}
