package dev.merapi.nn.callback;

import dev.merapi.nn.model.Model;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks on while a model is trained, evaluated or asked.
///
/// `logs` holds the loss and metrics so far by name; numbers are read from the device when they are
/// asked for, so a callback that does not look costs nothing. Epochs and batches count from 0.
public abstract class Callback {
  private @Nullable Model model;
  private Params params = new Params(1, null, 0);

  /// What a run is about to do.
  ///
  /// @param steps how many batches an epoch has, or null when nobody knows yet
  public record Params(int epochs, @Nullable Long steps, int verbose) {}

  /// Tells the callback whom it looks at; called before everything else.
  public void setModel(Model model) {
    this.model = model;
  }

  public void setParams(Params params) {
    this.params = params;
  }

  /// Returns the model that is being trained.
  public final Model model() {
    if (model == null) {
      throw new IllegalStateException("a callback has a model only while it is passed to one");
    }
    return model;
  }

  public final Params params() {
    return params;
  }

  public void onTrainBegin(Map<String, Double> logs) {}

  public void onTrainEnd(Map<String, Double> logs) {}

  public void onEpochBegin(int epoch, Map<String, Double> logs) {}

  /// @param logs with `val_…` when there were validation data
  public void onEpochEnd(int epoch, Map<String, Double> logs) {}

  public void onTrainBatchBegin(int batch, Map<String, Double> logs) {}

  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {}

  public void onTestBegin(Map<String, Double> logs) {}

  public void onTestEnd(Map<String, Double> logs) {}

  public void onTestBatchBegin(int batch, Map<String, Double> logs) {}

  public void onTestBatchEnd(int batch, Map<String, Double> logs) {}

  public void onPredictBegin() {}

  public void onPredictEnd() {}

  public void onPredictBatchBegin(int batch) {}

  public void onPredictBatchEnd(int batch) {}

  /// Tells whether [#onGradients] shall be called; then each training step hands its gradients out.
  public boolean wantsGradients() {
    return false;
  }

  /// Sees the gradients of a step, before clipping, by the names of their variables.
  public void onGradients(int batch, Map<String, Tensor> gradients) {}
}
