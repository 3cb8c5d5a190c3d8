package dev.merapi.nn.model;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.loss.Loss;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.metric.Mean;
import dev.merapi.nn.metric.Metric;
import dev.merapi.nn.metric.Metrics;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a model is trained for and measured by: a loss for each output, their sum, metrics.
final class Objective {
  private static final OpRef ADD = OpRef.to("AddV2");
  private static final OpRef MUL = OpRef.to("Mul");
  private static final OpRef CAST = OpRef.to("Cast");

  private final @Nullable Object lossGiven;
  private final CompileOptions options;
  private final Mean total = new Mean("loss");

  /// What is known of each output since labels and predictions were first seen.
  private @Nullable List<Output> outputs;

  /// Loss and metrics of one output.
  private static final class Output {
    private final @Nullable Loss loss;
    private final double weight;
    private final @Nullable Mean mean;
    private final List<Metric> metrics = new ArrayList<>();
    private final List<Metric> weighted = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Output(@Nullable Loss loss, double weight, @Nullable Mean mean) {
      this.loss = loss;
      this.weight = weight;
      this.mean = mean;
    }
  }

  Objective(@Nullable Object loss, CompileOptions options) {
    this.lossGiven = loss;
    this.options = options;
  }

  /// Finds losses and metrics out, once the outputs are known.
  void bind(List<Tensor> y, List<Tensor> predicted, List<String> outputNames) {
    if (outputs != null) {
      return;
    }
    List<Object> losses = perOutput(lossGiven, predicted.size(), outputNames, "loss", true);
    List<Object> weights =
        perOutput(options.lossWeights, predicted.size(), outputNames, "loss weight", false);
    List<Object> metrics =
        perOutput(options.metrics, predicted.size(), outputNames, "metric", false);
    List<Object> weighted =
        perOutput(options.weightedMetrics, predicted.size(), outputNames, "metric", false);
    List<Output> all = new ArrayList<>();
    Map<String, Integer> taken = new HashMap<>();
    for (int i = 0; i < predicted.size(); i++) {
      boolean several = predicted.size() > 1;
      String prefix = several ? outputName(outputNames, i) + "_" : "";
      Object given = losses.get(i);
      Loss loss = given == NONE ? null : loss(given);
      Object w = weights.get(i);
      double weight = w instanceof Number n ? n.doubleValue() : 1;
      Output o =
          new Output(loss, weight, several && loss != null ? new Mean(prefix + "loss") : null);
      if (i < y.size()) {
        add(o, o.metrics, metrics.get(i), prefix, y.get(i), predicted.get(i), taken);
        add(o, o.weighted, weighted.get(i), prefix, y.get(i), predicted.get(i), taken);
      }
      all.add(o);
    }
    outputs = all;
  }

  private static final Object NONE = new Object();

  private static String outputName(List<String> names, int i) {
    return i < names.size() ? names.get(i) : "output_" + (i + 1);
  }

  /// Deals what was given out to the outputs: by name, by place, or the same to all.
  private static List<Object> perOutput(
      @Nullable Object given, int n, List<String> names, String what, boolean onePerOutput) {
    List<Object> each = new ArrayList<>();
    if (given instanceof Map<?, ?> m && !m.containsKey("class_name")) {
      for (Object key : m.keySet()) {
        if (!names.isEmpty() && !names.contains(key)) {
          throw Message.what("a " + what + " is given for an output '" + key + "'")
              .expected("one of " + names)
              .valueError();
        }
      }
      for (int i = 0; i < n; i++) {
        Object o = m.get(outputName(names, i));
        each.add(o == null ? NONE : o);
      }
      return each;
    }
    boolean list = given instanceof List<?>;
    if (list
        && (onePerOutput || what.equals("loss weight"))
        && !(n == 1 && ((List<?>) given).size() == 1)) {
      List<?> l = (List<?>) given;
      if (l.size() != n) {
        throw Message.what(l.size() + " " + what + "s for " + n + " outputs")
            .expected("one for each output")
            .valueError();
      }
      l.forEach(o -> each.add(o == null ? NONE : o));
      return each;
    }
    Object one = given == null ? NONE : onePerOutput && list ? ((List<?>) given).getFirst() : given;
    for (int i = 0; i < n; i++) {
      each.add(one);
    }
    return each;
  }

  private static Loss loss(Object given) {
    try {
      return Losses.KIND.read(given);
    } catch (Kind.Misfit e) {
      throw Message.what("compile: Could not interpret loss identifier: " + given)
          .expected(Losses.KIND.expected())
          .valueError();
    }
  }

