package dev.merapi.nn.model;

import dev.merapi.nn.callback.Callback;
import dev.merapi.nn.callback.Callbacks;
import dev.merapi.nn.callback.History;
import dev.merapi.nn.callback.ProgbarLogger;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One call of fit, evaluate or predict: epochs, batches, callbacks.
final class Training {
  private static final int BATCH = 32;
  private static final OpRef CONCAT = OpRef.to("ConcatV2");

  private final Trainable model;
  private final FitOptions o;
  private final Sides sides;

  Training(Trainable model, FitOptions options) {
    this.model = model;
    this.o = options;
    this.sides = new Sides(model.inputNames(), model.outputNames());
  }

  /// Training data, and what was kept back of them.
  private record Split(Batches train, @Nullable Batches validation) {}

  History fit(Object x, @Nullable Object y) {
    Steps steps = model.steps(true);
    Split data = split(x, y);
    Batches validation = validation(data);
    History history = new History();
    Long perEpoch = o.stepsPerEpoch == null ? data.train.steps() : (Long) (long) o.stepsPerEpoch;
    Callbacks callbacks = callbacks(history, perEpoch);
    boolean gradients = callbacks.wantGradients();
    model.setStopTraining(false);
    model.setInitialEpoch(o.initialEpoch);
    Map<String, Double> logs = new LinkedHashMap<>();
    callbacks.each(c -> c.onTrainBegin(new LinkedHashMap<>()));
    try {
      Iterator<Batch> batches = null;
      for (int e = model.initialEpoch(); e < o.epochs && !model.stopTraining(); e++) {
        int epoch = e;
        model.objective().reset();
        callbacks.each(c -> c.onEpochBegin(epoch, new LinkedHashMap<>()));
        if (batches == null || o.stepsPerEpoch == null) {
          batches = data.train.pass(epoch);
        }
        Logs last = epoch(steps, batches, callbacks, gradients);
        if (last == null
            && o.stepsPerEpoch != null
            && o.stepsPerEpoch.equals(intOf(data.train.steps()))) {
          // A finite dataset of exactly so many steps starts anew.
          batches = data.train.pass(epoch);
          last = epoch(steps, batches, callbacks, gradients);
        }
        logs = last == null ? new LinkedHashMap<>() : new LinkedHashMap<>(last);
        if (last == null) {
          ranOut();
          break;
        }
        if (validation != null && (epoch + 1) % o.validationFreq == 0) {
          Map<String, Double> seen = new LinkedHashMap<>(logs);
          evaluate(validation, o.validationSteps, callbacks)
              .forEach((name, value) -> seen.put("val_" + name, value));
          logs = seen;
        }
        Map<String, Double> end = logs;
        callbacks.each(c -> c.onEpochEnd(epoch, end));
      }
      model.optimizer().finalizeVariableValues(model.trainableVariables());
    } finally {
      Map<String, Double> end = logs;
      callbacks.each(c -> c.onTrainEnd(end));
    }
    return history;
  }

  private static @Nullable Integer intOf(@Nullable Long n) {
    return n == null ? null : (Integer) n.intValue();
  }

  private void ranOut() {
    System.err.println(
        "WARNING: Your input ran out of data; interrupting training. Make sure that your dataset or"
            + " generator can generate at least `steps_per_epoch * epochs` batches. You may need to"
            + " use the `.repeat()` function when building your dataset.");
  }

  /// Runs the batches of an epoch; returns its last logs, or null when there was no batch at all.
  private @Nullable Logs epoch(
      Steps steps, Iterator<Batch> batches, Callbacks callbacks, boolean gradients) {
    Logs last = null;
    int limit = o.stepsPerEpoch == null ? Integer.MAX_VALUE : o.stepsPerEpoch;
    for (int b = 0; b < limit && batches.hasNext() && !model.stopTraining(); b++) {
      int index = b;
      callbacks.each(c -> c.onTrainBatchBegin(index, new LinkedHashMap<>()));
      Batch batch = weighted(batches.next());
      Steps.Outcome outcome = steps.train(batch, gradients);
      Logs logs = outcome.results();
      if (gradients) {
        callbacks.onGradients(index, outcome.gradients());
      }
      callbacks.each(c -> c.onTrainBatchEnd(index, logs));
      last = logs;
    }
    return last;
  }

  List<Double> evaluate(Object x, @Nullable Object y) {
    Batches data = batches(x, y, o.sampleWeight, false, null);
    Long n = o.stepsPerEpoch == null ? data.steps() : (Long) (long) o.stepsPerEpoch;
    Callbacks callbacks = callbacks(null, n);
    return new ArrayList<>(evaluate(data, o.stepsPerEpoch, callbacks).values());
  }

  private Map<String, Double> evaluate(Batches data, @Nullable Integer limit, Callbacks callbacks) {
    Steps steps = model.steps(true);
    model.objective().reset();
    callbacks.each(c -> c.onTestBegin(new LinkedHashMap<>()));
    Logs last = null;
    Iterator<Batch> batches = data.pass(0);
    for (int b = 0; (limit == null || b < limit) && batches.hasNext(); b++) {
      int index = b;
      callbacks.each(c -> c.onTestBatchBegin(index, new LinkedHashMap<>()));
      Logs logs = steps.test(batches.next()).results();
      callbacks.each(c -> c.onTestBatchEnd(index, logs));
      last = logs;
    }
    if (last == null) {
      throw Message.what("there is nothing to evaluate on: the data have no batch").valueError();
    }
    Map<String, Double> logs = new LinkedHashMap<>(last);
    callbacks.each(c -> c.onTestEnd(logs));
    return logs;
  }

