package dev.merapi.nn.loss;

import static dev.merapi.facade.TfApi.abs;
import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.clipByValue;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.equal;
import static dev.merapi.facade.TfApi.lessEqual;
import static dev.merapi.facade.TfApi.log;
import static dev.merapi.facade.TfApi.logicalOr;
import static dev.merapi.facade.TfApi.maximum;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.negative;
import static dev.merapi.facade.TfApi.reduceMax;
import static dev.merapi.facade.TfApi.reduceMean;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.square;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.facade.MathApi;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.NamedKind;
import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Spec;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Losses as functions: one number for each sample, from labels and predictions.
///
/// Names and formulas are Keras's; labels and predictions are tensors or what [Literals] takes, and
/// labels take the type of predictions. A mean or sum goes over the last axis, so shapes `(batch,
/// d0, …, dn)` give `(batch, d0, …, dn-1)`.
public final class Losses {
  /// Keras's `epsilon()`: what keeps logarithms and quotients finite.
  public static final double EPSILON = 1e-7;

  private static final OpRef SPARSE = OpRef.to("SparseSoftmaxCrossEntropyWithLogits");
  private static final OpRef ALL = OpRef.to("All");

  /// Finds losses by Keras's names; takes functions of labels and predictions too.
  public static final NamedKind<Loss> KIND =
      new LossKind()
          .with("mean_squared_error", MeanSquaredError::new, "mse")
          .with("mean_absolute_error", MeanAbsoluteError::new, "mae")
          .with("mean_absolute_percentage_error", MeanAbsolutePercentageError::new, "mape")
          .with("mean_squared_logarithmic_error", MeanSquaredLogarithmicError::new, "msle")
          .with("huber", Huber::new, "huber_loss")
          .with("log_cosh", LogCosh::new)
          .with("cosine_similarity", CosineSimilarity::new)
          .with("poisson", Poisson::new)
          .with("kl_divergence", KLDivergence::new, "kld", "kullback_leibler_divergence")
          .with("hinge", Hinge::new)
          .with("squared_hinge", SquaredHinge::new)
          .with("categorical_hinge", CategoricalHinge::new)
          .with("binary_crossentropy", BinaryCrossentropy::new, "bce")
          .with("categorical_crossentropy", CategoricalCrossentropy::new)
          .with("sparse_categorical_crossentropy", SparseCategoricalCrossentropy::new)
          .with("binary_focal_crossentropy", BinaryFocalCrossentropy::new)
          .with("categorical_focal_crossentropy", CategoricalFocalCrossentropy::new)
          .with("categorical_generalized_cross_entropy", CategoricalGeneralizedCrossEntropy::new)
          .with("dice", Dice::new)
          .with("tversky", Tversky::new)
          .with("circle", Circle::new)
          .with("ctc", CTC::new);

  private Losses() {}

  /// Returns the loss that `given` stands for: a loss, a function, a name in any case, or a
  /// configuration.
  ///
  /// Fails: `ValueError` listing the names there are.
  public static Loss get(Object given) {
    try {
      return KIND.read(given);
    } catch (Kind.Misfit e) {
      throw Message.what("Could not interpret loss identifier: " + given)
          .expected(KIND.expected())
          .fix("or pass a function of labels and predictions, as a LossFunction")
          .valueError();
    }
  }

  /// Labels and predictions as tensors of one type.
  record Two(Tensor yTrue, Tensor yPred) {
    static Two of(Object yTrue, Object yPred) {
      Tensor p = Literals.of(yPred);
      return new Two(Weights.cast(Literals.like(yTrue, p), p.dtype()), p);
    }

    static Two fitted(Object yTrue, Object yPred) {
      Two t = of(yTrue, yPred);
      Tensor[] fitted = Weights.sameRank(t.yTrue, t.yPred);
      return new Two(fitted[0], fitted[1]);
    }
  }

  /// Returns the mean cross-entropy of class scores over a batch, as one number.
  ///
  /// @param labels `(batch,)` class numbers, int32 or int64
  /// @param logits `(batch, classes)` scores before softmax
  public static Tensor sparseSoftmaxCrossEntropy(Tensor labels, Tensor logits) {
    Tensor each = SPARSE.all(SPARSE.get().defaults(), logits, labels)[0];
    return reduceMean(each, 0);
  }

  /// Returns `mean((y_true − y_pred)²)`.
  public static Tensor meanSquaredError(Object yTrue, Object yPred) {
    Two t = Two.fitted(yTrue, yPred);
    return reduceMean(MathApi.squaredDifference(t.yPred, t.yTrue), -1);
  }

  /// Returns `mean(|y_true − y_pred|)`.
  public static Tensor meanAbsoluteError(Object yTrue, Object yPred) {
    Two t = Two.fitted(yTrue, yPred);
    return reduceMean(abs(subtract(t.yTrue, t.yPred)), -1);
  }

