// Generated from the classes in dev.merapi.nn by dev.merapi.generate.KerasFacades: do not edit.
package dev.merapi.nn.keras;

import dev.merapi.nn.loss.BinaryCrossentropy;
import dev.merapi.nn.loss.BinaryFocalCrossentropy;
import dev.merapi.nn.loss.CTC;
import dev.merapi.nn.loss.CategoricalCrossentropy;
import dev.merapi.nn.loss.CategoricalFocalCrossentropy;
import dev.merapi.nn.loss.CategoricalGeneralizedCrossEntropy;
import dev.merapi.nn.loss.CategoricalHinge;
import dev.merapi.nn.loss.Circle;
import dev.merapi.nn.loss.CosineSimilarity;
import dev.merapi.nn.loss.Dice;
import dev.merapi.nn.loss.FunctionLoss;
import dev.merapi.nn.loss.Hinge;
import dev.merapi.nn.loss.Huber;
import dev.merapi.nn.loss.KLDivergence;
import dev.merapi.nn.loss.LogCosh;
import dev.merapi.nn.loss.Loss;
import dev.merapi.nn.loss.LossFunction;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.loss.MeanAbsoluteError;
import dev.merapi.nn.loss.MeanAbsolutePercentageError;
import dev.merapi.nn.loss.MeanSquaredError;
import dev.merapi.nn.loss.MeanSquaredLogarithmicError;
import dev.merapi.nn.loss.Poisson;
import dev.merapi.nn.loss.SparseCategoricalCrossentropy;
import dev.merapi.nn.loss.SquaredHinge;
import dev.merapi.nn.loss.Tversky;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// `tf.keras.losses`.
public abstract class LossesApi {
  protected LossesApi() {}

  /// Computes `−mean(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`: for outputs of which
  /// each is a probability of its own.
  public static BinaryCrossentropy BinaryCrossentropy() {
    return new BinaryCrossentropy();
  }

  /// Computes `−mean(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`: for outputs of which
  /// each is a probability of its own.
  public static BinaryCrossentropy BinaryCrossentropy(boolean fromLogits) {
    return new BinaryCrossentropy(fromLogits);
  }

  /// Computes a binary cross-entropy in which samples that are right already count little.
  public static BinaryFocalCrossentropy BinaryFocalCrossentropy() {
    return new BinaryFocalCrossentropy();
  }

  /// Computes a binary cross-entropy in which samples that are right already count little.
  public static BinaryFocalCrossentropy BinaryFocalCrossentropy(boolean fromLogits) {
    return new BinaryFocalCrossentropy(fromLogits);
  }

  /// Computes minus the logarithm of the probability of a sequence of labels, over all ways in
  /// which it can lie in a longer sequence of predictions.
  public static CTC CTC() {
    return new CTC();
  }

  /// Computes `−Σ y_true · log(y_pred)`: for one class out of several, labels being one-hot or
  /// shares.
  public static CategoricalCrossentropy CategoricalCrossentropy() {
    return new CategoricalCrossentropy();
  }

  /// Computes `−Σ y_true · log(y_pred)`: for one class out of several, labels being one-hot or
  /// shares.
  public static CategoricalCrossentropy CategoricalCrossentropy(boolean fromLogits) {
    return new CategoricalCrossentropy(fromLogits);
  }

  /// Computes a cross-entropy of classes in which samples that are right already count little.
  public static CategoricalFocalCrossentropy CategoricalFocalCrossentropy() {
    return new CategoricalFocalCrossentropy();
  }

  /// Computes a cross-entropy of classes in which samples that are right already count little.
  public static CategoricalFocalCrossentropy CategoricalFocalCrossentropy(boolean fromLogits) {
    return new CategoricalFocalCrossentropy(fromLogits);
  }

  /// Computes `(1 − p^q) / q` with `p` the probability of the true class: close to a cross-entropy
  /// for a small `q`, to the absolute error for one near 1, and less harmed by wrong labels.
  public static CategoricalGeneralizedCrossEntropy CategoricalGeneralizedCrossEntropy() {
    return new CategoricalGeneralizedCrossEntropy();
  }

  /// Computes `(1 − p^q) / q` with `p` the probability of the true class: close to a cross-entropy
  /// for a small `q`, to the absolute error for one near 1, and less harmed by wrong labels.
  public static CategoricalGeneralizedCrossEntropy CategoricalGeneralizedCrossEntropy(double q) {
    return new CategoricalGeneralizedCrossEntropy(q);
  }

