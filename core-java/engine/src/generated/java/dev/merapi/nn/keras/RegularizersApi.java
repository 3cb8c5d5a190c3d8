// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.regularize.L1;
import dev.merapi.nn.regularize.L1L2;
import dev.merapi.nn.regularize.L2;
import dev.merapi.nn.regularize.OrthogonalRegularizer;

/// `tf.keras.regularizers`.
public abstract class RegularizersApi {
  protected RegularizersApi() {}

  /// Adds `l1 · Σ |x|`.
  public static L1 L1() {
    return new L1();
  }

  /// Adds `l1 · Σ |x|`.
  public static L1 L1(double l1) {
    return new L1(l1);
  }

  /// Adds `l1 · Σ |x| + l2 · Σ x²`; both weights are 0 by default.
  public static L1L2 L1L2() {
    return new L1L2();
  }

  /// Adds `l1 · Σ |x| + l2 · Σ x²`; both weights are 0 by default.
  public static L1L2 L1L2(double l1, double l2) {
    return new L1L2(l1, l2);
  }

  /// Adds `l2 · Σ x²`.
  public static L2 L2() {
    return new L2();
  }

  /// Adds `l2 · Σ x²`.
  public static L2 L2(double l2) {
    return new L2(l2);
  }

  /// Adds `factor` times the mean of `|cos|` over all pairs of rows of a matrix, or of columns, so
  /// that they become orthogonal.
  public static OrthogonalRegularizer OrthogonalRegularizer() {
    return new OrthogonalRegularizer();
  }

  /// Adds `factor` times the mean of `|cos|` over all pairs of rows of a matrix, or of columns, so
  /// that they become orthogonal.
  public static OrthogonalRegularizer OrthogonalRegularizer(double factor, String mode) {
    return new OrthogonalRegularizer(factor, mode);
  }
}