  /// Returns `100 · mean(|y_true − y_pred| / max(|y_true|, ε))`.
  public static Tensor meanAbsolutePercentageError(Object yTrue, Object yPred) {
    Two t = Two.fitted(yTrue, yPred);
    Tensor share = divide(subtract(t.yTrue, t.yPred), maximum(abs(t.yTrue), EPSILON));
    return multiply(reduceMean(abs(share), -1), 100.0);
  }

  /// Returns `mean((log(y_true + 1) − log(y_pred + 1))²)`, values below ε counting as ε.
  public static Tensor meanSquaredLogarithmicError(Object yTrue, Object yPred) {
    Two t = Two.fitted(yTrue, yPred);
    Tensor a = log(add(maximum(t.yPred, EPSILON), 1.0));
    Tensor b = log(add(maximum(t.yTrue, EPSILON), 1.0));
    return reduceMean(MathApi.squaredDifference(a, b), -1);
  }

  public static Tensor huber(Object yTrue, Object yPred) {
    return huber(yTrue, yPred, 1);
  }

  /// Returns the mean of `e² / 2` where `|e| ≤ delta`, of `delta · |e| − delta² / 2` elsewhere.
  ///
  /// Source: Huber, "Robust estimation of a location parameter", 1964.
  public static Tensor huber(Object yTrue, Object yPred, double delta) {
    Two t = Two.fitted(yTrue, yPred);
    Tensor e = subtract(t.yPred, t.yTrue);
    Tensor size = abs(e);
    Tensor near = multiply(square(e), 0.5);
    Tensor far = subtract(multiply(size, delta), 0.5 * delta * delta);
    return reduceMean(where(lessEqual(size, delta), near, far), -1);
  }

  /// Returns `mean(log(cosh(y_pred − y_true)))`, without overflow.
  public static Tensor logCosh(Object yTrue, Object yPred) {
    Two t = Two.fitted(yTrue, yPred);
    Tensor e = subtract(t.yPred, t.yTrue);
    Tensor y = subtract(add(e, MathApi.softplus(multiply(e, -2.0))), Math.log(2));
    return reduceMean(y, -1);
  }

  public static Tensor cosineSimilarity(Object yTrue, Object yPred) {
    return cosineSimilarity(yTrue, yPred, -1);
  }

  /// Returns minus the cosine of the angle between labels and predictions: −1 for the same
  /// direction.
  public static Tensor cosineSimilarity(Object yTrue, Object yPred, int axis) {
    Two t = Two.fitted(yTrue, yPred);
    Tensor cosine =
        reduceSum(
            multiply(Similarities.unit(t.yTrue, axis), Similarities.unit(t.yPred, axis)), axis);
    return negative(cosine);
  }

  /// Returns `mean(y_pred − y_true · log(y_pred + ε))`.
  public static Tensor poisson(Object yTrue, Object yPred) {
    Two t = Two.of(yTrue, yPred);
    return reduceMean(subtract(t.yPred, multiply(t.yTrue, log(add(t.yPred, EPSILON)))), -1);
  }

  /// Returns `Σ y_true · log(y_true / y_pred)`, both held between ε and 1.
  public static Tensor klDivergence(Object yTrue, Object yPred) {
    Two t = Two.of(yTrue, yPred);
    Tensor a = clipByValue(t.yTrue, EPSILON, 1.0);
    Tensor b = clipByValue(t.yPred, EPSILON, 1.0);
    return reduceSum(multiply(a, log(divide(a, b))), -1);
  }

  /// Returns `mean(max(1 − y_true · y_pred, 0))`; labels of 0 and 1 count as −1 and 1.
  public static Tensor hinge(Object yTrue, Object yPred) {
    return reduceMean(margin(yTrue, yPred), -1);
  }

  /// Returns `mean(max(1 − y_true · y_pred, 0)²)`; labels of 0 and 1 count as −1 and 1.
  public static Tensor squaredHinge(Object yTrue, Object yPred) {
    return reduceMean(square(margin(yTrue, yPred)), -1);
  }

  private static Tensor margin(Object yTrue, Object yPred) {
    Two t = Two.of(yTrue, yPred);
    Tensor y = t.yTrue;
    Tensor binary = logicalOr(equal(y, 0.0), equal(y, 1.0));
    Tensor all = ALL.of(binary, Weights.axes(binary));
    Tensor signs = where(all, subtract(multiply(y, 2.0), 1.0), y);
    return maximum(subtract(1.0, multiply(signs, t.yPred)), 0.0);
  }

  /// Returns `max(neg − pos + 1, 0)` with `pos = Σ y_true · y_pred` and `neg = max((1 − y_true) ·
  /// y_pred)`.
  public static Tensor categoricalHinge(Object yTrue, Object yPred) {
    Two t = Two.of(yTrue, yPred);
    Tensor pos = reduceSum(multiply(t.yTrue, t.yPred), -1);
    Tensor neg = reduceMax(multiply(subtract(1.0, t.yTrue), t.yPred), -1);
    return maximum(add(subtract(neg, pos), 1.0), 0.0);
  }

