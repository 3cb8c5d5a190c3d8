// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.optimizer.schedule.CosineDecay;
import dev.merapi.nn.optimizer.schedule.CosineDecayRestarts;
import dev.merapi.nn.optimizer.schedule.ExponentialDecay;
import dev.merapi.nn.optimizer.schedule.InverseTimeDecay;
import dev.merapi.nn.optimizer.schedule.PiecewiseConstantDecay;
import dev.merapi.nn.optimizer.schedule.PolynomialDecay;

/// `tf.keras.schedules`.
public abstract class SchedulesApi {
  protected SchedulesApi() {}

  /// Lets the rate fall along half a cosine, if asked for after a straight warm-up.
  public static CosineDecay CosineDecay(double initialLearningRate, Number decaySteps) {
    return new CosineDecay(initialLearningRate, decaySteps);
  }

  /// Lets the rate fall along half a cosine again and again, each time longer or from lower.
  public static CosineDecayRestarts CosineDecayRestarts(
      double initialLearningRate, Number firstDecaySteps) {
    return new CosineDecayRestarts(initialLearningRate, firstDecaySteps);
  }

  /// Multiplies the rate by the same factor every so many steps: `initial · rate^(step / steps)`.
  public static ExponentialDecay ExponentialDecay(
      double initialLearningRate, Number decaySteps, double decayRate) {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate);
  }

  /// Multiplies the rate by the same factor every so many steps: `initial · rate^(step / steps)`.
  public static ExponentialDecay ExponentialDecay(
      double initialLearningRate, Number decaySteps, double decayRate, boolean staircase) {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, staircase);
  }

  /// Lets the rate fall as one over the steps: `initial / (1 + rate · step / steps)`.
  public static InverseTimeDecay InverseTimeDecay(
      double initialLearningRate, Number decaySteps, double decayRate) {
    return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate);
  }

  /// Lets the rate fall as one over the steps: `initial / (1 + rate · step / steps)`.
  public static InverseTimeDecay InverseTimeDecay(
      double initialLearningRate, Number decaySteps, double decayRate, boolean staircase) {
    return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, staircase);
  }

  /// Changes the rate at given steps and keeps it between: up to and with the first boundary the
  /// first value, up to the second the second, …
  public static PiecewiseConstantDecay PiecewiseConstantDecay(
      double[] boundaries, double[] values) {
    return new PiecewiseConstantDecay(boundaries, values);
  }

  /// Lets the rate fall to its end along a power of the steps that are left.
  public static PolynomialDecay PolynomialDecay(double initialLearningRate, Number decaySteps) {
    return new PolynomialDecay(initialLearningRate, decaySteps);
  }
}
