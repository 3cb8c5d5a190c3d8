package dev.merapi.nn.callback;

import dev.merapi.tensor.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Stops training when a number no longer gets better.
public final class EarlyStopping extends Callback {
  private final Watching watching;
  private int patience;
  private int verbose;
  private @Nullable Double baseline;
  private boolean restoreBestWeights;
  private int startFromEpoch;
  private int wait;
  private int stoppedEpoch;
  private int bestEpoch;
  private @Nullable List<Tensor> bestWeights;

  /// Watches `val_loss` and stops at the first epoch that does not improve it.
  public EarlyStopping() {
    this("val_loss", 0);
  }

  /// @param patience epochs without a better number that are let pass
  public EarlyStopping(String monitor, int patience) {
    this(monitor, patience, 0, "auto");
  }

  /// @param minDelta smaller changes do not count as better
  /// @param mode `min`, `max` or `auto`
  public EarlyStopping(String monitor, int patience, double minDelta, String mode) {
    watching = new Watching("Early stopping", monitor, mode, minDelta);
    this.patience = patience;
  }

  /// Gives the model the weights of its best epoch when training ends.
  public EarlyStopping restoreBestWeights(boolean on) {
    restoreBestWeights = on;
    return this;
  }

  /// Only numbers better than this count.
  public EarlyStopping baseline(double value) {
    baseline = value;
    return this;
  }

  /// Does not watch before this epoch.
  public EarlyStopping startFromEpoch(int epoch) {
    startFromEpoch = epoch;
    return this;
  }

  public EarlyStopping verbose(int level) {
    verbose = level;
    return this;
  }

  public EarlyStopping patience(int epochs) {
    patience = epochs;
    return this;
  }

  /// Returns the epoch at which training was stopped, from 0; 0 when it was not.
  public int stoppedEpoch() {
    return stoppedEpoch;
  }

  public int bestEpoch() {
    return bestEpoch;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    wait = 0;
    stoppedEpoch = 0;
    bestEpoch = 0;
    bestWeights = null;
    watching.reset();
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    Double current = watching.in(logs, "Early stopping");
    if (current == null || epoch < startFromEpoch) {
      return;
    }
    if (restoreBestWeights && bestWeights == null) {
      bestWeights = model().getWeights();
      bestEpoch = epoch;
    }
    wait++;
    if (watching.improves(current)) {
      bestEpoch = epoch;
      if (restoreBestWeights) {
        bestWeights = model().getWeights();
      }
      if (baseline == null || watching.isBetter(current, baseline)) {
        wait = 0;
      }
      return;
    }
    if (wait >= patience && epoch > 0) {
      stoppedEpoch = epoch;
      model().setStopTraining(true);
    }
  }

  @Override
  public void onTrainEnd(Map<String, Double> logs) {
    if (stoppedEpoch > 0 && verbose > 0) {
      System.out.println("Epoch " + (stoppedEpoch + 1) + ": early stopping");
    }
    if (restoreBestWeights && bestWeights != null) {
      if (verbose > 0) {
        System.out.println(
            "Restoring model weights from the end of the best epoch: " + (bestEpoch + 1) + ".");
      }
      model().setWeights(bestWeights);
    }
  }
}