  public static Tensor binaryCrossentropy(Object yTrue, Object yPred) {
    return binaryCrossentropy(yTrue, yPred, false, 0, -1);
  }

  /// Returns `−mean(y_true · log(y_pred) + (1 − y_true) · log(1 − y_pred))`.
  ///
  /// @param fromLogits whether predictions are scores before sigmoid
  /// @param labelSmoothing how far labels are moved towards 0.5, 0 to 1
  public static Tensor binaryCrossentropy(
      Object yTrue, Object yPred, boolean fromLogits, double labelSmoothing, int axis) {
    Two t = Two.of(yTrue, yPred);
    return Crossentropies.binary(t.yTrue, t.yPred, fromLogits, labelSmoothing, axis);
  }

  public static Tensor categoricalCrossentropy(Object yTrue, Object yPred) {
    return categoricalCrossentropy(yTrue, yPred, false, 0, -1);
  }

  /// Returns `−Σ y_true · log(y_pred)` over the classes.
  ///
  /// @param yTrue shares of the classes, same shape as predictions
  /// @param fromLogits whether predictions are scores before softmax
  /// @param labelSmoothing how far labels are moved towards equal shares, 0 to 1
  public static Tensor categoricalCrossentropy(
      Object yTrue, Object yPred, boolean fromLogits, double labelSmoothing, int axis) {
    Two t = Two.of(yTrue, yPred);
    return Crossentropies.categorical(t.yTrue, t.yPred, fromLogits, labelSmoothing, axis);
  }

  public static Tensor sparseCategoricalCrossentropy(Object yTrue, Object yPred) {
    return sparseCategoricalCrossentropy(yTrue, yPred, false, null, -1);
  }

  /// Returns `−log(y_pred[y_true])`.
  ///
  /// @param yTrue numbers of classes, without the axis of the classes or with size 1 there
  /// @param fromLogits whether predictions are scores before softmax
  /// @param ignoreClass a class whose samples do not count, or null
  public static Tensor sparseCategoricalCrossentropy(
      Object yTrue, Object yPred, boolean fromLogits, @Nullable Integer ignoreClass, int axis) {
    return Crossentropies.sparse(
        Literals.of(yTrue), Literals.of(yPred), fromLogits, ignoreClass, axis);
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
    Two t = Two.of(yTrue, yPred);
    return Crossentropies.binaryFocal(
        t, applyClassBalancing, alpha, gamma, fromLogits, labelSmoothing, axis);
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
    return Crossentropies.categoricalFocal(
        Two.of(yTrue, yPred), alpha, gamma, fromLogits, labelSmoothing, axis);
  }

  /// Returns `(1 − p^q) / q` with `p` the probability of the true class, which wrong labels harm
  /// less than a cross-entropy.
  ///
  /// Source: Zhang, Sabuncu, "Generalized cross entropy loss for training deep neural networks with
  /// noisy labels", 2018.
  public static Tensor categoricalGeneralizedCrossEntropy(Object yTrue, Object yPred, double q) {
    return Crossentropies.generalized(Literals.of(yTrue), Literals.of(yPred), q);
  }

  public static Tensor dice(Object yTrue, Object yPred) {
    return dice(yTrue, yPred, null);
  }

  /// Returns `1 − 2 · Σ y_true · y_pred / (Σ y_true + Σ y_pred)`.
  ///
  /// @param axis the axes of the sums; null for all
  public static Tensor dice(Object yTrue, Object yPred, int @Nullable [] axis) {
    return Similarities.dice(Two.of(yTrue, yPred), axis);
  }

  public static Tensor tversky(Object yTrue, Object yPred) {
    return tversky(yTrue, yPred, 0.5, 0.5, null);
  }

  /// Returns one minus the overlap, missed and wrongly found parts weighing differently.
  ///
  /// Source: Salehi et al., "Tversky loss function for image segmentation", 2017.
  public static Tensor tversky(
      Object yTrue, Object yPred, double alpha, double beta, int @Nullable [] axis) {
    return Similarities.tversky(Two.of(yTrue, yPred), alpha, beta, axis);
  }

  public static Tensor circle(Object yTrue, Object yPred) {
    return circle(yTrue, yPred, 80, 0.4, true);
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
    return Similarities.circle(
        Literals.of(yTrue), Literals.of(yPred), gamma, margin, removeDiagonal);
  }

  /// Returns minus the logarithm of the probability of the label sequences, see [CTC].
  public static Tensor ctc(Object yTrue, Object yPred) {
    return Sequences.ctc(Literals.of(yTrue), Literals.of(yPred));
  }

  /// Returns a scalar of the type of `x`.
  static Tensor number(Tensor x, double value) {
    return Values.filled(new Spec(x.dtype(), Shape.SCALAR), value);
  }
}
