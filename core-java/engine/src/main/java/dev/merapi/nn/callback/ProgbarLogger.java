package dev.merapi.nn.callback;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// Prints how far training is: Keras's bar for each epoch, or one line.
///
/// On a terminal the bar grows in its line. Elsewhere, in a log file say, each epoch prints its
/// finished bar only.
public final class ProgbarLogger extends Callback {
  private final PrintStream out;
  private final boolean terminal;
  private Progbar bar = new Progbar(null, 1, System.out, false);
  private long seen;

  public ProgbarLogger() {
    this(System.out, System.console() != null && System.console().isTerminal());
  }

  /// @param terminal whether what was written in a line can be written over
  public ProgbarLogger(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  private void start() {
    bar = new Progbar(params().steps(), params().verbose(), out, terminal);
    seen = 0;
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    start();
    if (params().verbose() > 0 && params().epochs() > 1) {
      out.println("Epoch " + (epoch + 1) + "/" + params().epochs());
    }
  }

  @Override
  public void onTrainBatchEnd(int batch, Map<String, Double> logs) {
    seen = batch + 1L;
    bar.update(seen, logs);
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    bar.finish(seen, new LinkedHashMap<>(logs));
  }

  @Override
  public void onTestBegin(Map<String, Double> logs) {
    if (!inFit) {
      start();
    }
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    inFit = true;
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    inFit = false;
  }

  private boolean inFit;

  @Override
  public void onTestBatchEnd(int batch, Map<String, Double> logs) {
    if (!inFit) {
      seen = batch + 1L;
      bar.update(seen, logs);
    }
  }

  @Override
  public void onTestEnd(Map<String, Double> logs) {
    if (!inFit) {
      bar.finish(seen, logs);
    }
  }

  @Override
  public void onPredictBegin() {
    start();
  }

  @Override
  public void onPredictBatchEnd(int batch) {
    seen = batch + 1L;
    bar.update(seen, Map.of());
  }

  @Override
  public void onPredictEnd() {
    bar.finish(seen, Map.of());
  }
}
