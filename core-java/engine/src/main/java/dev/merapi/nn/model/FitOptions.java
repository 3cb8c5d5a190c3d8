package dev.merapi.nn.model;

import dev.merapi.nn.callback.Callback;
import dev.merapi.say.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How a model is trained, evaluated or asked; every part has Keras's default.
///
/// ```java
/// model.fit(x, y, new FitOptions().epochs(5).batchSize(50).validationSplit(0.1));
/// ```
public final class FitOptions {
  @Nullable Integer batchSize;
  int epochs = 1;
  int verbose = 1;
  final List<Callback> callbacks = new ArrayList<>();
  double validationSplit;
  @Nullable Object validationX;
  @Nullable Object validationY;
  @Nullable Object validationWeight;
  boolean shuffle = true;
  @Nullable Map<Integer, Double> classWeight;
  @Nullable Object sampleWeight;
  int initialEpoch;
  @Nullable Integer stepsPerEpoch;
  @Nullable Integer validationSteps;
  @Nullable Integer validationBatchSize;
  int validationFreq = 1;

  /// Samples a step; 32 unless said, and of no meaning for datasets, which come in batches.
  public FitOptions batchSize(int samples) {
    batchSize = atLeast("batchSize", samples, 1);
    return this;
  }

  /// The epoch to end after; [#initialEpoch] counts.
  public FitOptions epochs(int n) {
    epochs = atLeast("epochs", n, 0);
    return this;
  }

  /// 0 prints nothing, 1 a bar, 2 a line an epoch.
  public FitOptions verbose(int level) {
    verbose = level;
    return this;
  }

  public FitOptions callbacks(Callback... more) {
    callbacks.addAll(List.of(more));
    return this;
  }

  /// Keeps back the last share of the arrays, before they are shuffled, to validate on.
  public FitOptions validationSplit(double share) {
    if (!(share >= 0 && share < 1)) {
      throw Message.what("validationSplit is " + share)
          .expected("a share from 0 to below 1")
          .valueError();
    }
    validationSplit = share;
    return this;
  }

  public FitOptions validationData(Object x, Object y) {
    validationX = x;
    validationY = y;
    return this;
  }

  public FitOptions validationData(Object x, Object y, Object sampleWeight) {
    validationWeight = sampleWeight;
    return validationData(x, y);
  }

  /// @param dataset batches of inputs and labels
  public FitOptions validationData(Iterable<?> dataset) {
    validationX = dataset;
    validationY = null;
    return this;
  }

  /// Whether arrays are drawn in a new order each epoch.
  public FitOptions shuffle(boolean on) {
    shuffle = on;
    return this;
  }

  /// What samples of a class count, by the class's number; classes not named count 1.
  public FitOptions classWeight(Map<Integer, Double> weights) {
    classWeight = weights;
    return this;
  }

  /// What each sample counts: `(samples,)`.
  public FitOptions sampleWeight(Object weights) {
    sampleWeight = weights;
    return this;
  }

  /// Goes on as if so many epochs were done.
  public FitOptions initialEpoch(int epoch) {
    initialEpoch = atLeast("initialEpoch", epoch, 0);
    return this;
  }

  /// Ends an epoch after so many batches; the next goes on in the same dataset.
  public FitOptions stepsPerEpoch(int n) {
    stepsPerEpoch = atLeast("stepsPerEpoch", n, 1);
    return this;
  }

  /// [#stepsPerEpoch] under the name it has for `evaluate` and `predict`.
  public FitOptions steps(int n) {
    return stepsPerEpoch(n);
  }

  public FitOptions validationSteps(int n) {
    validationSteps = atLeast("validationSteps", n, 1);
    return this;
  }

  public FitOptions validationBatchSize(int samples) {
    validationBatchSize = atLeast("validationBatchSize", samples, 1);
    return this;
  }

  /// Validates after every so many epochs.
  public FitOptions validationFreq(int everyEpochs) {
    validationFreq = atLeast("validationFreq", everyEpochs, 1);
    return this;
  }

  private static int atLeast(String what, int n, int least) {
    if (n < least) {
      throw Message.what(what + " is " + n)
          .expected("a number of " + least + " or more")
          .valueError();
    }
    return n;
  }
}