  List<Tensor> predict(Object x) {
    Steps steps = model.steps(false);
    Batches data = batches(x, null, null, false, null);
    Callbacks callbacks =
        callbacks(null, o.stepsPerEpoch == null ? data.steps() : (Long) (long) o.stepsPerEpoch);
    callbacks.each(Callback::onPredictBegin);
    List<List<Tensor>> parts = new ArrayList<>();
    Iterator<Batch> batches = data.pass(0);
    int limit = o.stepsPerEpoch == null ? Integer.MAX_VALUE : o.stepsPerEpoch;
    for (int b = 0; b < limit && batches.hasNext(); b++) {
      int index = b;
      callbacks.each(c -> c.onPredictBatchBegin(index));
      List<Tensor> out = steps.predict(new Batch(batches.next().x(), List.of(), List.of()));
      for (int i = 0; i < out.size(); i++) {
        if (parts.size() == i) {
          parts.add(new ArrayList<>());
        }
        parts.get(i).add(out.get(i));
      }
      callbacks.each(c -> c.onPredictBatchEnd(index));
    }
    callbacks.each(Callback::onPredictEnd);
    if (parts.isEmpty()) {
      throw Message.what("there is nothing to predict on: the data have no batch").valueError();
    }
    return parts.stream().map(Training::joined).toList();
  }

  private static Tensor joined(List<Tensor> parts) {
    if (parts.size() == 1) {
      return parts.getFirst();
    }
    Tensor[] in = new Tensor[parts.size() + 1];
    parts.toArray(in);
    in[parts.size()] = Values.scalar(0);
    return CONCAT.of(in);
  }

  List<Double> onBatch(
      Object x, @Nullable Object y, @Nullable Object weight, boolean reset, boolean train) {
    Steps steps = model.steps(true);
    if (reset) {
      model.objective().reset();
    }
    Batch batch =
        new Batch(
            sides.inputs(x), sides.outputs(y), weight == null ? List.of() : sides.outputs(weight));
    Steps.Outcome outcome = train ? steps.train(batch, false) : steps.test(batch);
    return new ArrayList<>(outcome.results().values());
  }

  List<Tensor> predictOnBatch(Object x) {
    return model.steps(false).predict(new Batch(sides.inputs(x), List.of(), List.of()));
  }

  private Callbacks callbacks(@Nullable History history, @Nullable Long steps) {
    List<Callback> all = new ArrayList<>();
    boolean shown = o.callbacks.stream().anyMatch(ProgbarLogger.class::isInstance);
    // The user's callbacks may add to the logs of an epoch before they are printed.
    all.addAll(o.callbacks);
    if (o.verbose > 0 && !shown) {
      all.add(new ProgbarLogger());
    }
    if (history != null) {
      all.add(history);
    }
    return new Callbacks(
        all, (Model) model, new Callback.Params(history == null ? 1 : o.epochs, steps, o.verbose));
  }

  private Split split(Object x, @Nullable Object y) {
    if (isDataset(x)) {
      if (o.validationSplit > 0) {
        throw Message.what("validationSplit is for arrays: a dataset has no last share")
            .fix("pass validationData(dataset)")
            .valueError();
      }
      return new Split(batches(x, y, o.sampleWeight, false, null), null);
    }
    Batch all = arrays(x, y, o.sampleWeight);
    int n = ArrayBatches.samples(all);
    int kept = (int) Math.floor(n * (1 - o.validationSplit));
    if (o.validationSplit > 0 && (kept == 0 || kept == n)) {
      throw Message.what(
              "validationSplit "
                  + o.validationSplit
                  + " of "
                  + n
                  + " samples leaves one"
                  + " side empty")
          .expected("at least one sample to train on and one to validate on")
          .valueError();
    }
    int size = o.batchSize == null ? BATCH : o.batchSize;
    int other = o.validationBatchSize == null ? size : o.validationBatchSize;
    return new Split(
        new ArrayBatches(all, 0, kept, size, o.shuffle),
        kept == n ? null : new ArrayBatches(all, kept, n, other, false));
  }

  private @Nullable Batches validation(Split data) {
    return o.validationX == null
        ? data.validation
        : batches(o.validationX, o.validationY, o.validationWeight, false, o.validationBatchSize);
  }

  private Batches batches(
      Object x,
      @Nullable Object y,
      @Nullable Object weight,
      boolean shuffle,
      @Nullable Integer size) {
    if (isDataset(x)) {
      if (y != null) {
        throw Message.what("`y` argument is not supported when using a dataset as input")
            .fix("let the dataset give pairs of inputs and labels")
            .valueError();
      }
      return new Batches.OfDataset((Iterable<?>) x, sides);
    }
    Batch all = arrays(x, y, weight);
    int batch = size != null ? size : o.batchSize == null ? BATCH : o.batchSize;
    return new ArrayBatches(all, 0, ArrayBatches.samples(all), batch, shuffle);
  }

  /// Tells datasets and the like from arrays and lists of numbers.
  private static boolean isDataset(Object x) {
    if (!(x instanceof Iterable<?> many) || x instanceof Tensor) {
      return false;
    }
    if (!(x instanceof List<?> l)) {
      return !(many instanceof Collection<?>);
    }
    return !l.isEmpty() && l.getFirst() != null && hasComponents(l.getFirst());
  }

  private static boolean hasComponents(Object o) {
    try {
      o.getClass().getMethod("component1");
      return true;
    } catch (NoSuchMethodException e) {
      return false;
    }
  }

  private Batch arrays(Object x, @Nullable Object y, @Nullable Object weight) {
    return new Batch(
        sides.inputs(x), sides.outputs(y), weight == null ? List.of() : sides.outputs(weight));
  }

  private Batch weighted(Batch batch) {
    return o.classWeight == null ? batch : ClassWeights.apply(batch, o.classWeight);
  }
}
