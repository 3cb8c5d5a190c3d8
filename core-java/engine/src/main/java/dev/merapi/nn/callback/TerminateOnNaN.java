package dev.merapi.nn.callback;

import java.util.Map;

/// Stops training at once when the loss is no number any more.
public final class TerminateOnNaN extends Callback {
  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    Double loss = logs.get("loss");
    if (loss != null && !Double.isFinite(loss)) {
      System.out.println("Batch " + batch + ": Invalid loss, terminating training");
      model().setStopTraining(true);
    }
  }
}
