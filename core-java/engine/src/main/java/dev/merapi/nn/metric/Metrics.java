package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.argmax;
import static dev.merapi.facade.TfApi.cast;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.equal;
import static dev.merapi.facade.TfApi.expandDims;
import static dev.merapi.facade.TfApi.greater;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.reduceAny;
import static dev.merapi.facade.TfApi.reduceMean;
import static dev.merapi.facade.TfApi.reshape;
import static dev.merapi.facade.TfApi.slice;
import static dev.merapi.facade.TfApi.sqrt;
import static dev.merapi.facade.TfApi.square;
import static dev.merapi.facade.TfApi.squeeze;
import static dev.merapi.facade.TfApi.subtract;

import dev.merapi.facade.MathApi;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.NamedKind;
import dev.merapi.nn.loss.Loss;
import dev.merapi.nn.loss.Losses;
import dev.merapi.nn.loss.Weights;
import dev.merapi.op.Literals;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Metrics by name, and those among them that are functions: one number for each sample.
public final class Metrics {
  /// Finds metrics by Keras's names; takes functions of labels and predictions too. `accuracy` here
  /// is plain equality; what a training means by it depends on shapes, see [#accuracyFor].
  public static final NamedKind<Metric> KIND =
      new MetricKind()
          .with("mean", Mean::new)
          .with("sum", Sum::new)
          .with("mean_squared_error", MeanSquaredError::new, "mse")
          .with("root_mean_squared_error", RootMeanSquaredError::new, "rmse")
          .with("mean_absolute_error", MeanAbsoluteError::new, "mae")
          .with("mean_absolute_percentage_error", MeanAbsolutePercentageError::new, "mape")
          .with("mean_squared_logarithmic_error", MeanSquaredLogarithmicError::new, "msle")
          .with("cosine_similarity", CosineSimilarity::new)
          .with("log_cosh_error", LogCoshError::new, "log_cosh")
          .with("r2_score", R2Score::new)
          .with("pearson_correlation", PearsonCorrelation::new)
          .with("concordance_correlation", ConcordanceCorrelation::new)
          .with("accuracy", Accuracy::new, "acc")
          .with("binary_accuracy", BinaryAccuracy::new)
          .with("categorical_accuracy", CategoricalAccuracy::new)
          .with("sparse_categorical_accuracy", SparseCategoricalAccuracy::new)
          .with("top_k_categorical_accuracy", TopKCategoricalAccuracy::new)
          .with("sparse_top_k_categorical_accuracy", SparseTopKCategoricalAccuracy::new)
          .with("auc", AUC::new)
          .with("precision", Precision::new)
          .with("recall", Recall::new)
          .with("true_positives", TruePositives::new)
          .with("true_negatives", TrueNegatives::new)
          .with("false_positives", FalsePositives::new)
          .with("false_negatives", FalseNegatives::new)
          .with("f1_score", F1Score::new)
          .with("fbeta_score", FBetaScore::new, "f_beta_score")
          .with("binary_io_u", BinaryIoU::new)
          .with("binary_crossentropy", BinaryCrossentropy::new, "bce")
          .with("categorical_crossentropy", CategoricalCrossentropy::new)
          .with("sparse_categorical_crossentropy", SparseCategoricalCrossentropy::new)
          .with("kl_divergence", KLDivergence::new, "kld")
          .with("poisson", Poisson::new)
          .with("hinge", Hinge::new)
          .with("squared_hinge", SquaredHinge::new)
          .with("categorical_hinge", CategoricalHinge::new);

  private Metrics() {}

  /// Returns the metric that `given` stands for: a metric, a loss or function whose mean is taken,
  /// a name in any case, or a configuration.
  ///
  /// Fails: `ValueError` listing the names there are.
  public static Metric get(Object given) {
    try {
      return KIND.read(given);
    } catch (Kind.Misfit e) {
      throw Message.what("Could not interpret metric identifier: " + given)
          .expected(KIND.expected())
          .fix("or pass a function of labels and predictions, as a LossFunction")
          .valueError();
    }
  }

