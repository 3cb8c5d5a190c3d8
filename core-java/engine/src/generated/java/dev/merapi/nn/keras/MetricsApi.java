// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.loss.LossFunction;
import dev.merapi.nn.metric.AUC;
import dev.merapi.nn.metric.Accuracy;
import dev.merapi.nn.metric.BinaryAccuracy;
import dev.merapi.nn.metric.BinaryCrossentropy;
import dev.merapi.nn.metric.BinaryIoU;
import dev.merapi.nn.metric.CategoricalAccuracy;
import dev.merapi.nn.metric.CategoricalCrossentropy;
import dev.merapi.nn.metric.CategoricalHinge;
import dev.merapi.nn.metric.ConcordanceCorrelation;
import dev.merapi.nn.metric.CosineSimilarity;
import dev.merapi.nn.metric.F1Score;
import dev.merapi.nn.metric.FBetaScore;
import dev.merapi.nn.metric.FalseNegatives;
import dev.merapi.nn.metric.FalsePositives;
import dev.merapi.nn.metric.Hinge;
import dev.merapi.nn.metric.IoU;
import dev.merapi.nn.metric.KLDivergence;
import dev.merapi.nn.metric.LogCoshError;
import dev.merapi.nn.metric.Mean;
import dev.merapi.nn.metric.MeanAbsoluteError;
import dev.merapi.nn.metric.MeanAbsolutePercentageError;
import dev.merapi.nn.metric.MeanIoU;
import dev.merapi.nn.metric.MeanMetricWrapper;
import dev.merapi.nn.metric.MeanSquaredError;
import dev.merapi.nn.metric.MeanSquaredLogarithmicError;
import dev.merapi.nn.metric.OneHotIoU;
import dev.merapi.nn.metric.OneHotMeanIoU;
import dev.merapi.nn.metric.PearsonCorrelation;
import dev.merapi.nn.metric.Poisson;
import dev.merapi.nn.metric.Precision;
import dev.merapi.nn.metric.PrecisionAtRecall;
import dev.merapi.nn.metric.R2Score;
import dev.merapi.nn.metric.Recall;
import dev.merapi.nn.metric.RecallAtPrecision;
import dev.merapi.nn.metric.RootMeanSquaredError;
import dev.merapi.nn.metric.SensitivityAtSpecificity;
import dev.merapi.nn.metric.SparseCategoricalAccuracy;
import dev.merapi.nn.metric.SparseCategoricalCrossentropy;
import dev.merapi.nn.metric.SparseTopKCategoricalAccuracy;
import dev.merapi.nn.metric.SpecificityAtSensitivity;
import dev.merapi.nn.metric.SquaredHinge;
import dev.merapi.nn.metric.Sum;
import dev.merapi.nn.metric.TopKCategoricalAccuracy;
import dev.merapi.nn.metric.TrueNegatives;
import dev.merapi.nn.metric.TruePositives;
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

  /// Computes how often predictions equal labels.
  public static Accuracy Accuracy() {
    return new Accuracy();
  }

  /// Computes how often predictions on the right side of a threshold are: above it for labels of 1,
  /// not above it for labels of 0.
  public static BinaryAccuracy BinaryAccuracy() {
    return new BinaryAccuracy();
  }

  /// Computes how often predictions on the right side of a threshold are: above it for labels of 1,
  /// not above it for labels of 0.
  public static BinaryAccuracy BinaryAccuracy(double threshold) {
    return new BinaryAccuracy(threshold);
  }

  /// Computes the mean of `−(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`.
  public static BinaryCrossentropy BinaryCrossentropy() {
    return new BinaryCrossentropy();
  }

  /// Computes the mean of `−(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`.
  public static BinaryCrossentropy BinaryCrossentropy(boolean fromLogits) {
    return new BinaryCrossentropy(fromLogits);
  }

  /// Computes the mean intersection over union of the two sides of a threshold; see [IoU].
  public static BinaryIoU BinaryIoU() {
    return new BinaryIoU();
  }

  /// Computes the mean intersection over union of the two sides of a threshold; see [IoU].
  public static BinaryIoU BinaryIoU(int[] targetClassIds, double threshold) {
    return new BinaryIoU(targetClassIds, threshold);
  }

  /// Computes how often the largest prediction is the one of the one-hot label.
  public static CategoricalAccuracy CategoricalAccuracy() {
    return new CategoricalAccuracy();
  }

  /// Computes the mean of `−Σ y_true · log(y_pred)`; labels are one-hot or shares.
  public static CategoricalCrossentropy CategoricalCrossentropy() {
    return new CategoricalCrossentropy();
  }

  /// Computes the mean of `−Σ y_true · log(y_pred)`; labels are one-hot or shares.
  public static CategoricalCrossentropy CategoricalCrossentropy(boolean fromLogits) {
    return new CategoricalCrossentropy(fromLogits);
  }

  /// Computes the mean of `max(neg − pos + 1, 0)` with `pos = Σ y_true · y_pred`, `neg = max((1 −
  /// y_true) · y_pred)`.
  public static CategoricalHinge CategoricalHinge() {
    return new CategoricalHinge();
  }

  /// Computes how closely predictions follow labels, in direction, spread and mean; 1 where they
  /// are the same.
  public static ConcordanceCorrelation ConcordanceCorrelation() {
    return new ConcordanceCorrelation();
  }

  /// Computes the mean cosine of the angle between labels and predictions: 1 for the same
  /// direction.
  public static CosineSimilarity CosineSimilarity() {
    return new CosineSimilarity();
  }

  /// Computes the harmonic mean of precision and recall: `2 · p · r / (p + r)`; see [FBetaScore].
  public static F1Score F1Score() {
    return new F1Score();
  }

  /// Computes the harmonic mean of precision and recall: `2 · p · r / (p + r)`; see [FBetaScore].
  public static F1Score F1Score(@Nullable String average) {
    return new F1Score(average);
  }

  /// Computes the weighted harmonic mean of precision and recall: `(1 + β²) · p · r / (β² · p +
  /// r)`.
  public static FBetaScore FBetaScore() {
    return new FBetaScore();
  }

  /// Computes the weighted harmonic mean of precision and recall: `(1 + β²) · p · r / (β² · p +
  /// r)`.
  public static FBetaScore FBetaScore(@Nullable String average, double beta) {
    return new FBetaScore(average, beta);
  }

  /// Counts labels of 1 with a prediction that is not above the threshold.
  public static FalseNegatives FalseNegatives() {
    return new FalseNegatives();
  }

  /// Counts labels of 1 with a prediction that is not above the threshold.
  public static FalseNegatives FalseNegatives(double... thresholds) {
    return new FalseNegatives(thresholds);
  }

  /// Counts labels of 0 with a prediction above the threshold.
  public static FalsePositives FalsePositives() {
    return new FalsePositives();
  }

  /// Counts labels of 0 with a prediction above the threshold.
  public static FalsePositives FalsePositives(double... thresholds) {
    return new FalsePositives(thresholds);
  }

  /// Computes the mean of `max(1 − y_true · y_pred, 0)`; labels are −1 and 1, or 0 and 1.
  public static Hinge Hinge() {
    return new Hinge();
  }

  /// Computes the mean intersection over union of some classes: `TP / (TP + FP + FN)`.
  public static IoU IoU(int numClasses, int... targetClassIds) {
    return new IoU(numClasses, targetClassIds);
  }

  /// Computes the mean of `Σ y_true · log(y_true / y_pred)`.
  public static KLDivergence KLDivergence() {
    return new KLDivergence();
  }

  /// Computes the mean of `log(cosh(y_pred − y_true))`.
  public static LogCoshError LogCoshError() {
    return new LogCoshError();
  }

  /// Computes the weighted mean of the values given: `Σ w · x / Σ w`.
  public static Mean Mean() {
    return new Mean();
  }

  /// Computes the weighted mean of the values given: `Σ w · x / Σ w`.
  public static Mean Mean(String name) {
    return new Mean(name);
  }

  /// Computes the mean of `|y_true − y_pred|`.
  public static MeanAbsoluteError MeanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /// Computes the mean of `100 · |y_true − y_pred| / max(|y_true|, ε)`.
  public static MeanAbsolutePercentageError MeanAbsolutePercentageError() {
    return new MeanAbsolutePercentageError();
  }

  /// Computes the mean intersection over union of all classes: `TP / (TP + FP + FN)`; see [IoU].
  public static MeanIoU MeanIoU(int numClasses) {
    return new MeanIoU(numClasses);
  }

  /// The mean of a program's own function of labels and predictions.
  public static MeanMetricWrapper MeanMetricWrapper(LossFunction function) {
    return new MeanMetricWrapper(function);
  }

  /// The mean of a program's own function of labels and predictions.
  public static MeanMetricWrapper MeanMetricWrapper(LossFunction function, @Nullable String name) {
    return new MeanMetricWrapper(function, name);
  }

  /// Computes the mean of `(y_true − y_pred)²`.
  public static MeanSquaredError MeanSquaredError() {
    return new MeanSquaredError();
  }

  /// Computes the mean of `(log(y_true + 1) − log(y_pred + 1))²`.
  public static MeanSquaredLogarithmicError MeanSquaredLogarithmicError() {
    return new MeanSquaredLogarithmicError();
  }

  /// Computes the mean intersection over union of some classes, for one-hot labels; see [IoU].
  public static OneHotIoU OneHotIoU(int numClasses, int... targetClassIds) {
    return new OneHotIoU(numClasses, targetClassIds);
  }

  /// Computes the mean intersection over union of all classes, for one-hot labels; see [IoU].
  public static OneHotMeanIoU OneHotMeanIoU(int numClasses) {
    return new OneHotMeanIoU(numClasses);
  }

  /// Computes the mean correlation of labels and predictions along an axis: 1 where one is a
  /// straight function of the other.
  public static PearsonCorrelation PearsonCorrelation() {
    return new PearsonCorrelation();
  }

  /// Computes the mean of `y_pred − y_true · log(y_pred + ε)`.
  public static Poisson Poisson() {
    return new Poisson();
  }

  /// Computes which share of what is predicted positive is positive: `TP / (TP + FP)`.
  public static Precision Precision() {
    return new Precision();
  }

  /// Computes which share of what is predicted positive is positive: `TP / (TP + FP)`.
  public static Precision Precision(double... thresholds) {
    return new Precision(thresholds);
  }

  /// Computes the best precision of all thresholds that reach a recall; 0 where none does.
  public static PrecisionAtRecall PrecisionAtRecall(double recall) {
    return new PrecisionAtRecall(recall);
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

  /// Computes the best recall of all thresholds that reach a precision; 0 where none does.
  public static RecallAtPrecision RecallAtPrecision(double precision) {
    return new RecallAtPrecision(precision);
  }

  /// Computes `√ mean((y_true − y_pred)²)` over all elements.
  public static RootMeanSquaredError RootMeanSquaredError() {
    return new RootMeanSquaredError();
  }

  /// Computes the best recall (sensitivity) of all thresholds that reach a specificity; 0 where
  /// none does.
  public static SensitivityAtSpecificity SensitivityAtSpecificity(double specificity) {
    return new SensitivityAtSpecificity(specificity);
  }

  /// Computes how often the largest prediction is the one that the label numbers.
  public static SparseCategoricalAccuracy SparseCategoricalAccuracy() {
    return new SparseCategoricalAccuracy();
  }

  /// Computes the mean of `−log(y_pred[y_true])`; labels are class numbers.
  public static SparseCategoricalCrossentropy SparseCategoricalCrossentropy() {
    return new SparseCategoricalCrossentropy();
  }

  /// Computes the mean of `−log(y_pred[y_true])`; labels are class numbers.
  public static SparseCategoricalCrossentropy SparseCategoricalCrossentropy(boolean fromLogits) {
    return new SparseCategoricalCrossentropy(fromLogits);
  }

  /// Computes how often the class that the label numbers is among the `k` largest predictions.
  public static SparseTopKCategoricalAccuracy SparseTopKCategoricalAccuracy() {
    return new SparseTopKCategoricalAccuracy();
  }

  /// Computes how often the class that the label numbers is among the `k` largest predictions.
  public static SparseTopKCategoricalAccuracy SparseTopKCategoricalAccuracy(int k) {
    return new SparseTopKCategoricalAccuracy(k);
  }

  /// Computes the best specificity of all thresholds that reach a sensitivity (recall); 0 where
  /// none does.
  public static SpecificityAtSensitivity SpecificityAtSensitivity(double sensitivity) {
    return new SpecificityAtSensitivity(sensitivity);
  }

  /// Computes the mean of `max(1 − y_true · y_pred, 0)²`; labels are −1 and 1, or 0 and 1.
  public static SquaredHinge SquaredHinge() {
    return new SquaredHinge();
  }

  /// Computes the weighted sum of the values given: `Σ w · x`.
  public static Sum Sum() {
    return new Sum();
  }

  /// Computes the weighted sum of the values given: `Σ w · x`.
  public static Sum Sum(String name) {
    return new Sum(name);
  }

  /// Computes how often the class of the one-hot label is among the `k` largest predictions.
  public static TopKCategoricalAccuracy TopKCategoricalAccuracy() {
    return new TopKCategoricalAccuracy();
  }

  /// Computes how often the class of the one-hot label is among the `k` largest predictions.
  public static TopKCategoricalAccuracy TopKCategoricalAccuracy(int k) {
    return new TopKCategoricalAccuracy(k);
  }

  /// Counts labels of 0 with a prediction that is not above the threshold.
  public static TrueNegatives TrueNegatives() {
    return new TrueNegatives();
  }

  /// Counts labels of 0 with a prediction that is not above the threshold.
  public static TrueNegatives TrueNegatives(double... thresholds) {
    return new TrueNegatives(thresholds);
  }

  /// Counts labels of 1 with a prediction above the threshold.
  public static TruePositives TruePositives() {
    return new TruePositives();
  }

  /// Counts labels of 1 with a prediction above the threshold.
  public static TruePositives TruePositives(double... thresholds) {
    return new TruePositives(thresholds);
  }
}