  /// Computes `max(neg − pos + 1, 0)` with `pos = Σ y_true · y_pred`, `neg = max((1 − y_true) ·
  /// y_pred)`.
  public static CategoricalHinge CategoricalHinge() {
    return new CategoricalHinge();
  }

  /// Computes how far vectors of one class are apart, and those of different classes together.
  public static Circle Circle() {
    return new Circle();
  }

  /// Computes minus the cosine of the angle between labels and predictions: −1 for the same
  /// direction, 0 for a right angle.
  public static CosineSimilarity CosineSimilarity() {
    return new CosineSimilarity();
  }

  /// Computes minus the cosine of the angle between labels and predictions: −1 for the same
  /// direction, 0 for a right angle.
  public static CosineSimilarity CosineSimilarity(int axis) {
    return new CosineSimilarity(axis);
  }

  /// Computes `1 − 2 · Σ y_true · y_pred / (Σ y_true + Σ y_pred)`: for the parts of pictures.
  public static Dice Dice() {
    return new Dice();
  }

  /// Makes a loss of a program's own function, with Keras's reductions and weights; a last axis of
  /// 1 in labels or predictions comes or goes so that both have one rank.
  public static FunctionLoss FunctionLoss(String name, LossFunction function) {
    return new FunctionLoss(name, function);
  }

  /// Makes a loss of a program's own function, with Keras's reductions and weights; a last axis of
  /// 1 in labels or predictions comes or goes so that both have one rank.
  public static FunctionLoss FunctionLoss(LossFunction function) {
    return new FunctionLoss(function);
  }

  /// Computes `mean(max(1 − y_true · y_pred, 0))`; labels are −1 and 1, or 0 and 1.
  public static Hinge Hinge() {
    return new Hinge();
  }

  /// Computes the mean of `e² / 2` where `|e| ≤ delta`, of `delta · |e| − delta² / 2` elsewhere:
  /// square near the label, straight far from it.
  public static Huber Huber() {
    return new Huber();
  }

  /// Computes the mean of `e² / 2` where `|e| ≤ delta`, of `delta · |e| − delta² / 2` elsewhere:
  /// square near the label, straight far from it.
  public static Huber Huber(double delta) {
    return new Huber(delta);
  }

  /// Computes `Σ y_true · log(y_true / y_pred)`.
  public static KLDivergence KLDivergence() {
    return new KLDivergence();
  }

  /// Computes `mean(log(cosh(y_pred − y_true)))`.
  public static LogCosh LogCosh() {
    return new LogCosh();
  }

  /// Computes `mean(|y_true − y_pred|)`.
  public static MeanAbsoluteError MeanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  /// Computes `100 · mean(|y_true − y_pred| / max(|y_true|, ε))`.
  public static MeanAbsolutePercentageError MeanAbsolutePercentageError() {
    return new MeanAbsolutePercentageError();
  }

  /// Computes `mean((y_true − y_pred)²)`.
  public static MeanSquaredError MeanSquaredError() {
    return new MeanSquaredError();
  }

  /// Computes `mean((log(y_true + 1) − log(y_pred + 1))²)`.
  public static MeanSquaredLogarithmicError MeanSquaredLogarithmicError() {
    return new MeanSquaredLogarithmicError();
  }

  /// Computes `mean(y_pred − y_true · log(y_pred + ε))`.
  public static Poisson Poisson() {
    return new Poisson();
  }

  /// Computes `−log(y_pred[y_true])`: for one class out of several, labels being class numbers.
  public static SparseCategoricalCrossentropy SparseCategoricalCrossentropy() {
    return new SparseCategoricalCrossentropy();
  }

  /// Computes `−log(y_pred[y_true])`: for one class out of several, labels being class numbers.
  public static SparseCategoricalCrossentropy SparseCategoricalCrossentropy(boolean fromLogits) {
    return new SparseCategoricalCrossentropy(fromLogits);
  }

  /// Computes `mean(max(1 − y_true · y_pred, 0)²)`; labels are −1 and 1, or 0 and 1.
  public static SquaredHinge SquaredHinge() {
    return new SquaredHinge();
  }

  /// Computes one minus the overlap of labels and predictions, where missed and wrongly found parts
  /// weigh `alpha` and `beta`.
  public static Tversky Tversky() {
    return new Tversky();
  }

  /// Computes one minus the overlap of labels and predictions, where missed and wrongly found parts
  /// weigh `alpha` and `beta`.
  public static Tversky Tversky(double alpha, double beta) {
    return new Tversky(alpha, beta);
  }

  /// Returns the loss that `given` stands for: a loss, a function, a name in any case, or a
  /// configuration.
  ///
  /// Fails: `ValueError` listing the names there are.
  public static Loss get(Object given) {
    return Losses.get(given);
  }

