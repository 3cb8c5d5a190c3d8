package dev.merapi.nn.callback;

import java.util.Map;

/// Sets the learning rate before each epoch.
public final class LearningRateScheduler extends Callback {
  /// Returns the learning rate of an epoch, counted from 0, from that of the one before.
  @FunctionalInterface
  public interface Schedule {
    double rate(int epoch, double rate);
  }

  private final Schedule schedule;
  private final int verbose;

  public LearningRateScheduler(Schedule schedule) {
    this(schedule, 0);
  }

  /// @param verbose 1 prints each rate
  public LearningRateScheduler(Schedule schedule, int verbose) {
    this.schedule = schedule;
    this.verbose = verbose;
  }

  @Override
  public void onEpochBegin(int epoch, Map<String, Double> logs) {
    double rate = schedule.rate(epoch, model().optimizer().learningRate());
    model().optimizer().setLearningRate(rate);
    if (verbose > 0) {
      System.out.println(
          "\nEpoch "
              + (epoch + 1)
              + ": LearningRateScheduler setting learning rate to "
              + PythonNumbers.of(rate)
              + ".");
    }
  }

  @Override
  public void onEpochEnd(int epoch, Map<String, Double> logs) {
    logs.put("lr", model().optimizer().learningRate());
  }
}
