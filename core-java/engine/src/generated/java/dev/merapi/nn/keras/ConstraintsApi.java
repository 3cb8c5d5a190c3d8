// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.constrain.MaxNorm;
import dev.merapi.nn.constrain.MinMaxNorm;
import dev.merapi.nn.constrain.NonNeg;
import dev.merapi.nn.constrain.UnitNorm;

/// `tf.keras.constraints`.
public abstract class ConstraintsApi {
  protected ConstraintsApi() {}

  /// Shortens the vectors along `axis` that are longer than `max_value`.
  public static MaxNorm MaxNorm() {
    return new MaxNorm();
  }

  /// Shortens the vectors along `axis` that are longer than `max_value`.
  public static MaxNorm MaxNorm(double maxValue, int... axis) {
    return new MaxNorm(maxValue, axis);
  }

  /// Brings the lengths of the vectors along `axis` between two bounds: all the way with a `rate`
  /// of 1, else that share of the way at each step.
  public static MinMaxNorm MinMaxNorm() {
    return new MinMaxNorm();
  }

  /// Brings the lengths of the vectors along `axis` between two bounds: all the way with a `rate`
  /// of 1, else that share of the way at each step.
  public static MinMaxNorm MinMaxNorm(double minValue, double maxValue, double rate, int... axis) {
    return new MinMaxNorm(minValue, maxValue, rate, axis);
  }

  /// Sets negative weights to 0.
  public static NonNeg NonNeg() {
    return new NonNeg();
  }

  /// Gives the vectors along `axis` the length 1.
  public static UnitNorm UnitNorm() {
    return new UnitNorm();
  }

  /// Gives the vectors along `axis` the length 1.
  public static UnitNorm UnitNorm(int... axis) {
    return new UnitNorm(axis);
  }
}
