// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.metric.AUC;
import dev.merapi.nn.metric.Precision;
import dev.merapi.nn.metric.R2Score;
import dev.merapi.nn.metric.Recall;
import dev.merapi.nn.metric.Sum;
import org.jspecify.annotations.Nullable;

/// `tf.keras.metrics`.
public abstract class MetricsApi {
  protected MetricsApi() {}

  /// Computes the area under a curve of two shares over all thresholds.
  public static AUC AUC() {
    return new AUC();
  }

  /// Computes the area under a curve of two shares over all thresholds.
  public static AUC AUC(String curve) {
    return new AUC(curve);
  }

  /// Computes the area under a curve of two shares over all thresholds.
  public static AUC AUC(int numThresholds, String curve, String summationMethod) {
    return new AUC(numThresholds, curve, summationMethod);
  }

  /// Computes which share of what is predicted positive is positive: `TP / (TP + FP)`.
  public static Precision Precision() {
    return new Precision();
  }

  /// Computes which share of what is predicted positive is positive: `TP / (TP + FP)`.
  public static Precision Precision(double... thresholds) {
    return new Precision(thresholds);
  }

  /// Computes which share of the variance of the labels predictions explain: `1 − Σ (y_true −
  /// y_pred)² / Σ (y_true − mean)²`.
  public static R2Score R2Score() {
    return new R2Score();
  }

  /// Computes which share of the variance of the labels predictions explain: `1 − Σ (y_true −
  /// y_pred)² / Σ (y_true − mean)²`.
  public static R2Score R2Score(@Nullable String classAggregation, int numRegressors) {
    return new R2Score(classAggregation, numRegressors);
  }

  /// Computes which share of positives is predicted positive: `TP / (TP + FN)`.
  public static Recall Recall() {
    return new Recall();
  }

  /// Computes which share of positives is predicted positive: `TP / (TP + FN)`.
  public static Recall Recall(double... thresholds) {
    return new Recall(thresholds);
  }

  /// Computes the weighted sum of the values given: `Σ w · x`.
  public static Sum Sum() {
    return new Sum();
  }

  /// Computes the weighted sum of the values given: `Σ w · x`.
  public static Sum Sum(String name) {
    return new Sum(name);
  }
}
