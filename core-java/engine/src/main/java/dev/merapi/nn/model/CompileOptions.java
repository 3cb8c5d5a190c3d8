package dev.merapi.nn.model;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What `compile` is told besides optimizer and loss.
///
/// ```java
/// model.compile("adam", "mse", new CompileOptions().metrics("mae").runEagerly(true));
/// ```
public final class CompileOptions {
  Object metrics = List.of();
  Object weightedMetrics = List.of();
  @Nullable Object lossWeights;
  boolean runEagerly;

  /// @param metrics objects, functions of labels and predictions, or names, for all outputs
  public CompileOptions metrics(Object... metrics) {
    this.metrics = List.of(metrics);
    return this;
  }

  /// Gives each output its own metrics: one, or a list, by the output's name.
  public CompileOptions metricsOf(Map<String, ?> byOutput) {
    this.metrics = byOutput;
    return this;
  }

  /// Metrics that sample and class weights count in.
  public CompileOptions weightedMetrics(Object... metrics) {
    this.weightedMetrics = List.of(metrics);
    return this;
  }

  /// What the losses of several outputs are multiplied by before they are added.
  public CompileOptions lossWeights(double... weights) {
    this.lossWeights = Arrays.stream(weights).boxed().toList();
    return this;
  }

  /// The same by the outputs' names.
  public CompileOptions lossWeights(Map<String, Double> weights) {
    this.lossWeights = weights;
    return this;
  }

  /// Runs steps operation by operation instead of as a graph, to be looked into with a debugger.
  public CompileOptions runEagerly(boolean on) {
    this.runEagerly = on;
    return this;
  }
}