  /// Returns the mean cross-entropy of class scores over a batch, as one number.
  ///
  /// @param labels `(batch,)` class numbers, int32 or int64
  /// @param logits `(batch, classes)` scores before softmax
  public static Tensor sparseSoftmaxCrossEntropy(Tensor labels, Tensor logits) {
    return Losses.sparseSoftmaxCrossEntropy(labels, logits);
  }

  /// Returns `mean((y_true − y_pred)²)`.
  public static Tensor meanSquaredError(Object yTrue, Object yPred) {
    return Losses.meanSquaredError(yTrue, yPred);
  }

  /// Returns `mean(|y_true − y_pred|)`.
  public static Tensor meanAbsoluteError(Object yTrue, Object yPred) {
    return Losses.meanAbsoluteError(yTrue, yPred);
  }

  /// Returns `100 · mean(|y_true − y_pred| / max(|y_true|, ε))`.
  public static Tensor meanAbsolutePercentageError(Object yTrue, Object yPred) {
    return Losses.meanAbsolutePercentageError(yTrue, yPred);
  }

  /// Returns `mean((log(y_true + 1) − log(y_pred + 1))²)`, values below ε counting as ε.
  public static Tensor meanSquaredLogarithmicError(Object yTrue, Object yPred) {
    return Losses.meanSquaredLogarithmicError(yTrue, yPred);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor huber(Object yTrue, Object yPred) {
    return Losses.huber(yTrue, yPred);
  }

  /// Returns the mean of `e² / 2` where `|e| ≤ delta`, of `delta · |e| − delta² / 2` elsewhere.
  ///
  /// Source: Huber, "Robust estimation of a location parameter", 1964.
  public static Tensor huber(Object yTrue, Object yPred, double delta) {
    return Losses.huber(yTrue, yPred, delta);
  }

  /// Returns `mean(log(cosh(y_pred − y_true)))`, without overflow.
  public static Tensor logCosh(Object yTrue, Object yPred) {
    return Losses.logCosh(yTrue, yPred);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor cosineSimilarity(Object yTrue, Object yPred) {
    return Losses.cosineSimilarity(yTrue, yPred);
  }

  /// Returns minus the cosine of the angle between labels and predictions: −1 for the same
  /// direction.
  public static Tensor cosineSimilarity(Object yTrue, Object yPred, int axis) {
    return Losses.cosineSimilarity(yTrue, yPred, axis);
  }

  /// Returns `mean(y_pred − y_true · log(y_pred + ε))`.
  public static Tensor poisson(Object yTrue, Object yPred) {
    return Losses.poisson(yTrue, yPred);
  }

  /// Returns `Σ y_true · log(y_true / y_pred)`, both held between ε and 1.
  public static Tensor klDivergence(Object yTrue, Object yPred) {
    return Losses.klDivergence(yTrue, yPred);
  }

  /// Returns `mean(max(1 − y_true · y_pred, 0))`; labels of 0 and 1 count as −1 and 1.
  public static Tensor hinge(Object yTrue, Object yPred) {
    return Losses.hinge(yTrue, yPred);
  }

  /// Returns `mean(max(1 − y_true · y_pred, 0)²)`; labels of 0 and 1 count as −1 and 1.
  public static Tensor squaredHinge(Object yTrue, Object yPred) {
    return Losses.squaredHinge(yTrue, yPred);
  }

  /// Returns `max(neg − pos + 1, 0)` with `pos = Σ y_true · y_pred` and `neg = max((1 − y_true) ·
  /// y_pred)`.
  public static Tensor categoricalHinge(Object yTrue, Object yPred) {
    return Losses.categoricalHinge(yTrue, yPred);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor binaryCrossentropy(Object yTrue, Object yPred) {
    return Losses.binaryCrossentropy(yTrue, yPred);
  }

  /// Returns `−mean(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`.
  ///
  /// @param fromLogits whether predictions are scores before sigmoid
  /// @param labelSmoothing how far labels are moved towards 0.5, 0 to 1
  public static Tensor binaryCrossentropy(
      Object yTrue, Object yPred, boolean fromLogits, double labelSmoothing, int axis) {
    return Losses.binaryCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, axis);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor categoricalCrossentropy(Object yTrue, Object yPred) {
    return Losses.categoricalCrossentropy(yTrue, yPred);
  }

  /// Returns `−Σ y_true · log(y_pred)` over the classes.
  ///
  /// @param yTrue shares of the classes, same shape as predictions
  /// @param fromLogits whether predictions are scores before softmax
  /// @param labelSmoothing how far labels are moved towards equal shares, 0 to 1
  public static Tensor categoricalCrossentropy(
      Object yTrue, Object yPred, boolean fromLogits, double labelSmoothing, int axis) {
    return Losses.categoricalCrossentropy(yTrue, yPred, fromLogits, labelSmoothing, axis);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor sparseCategoricalCrossentropy(Object yTrue, Object yPred) {
    return Losses.sparseCategoricalCrossentropy(yTrue, yPred);
  }

  /// Returns `−log(y_pred[y_true])`.
  ///
  /// @param yTrue numbers of classes, without the axis of the classes or with size 1 there
  /// @param fromLogits whether predictions are scores before softmax
  /// @param ignoreClass a class whose samples do not count, or null
  public static Tensor sparseCategoricalCrossentropy(
      Object yTrue, Object yPred, boolean fromLogits, @Nullable Integer ignoreClass, int axis) {
    return Losses.sparseCategoricalCrossentropy(yTrue, yPred, fromLogits, ignoreClass, axis);
  }

  /// Returns the binary cross-entropy, samples that are right already counting little.
  ///
  /// Source: Lin et al., "Focal loss for dense object detection", ICCV 2017.
  ///
  /// @param applyClassBalancing whether class 1 weighs `alpha` and class 0 `1 − alpha`
  /// @param gamma the larger, the less right samples count; 0 for the plain cross-entropy
  public static Tensor binaryFocalCrossentropy(
      Object yTrue,
      Object yPred,
      boolean applyClassBalancing,
      double alpha,
      double gamma,
      boolean fromLogits,
      double labelSmoothing,
      int axis) {
    return Losses.binaryFocalCrossentropy(
        yTrue, yPred, applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis);
  }

  /// Returns the cross-entropy of classes, samples that are right already counting little.
  ///
  /// Source: Lin et al., "Focal loss for dense object detection", ICCV 2017.
  public static Tensor categoricalFocalCrossentropy(
      Object yTrue,
      Object yPred,
      double alpha,
      double gamma,
      boolean fromLogits,
      double labelSmoothing,
      int axis) {
    return Losses.categoricalFocalCrossentropy(
        yTrue, yPred, alpha, gamma, fromLogits, labelSmoothing, axis);
  }

  /// Returns `(1 − p^q) / q` with `p` the probability of the true class, which wrong labels harm
  /// less than a cross-entropy.
  ///
  /// Source: Zhang, Sabuncu, "Generalized cross entropy loss for training deep neural networks with
  /// noisy labels", 2018.
  public static Tensor categoricalGeneralizedCrossEntropy(Object yTrue, Object yPred, double q) {
    return Losses.categoricalGeneralizedCrossEntropy(yTrue, yPred, q);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor dice(Object yTrue, Object yPred) {
    return Losses.dice(yTrue, yPred);
  }

  /// Returns `1 − 2 · Σ y_true · y_pred / (Σ y_true + Σ y_pred)`.
  ///
  /// @param axis the axes of the sums; null for all
  public static Tensor dice(Object yTrue, Object yPred, int @Nullable [] axis) {
    return Losses.dice(yTrue, yPred, axis);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor tversky(Object yTrue, Object yPred) {
    return Losses.tversky(yTrue, yPred);
  }

  /// Returns one minus the overlap, missed and wrongly found parts weighing differently.
  ///
  /// Source: Salehi et al., "Tversky loss function for image segmentation", 2017.
  public static Tensor tversky(
      Object yTrue, Object yPred, double alpha, double beta, int @Nullable [] axis) {
    return Losses.tversky(yTrue, yPred, alpha, beta, axis);
  }

  /// Losses as functions: one number for each sample, from labels and predictions.
  public static Tensor circle(Object yTrue, Object yPred) {
    return Losses.circle(yTrue, yPred);
  }

  /// Returns how far vectors of one class are apart, and those of different classes together.
  ///
  /// Source: Sun et al., "Circle loss: a unified perspective of pair similarity optimization", CVPR
  /// 2020.
  ///
  /// @param yTrue `(batch,)` or `(batch, 1)` class numbers
  /// @param yPred `(batch, size)` vectors of length 1
  public static Tensor circle(
      Object yTrue, Object yPred, double gamma, double margin, boolean removeDiagonal) {
    return Losses.circle(yTrue, yPred, gamma, margin, removeDiagonal);
  }

  /// Returns minus the logarithm of the probability of the label sequences, see [CTC].
  public static Tensor ctc(Object yTrue, Object yPred) {
    return Losses.ctc(yTrue, yPred);
  }
}
