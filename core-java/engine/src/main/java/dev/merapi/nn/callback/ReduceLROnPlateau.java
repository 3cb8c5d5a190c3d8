package dev.merapi.nn.callback;

import dev.merapi.say.Message;
import java.util.Map;

/// Lowers the learning rate when a number has stopped getting better.
public final class ReduceLROnPlateau extends Callback {
  private final Watching watching;
  private final double factor;
  private final int patience;
  private int verbose;
  private int cooldown;
  private double minLr;
  private int cooling;
  private int wait;

  /// Watches `val_loss`, and takes a tenth of the rate after ten epochs.
  public ReduceLROnPlateau() {
    this("val_loss", 0.1, 10);
  }

  public ReduceLROnPlateau(String monitor, double factor, int patience) {
    this(monitor, factor, patience, 1e-4, "auto");
  }

  /// @param factor what the rate is multiplied by, below 1
  /// @param patience epochs without a better number that are let pass
  /// @param minDelta smaller changes do not count as better
  /// @param mode `min`, `max` or `auto`
  public ReduceLROnPlateau(
      String monitor, double factor, int patience, double minDelta, String mode) {
    if (factor >= 1) {
      throw Message.what("ReduceLROnPlateau does not support a factor >= 1.0. Got " + factor)
          .expected("a number below 1")
          .valueError();
    }
    this.watching = new Watching("Learning rate reduction", monitor, mode, minDelta);
    this.factor = factor;
    this.patience = patience;
  }

  /// Waits so many epochs after a change before it watches again.
  public ReduceLROnPlateau cooldown(int epochs) {
    cooldown = epochs;
    return this;
  }

  /// Never goes below this rate.
  public ReduceLROnPlateau minLr(double rate) {
    minLr = rate;
    return this;
  }

  public ReduceLROnPlateau verbose(int level) {
    verbose = level;
    return this;
  }

  @Override
  public void onTrainBegin(Map<String, Double> logs) {
    watching.reset();
    cooling = 0;
    wait = 0;
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    logs.put("lr", model().optimizer().learningRate());
    Double current = watching.in(logs, "Learning rate reduction");
    if (current == null) {
      return;
    }
    if (cooling > 0) {
      cooling--;
      wait = 0;
    }
    if (watching.improves(current)) {
      wait = 0;
    } else if (cooling == 0) {
      wait++;
      if (wait >= patience) {
        reduce(epoch);
      }
    }
  }

  private void reduce(int epoch) {
    double old = model().optimizer().learningRate();
    if (old > (float) minLr) {
      double rate = Math.max(old * factor, minLr);
      model().optimizer().setLearningRate(rate);
      if (verbose > 0) {
        System.out.println(
            "\nEpoch "
                + (epoch + 1)
                + ": ReduceLROnPlateau reducing learning rate to "
                + PythonNumbers.of(rate)
                + ".");
      }
      cooling = cooldown;
      wait = 0;
    }
  }
}
