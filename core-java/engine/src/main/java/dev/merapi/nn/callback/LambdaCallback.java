package dev.merapi.nn.callback;

import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A callback of single functions.
///
/// ```java
/// new LambdaCallback().onEpochEnd((epoch, logs) -> IO.println(epoch + " " + logs.get("loss")));
/// ```
public final class LambdaCallback extends Callback {
  /// Takes the number of an epoch or batch, and its logs.
  @FunctionalInterface
  public interface Step {
    void at(int index, Map<String, Double> logs);
  }

  private @Nullable Step epochBegin;
  private @Nullable Step epochEnd;
  private @Nullable Step batchBegin;
  private @Nullable Step batchEnd;
  private @Nullable Consumer<Map<String, Double>> trainBegin;
  private @Nullable Consumer<Map<String, Double>> trainEnd;

  public LambdaCallback onEpochBegin(Step step) {
    epochBegin = step;
    return this;
  }

  public LambdaCallback onEpochEnd(Step step) {
    epochEnd = step;
    return this;
  }

  public LambdaCallback onTrainBatchBegin(Step step) {
    batchBegin = step;
    return this;
  }

  public LambdaCallback onTrainBatchEnd(Step step) {
    batchEnd = step;
    return this;
  }

  public LambdaCallback onTrainBegin(Consumer<Map<String, Double>> step) {
    trainBegin = step;
    return this;
  }

  public LambdaCallback onTrainEnd(Consumer<Map<String, Double>> step) {
    trainEnd = step;
    return this;
  }

  private static void run(@Nullable Step step, int index, Map<String, Double> logs) {
    if (step != null) {
      step.at(index, logs);
    }
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    run(epochBegin, epoch, logs);
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    run(epochEnd, epoch, logs);
  }

  @Override
  public void onTrainBatchBegin(int batch, Map<String, Double> logs) {
    run(batchBegin, batch, logs);
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    run(batchEnd, batch, logs);
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    if (trainBegin != null) {
      trainBegin.accept(logs);
    }
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    if (trainEnd != null) {
      trainEnd.accept(logs);
    }
  }
}