  private void add(
      Output o,
      List<Metric> to,
      Object given,
      String prefix,
      Tensor y,
      Tensor predicted,
      Map<String, Integer> taken) {
    if (given == NONE) {
      return;
    }
    for (Object m : given instanceof List<?> l ? l : List.of(given)) {
      if (m instanceof List<?> inner) {
        for (Object each : inner) {
          add(o, to, each, prefix, y, predicted, taken);
        }
        continue;
      }
      String name = null;
      Metric metric;
      if (m instanceof String s && (s.equalsIgnoreCase("accuracy") || s.equalsIgnoreCase("acc"))) {
        metric = Metrics.accuracyFor(o.loss, y.shape(), predicted.shape());
        name = s.toLowerCase(Locale.ROOT);
      } else {
        metric = metric(m);
      }
      String full = prefix + (name == null ? metric.name() : name);
      int n = taken.merge(full, 1, Integer::sum);
      to.add(metric);
      o.names.add(n == 1 ? full : full + "_" + (n - 1));
    }
  }

  private static Metric metric(@Nullable Object given) {
    try {
      return Metrics.KIND.read(given);
    } catch (Kind.Misfit e) {
      throw Message.what("compile: Could not interpret metric identifier: " + given)
          .expected(Metrics.KIND.expected())
          .valueError();
    }
  }

  boolean isBound() {
    return outputs != null;
  }

  private List<Output> bound() {
    if (outputs == null) {
      throw new IllegalStateException("This is a bug in Merapi: the outputs are not known yet");
    }
    return outputs;
  }

  /// Returns the sum of all losses of a batch, and takes note of its parts.
  ///
  /// @param extra what layers add
  Tensor loss(Batch batch, List<Tensor> predicted, List<Tensor> extra) {
    Tensor sum = null;
    int i = 0;
    for (Output o : bound()) {
      if (o.loss != null) {
        Tensor each =
            CAST.with(
                CAST.attrs("DstT", DType.F32),
                o.loss.apply(label(batch, i), predicted.get(i), weight(batch, i)));
        if (o.mean != null) {
          o.mean.updateState(each);
        }
        Tensor part = o.weight == 1 ? each : MUL.of(each, scalar(o.weight));
        sum = sum == null ? part : ADD.of(sum, part);
      }
      i++;
    }
    for (Tensor t : extra) {
      Tensor part = CAST.with(CAST.attrs("DstT", DType.F32), t);
      sum = sum == null ? part : ADD.of(sum, part);
    }
    if (sum == null) {
      throw Message.what("No loss to compute")
          .fix("provide a `loss` argument in `compile()`, or add losses in layers")
          .valueError();
    }
    return sum;
  }

  private static Tensor scalar(double x) {
    return Values.filled(Spec.of(DType.F32), x);
  }

  private static Tensor label(Batch batch, int i) {
    if (i >= batch.y().size()) {
      throw Message.what("there are no labels for output " + i)
          .given(batch.y().size() + " label tensors")
          .fix("pass labels for every output, or leave its loss out of compile")
          .valueError();
    }
    return batch.y().get(i);
  }

  private static @Nullable Tensor weight(Batch batch, int i) {
    List<Tensor> w = batch.weights();
    return w.isEmpty() ? null : w.get(Math.min(i, w.size() - 1));
  }

  /// Takes note of a step.
  ///
  /// @param samples how many the batch has, an int32 scalar
  void update(Tensor loss, Batch batch, List<Tensor> predicted, Tensor samples) {
    total.updateState(loss, CAST.with(CAST.attrs("DstT", DType.F32), samples));
    int i = 0;
    for (Output o : bound()) {
      for (Metric m : o.metrics) {
        m.updateState(label(batch, i), predicted.get(i), null);
      }
      for (Metric m : o.weighted) {
        m.updateState(label(batch, i), predicted.get(i), weight(batch, i));
      }
      i++;
    }
  }

  /// Returns the names of [#results]: the loss first.
  List<String> names() {
    List<String> names = new ArrayList<>(List.of("loss"));
    for (Output o : bound()) {
      if (o.mean != null) {
        names.add(o.mean.name());
      }
    }
    bound().forEach(o -> names.addAll(o.names));
    return names;
  }

  /// Returns the metrics in the order of [#names].
  List<Metric> metrics() {
    List<Metric> all = new ArrayList<>(List.of(total));
    if (outputs == null) {
      return all;
    }
    for (Output o : bound()) {
      if (o.mean != null) {
        all.add(o.mean);
      }
    }
    for (Output o : bound()) {
      all.addAll(o.metrics);
      all.addAll(o.weighted);
    }
    return all;
  }

  List<Tensor> results() {
    return metrics().stream().map(Metric::result).toList();
  }

  void reset() {
    metrics().forEach(Metric::resetState);
  }
}