  /// Returns the accuracy that a training means by `accuracy`: binary for predictions with a last
  /// axis of 1, sparse where labels have an axis less or one of 1, else categorical. Where a shape
  /// is not known, the loss decides.
  public static Metric accuracyFor(@Nullable Loss loss, Shape yTrue, Shape yPred) {
    int p = yPred.isRankKnown() && yPred.rank() > 0 ? yPred.dim(-1) : -1;
    if (p == 1) {
      return new BinaryAccuracy();
    }
    if (p > 1 && yTrue.isRankKnown()) {
      boolean numbers = yTrue.rank() < yPred.rank() || yTrue.rank() > 0 && yTrue.dim(-1) == 1;
      return numbers ? new SparseCategoricalAccuracy() : new CategoricalAccuracy();
    }
    return loss instanceof dev.merapi.nn.loss.SparseCategoricalCrossentropy
        ? new SparseCategoricalAccuracy()
        : loss instanceof dev.merapi.nn.loss.CategoricalCrossentropy
            ? new CategoricalAccuracy()
            : new BinaryAccuracy();
  }

  /// Returns 1 where predictions equal labels, else 0.
  public static Tensor accuracy(Object yTrue, Object yPred) {
    Tensor p = Literals.of(yPred);
    Tensor[] two = Weights.sameRank(Weights.cast(Literals.like(yTrue, p), p.dtype()), p);
    return cast(equal(two[0], two[1]), DType.F32);
  }

  public static Tensor binaryAccuracy(Object yTrue, Object yPred) {
    return binaryAccuracy(yTrue, yPred, 0.5);
  }

  /// Returns 1 where predictions above the threshold have label 1 and others 0, else 0.
  public static Tensor binaryAccuracy(Object yTrue, Object yPred, double threshold) {
    Tensor[] two = Weights.sameRank(Literals.of(yTrue), Literals.of(yPred));
    Tensor p =
        cast(greater(two[1], Weights.cast(Literals.of(threshold), two[1].dtype())), two[0].dtype());
    return cast(equal(two[0], p), DType.F32);
  }

  /// Returns 1 where the largest prediction is that of the largest label, else 0.
  public static Tensor categoricalAccuracy(Object yTrue, Object yPred) {
    Tensor p = Literals.of(yPred);
    return cast(equal(argmax(oneHot(yTrue, p), -1), argmax(p, -1)), DType.F32);
  }

  /// Returns labels that have an axis of classes as predictions have.
  private static Tensor oneHot(Object yTrue, Tensor yPred) {
    Tensor t = Literals.of(yTrue);
    boolean same = t.rank() == yPred.rank();
    int classes = yPred.shape().dim(-1);
    if (!same || t.shape().dim(-1) == 1 && classes > 1) {
      throw Message.what(
              "labels of shape "
                  + t.shape()
                  + " are class numbers, but one-hot labels are expected")
          .given("y_true " + t.spec() + " · y_pred " + yPred.spec())
          .expected("labels of shape " + yPred.shape())
          .fix("use the sparse accuracy, or tf.oneHot(labels, " + classes + ")")
          .shapeError();
    }
    return t;
  }

  /// Returns 1 where the largest prediction is the one that the label numbers, else 0.
  public static Tensor sparseCategoricalAccuracy(Object yTrue, Object yPred) {
    Tensor p = Literals.of(yPred);
    Tensor t = Literals.of(yTrue);
    if (t.rank() == p.rank()) {
      if (t.shape().dim(-1) > 1) {
        throw Message.what(
                "labels of shape " + t.shape() + " look one-hot, but class numbers are expected")
            .given("y_true " + t.spec() + " · y_pred " + p.spec())
            .fix("use CategoricalAccuracy, or tf.argmax(labels, -1)")
            .shapeError();
      }
      t = squeeze(t, -1);
    }
    Tensor matches = cast(equal(t, Weights.cast(argmax(p, -1), t.dtype())), DType.F32);
    return matches.rank() > 1 && matches.shape().dim(-1) == 1 ? squeeze(matches, -1) : matches;
  }

