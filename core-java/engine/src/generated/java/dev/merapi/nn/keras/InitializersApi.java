// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.init.Constant;
import dev.merapi.nn.init.Identity;
import dev.merapi.nn.init.Ones;
import dev.merapi.nn.init.Zeros;

/// `tf.keras.initializers`.
public abstract class InitializersApi {
  protected InitializersApi() {}

  /// Fills with one number.
  public static Constant Constant() {
    return new Constant();
  }

  /// Fills with one number.
  public static Constant Constant(double value) {
    return new Constant(value);
  }

  /// Puts `gain` on the diagonal of a matrix, zeros elsewhere.
  public static Identity Identity() {
    return new Identity();
  }

  /// Puts `gain` on the diagonal of a matrix, zeros elsewhere.
  public static Identity Identity(double gain) {
    return new Identity(gain);
  }

  /// Fills with ones.
  public static Ones Ones() {
    return new Ones();
  }

  /// Fills with zeros.
  public static Zeros Zeros() {
    return new Zeros();
  }
}