  public static Tensor topKCategoricalAccuracy(Object yTrue, Object yPred) {
    return topKCategoricalAccuracy(yTrue, yPred, 5);
  }

  /// Returns 1 where the class of the label is among the `k` largest predictions, else 0.
  public static Tensor topKCategoricalAccuracy(Object yTrue, Object yPred, int k) {
    Tensor p = Literals.of(yPred);
    return sparseTopKCategoricalAccuracy(argmax(oneHot(yTrue, p), -1), p, k, false);
  }

  public static Tensor sparseTopKCategoricalAccuracy(Object yTrue, Object yPred) {
    return sparseTopKCategoricalAccuracy(yTrue, yPred, 5, false);
  }

  /// Returns 1 where the class that the label numbers is among the `k` largest predictions, else 0.
  ///
  /// @param fromSortedIds whether predictions are class numbers already, the likeliest first
  public static Tensor sparseTopKCategoricalAccuracy(
      Object yTrue, Object yPred, int k, boolean fromSortedIds) {
    Tensor p = Literals.of(yPred);
    Tensor t = Literals.of(yTrue);
    Tensor shape = Sizes.of(t);
    boolean flat = t.rank() == 1;
    Tensor rows =
        p.rank() <= 2 ? p : reshape(p, Sizes.vector(Values.scalar(-1), Sizes.axis(p, -1)));
    Tensor labels = flat ? t : Weights.flat(t);
    Tensor matches;
    if (fromSortedIds) {
      Tensor first = slice(rows, Values.ints(0, 0), Values.ints(-1, Math.min(k, size(rows))));
      matches = reduceAny(equal(expandDims(Weights.cast(labels, p.dtype()), 1), first), 1);
    } else {
      matches =
          MathApi.inTopK(
              Weights.cast(rows, DType.F32), Weights.cast(labels, DType.I32), Values.scalar(k));
    }
    matches = cast(matches, DType.F32);
    return flat ? matches : reshape(matches, shape);
  }

  private static int size(Tensor rows) {
    int n = rows.shape().dim(-1);
    return n < 0 ? Integer.MAX_VALUE : n;
  }

  /// Returns the mean product of labels and predictions, each brought to mean 0 and deviation 1.
  public static Tensor pearsonCorrelation(Object yTrue, Object yPred, int axis) {
    Tensor[] two = two(yTrue, yPred);
    Tensor a = centred(two[0], axis);
    Tensor b = centred(two[1], axis);
    a = divide(a, sqrt(mean(square(a), axis)));
    b = divide(b, sqrt(mean(square(b), axis)));
    return reduceMean(multiply(a, b), axis);
  }

  /// Returns Lin's coefficient, by Keras's formula.
  public static Tensor concordanceCorrelation(Object yTrue, Object yPred, int axis) {
    Tensor[] two = two(yTrue, yPred);
    Tensor a = centred(two[0], axis);
    Tensor b = centred(two[1], axis);
    Tensor apart = subtract(mean(two[0], axis), mean(two[1], axis));
    // Keras takes labels from the mean of the predictions; the mean of the products is the same.
    Tensor together = multiply(subtract(two[0], mean(two[1], axis)), b);
    Tensor norm = add(add(mean(square(a), axis), mean(square(b), axis)), square(apart));
    return reduceMean(divide(multiply(together, 2.0), add(norm, Losses.EPSILON)), axis);
  }

  private static Tensor[] two(Object yTrue, Object yPred) {
    Tensor p = Literals.of(yPred);
    return Weights.sameRank(Weights.cast(Literals.like(yTrue, p), p.dtype()), p);
  }

  private static Tensor mean(Tensor x, int axis) {
    return reduceMean(x, new int[] {axis}, true);
  }

  private static Tensor centred(Tensor x, int axis) {
    return subtract(x, mean(x, axis));
  }
}
