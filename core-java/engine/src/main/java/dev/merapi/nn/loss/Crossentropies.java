package dev.merapi.nn.loss;

import static dev.merapi.facade.TfApi.add;
import static dev.merapi.facade.TfApi.clipByValue;
import static dev.merapi.facade.TfApi.divide;
import static dev.merapi.facade.TfApi.expandDims;
import static dev.merapi.facade.TfApi.log;
import static dev.merapi.facade.TfApi.multiply;
import static dev.merapi.facade.TfApi.negative;
import static dev.merapi.facade.TfApi.notEqual;
import static dev.merapi.facade.TfApi.pow;
import static dev.merapi.facade.TfApi.reduceMean;
import static dev.merapi.facade.TfApi.reduceSum;
import static dev.merapi.facade.TfApi.sigmoid;
import static dev.merapi.facade.TfApi.squeeze;
import static dev.merapi.facade.TfApi.subtract;
import static dev.merapi.facade.TfApi.transpose;
import static dev.merapi.facade.TfApi.where;

import dev.merapi.facade.NnApi;
import dev.merapi.nn.activation.Logits;
import dev.merapi.nn.layer.Masks;
import dev.merapi.op.OpRef;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// The cross-entropies.
///
/// Where predictions are known to be the softmax (sigmoid) of scores, the scores are taken, as in
/// Keras: they still tell what a probability of 0 has lost.
final class Crossentropies {
  private static final OpRef ONE_HOT = OpRef.to("OneHot");

  private Crossentropies() {}

  static Tensor binary(Tensor yTrue, Tensor yPred, boolean fromLogits, double smoothing, int axis) {
    Tensor y = smoothing == 0 ? yTrue : towardsHalf(yTrue, smoothing);
    return reduceMean(binaryEach(y, yPred, fromLogits), axis);
  }

  private static Tensor towardsHalf(Tensor y, double smoothing) {
    return add(multiply(y, 1 - smoothing), 0.5 * smoothing);
  }

  private static Tensor binaryEach(Tensor y, Tensor yPred, boolean fromLogits) {
    Tensor logits = fromLogits ? yPred : Logits.of(yPred, "Sigmoid");
    if (logits != null) {
      return NnApi.sigmoidCrossEntropyWithLogits(y, logits);
    }
    Tensor p = inside(yPred);
    Tensor one = multiply(y, log(p));
    Tensor zero = multiply(subtract(1.0, y), log(subtract(1.0, p)));
    return negative(add(one, zero));
  }

  /// Holds probabilities away from 0 and 1, where logarithms are infinite.
  private static Tensor inside(Tensor p) {
    return clipByValue(p, Losses.EPSILON, 1 - Losses.EPSILON);
  }

  static Tensor categorical(
      Tensor yTrue, Tensor yPred, boolean fromLogits, double smoothing, int axis) {
    Tensor y = smoothing == 0 ? yTrue : towardsEqual(yTrue, smoothing);
    Tensor logits = fromLogits ? yPred : Logits.of(yPred, "Softmax");
    if (logits != null) {
      int rank = logits.rank();
      int a = axis < 0 ? axis + rank : axis;
      if (a == rank - 1) {
        return NnApi.softmaxCrossEntropyWithLogits(new NnApi.CrossEntropy(y, logits));
      }
      int[] last = new int[rank];
      for (int i = 0; i < rank; i++) {
        last[i] = i < a ? i : i < rank - 1 ? i + 1 : a;
      }
      return NnApi.softmaxCrossEntropyWithLogits(
          new NnApi.CrossEntropy(transpose(y, last), transpose(logits, last)));
    }
    Tensor p = inside(shares(yPred, axis));
    return negative(reduceSum(multiply(y, log(p)), axis));
  }

  /// Divides by the sum, for predictions that do not quite add up to 1.
  private static Tensor shares(Tensor p, int axis) {
    return divide(p, reduceSum(p, new int[] {axis}, true));
  }

  private static Tensor towardsEqual(Tensor y, double smoothing) {
    int n = y.shape().dim(-1);
    Object share =
        n >= 0
            ? (Object) (smoothing / n)
            : divide(smoothing, Weights.cast(Sizes.axis(y, -1), y.dtype()));
    return add(multiply(y, 1 - smoothing), share);
  }

  static Tensor sparse(
      Tensor yTrue, Tensor given, boolean fromLogits, @Nullable Integer ignored, int axis) {
    Tensor yPred = given;
    if (axis != -1 && axis != yPred.rank() - 1) {
      throw Message.what("SparseCategoricalCrossentropy: axis " + axis + " is not the last one")
          .given("y_pred " + yPred.spec())
          .expected("axis -1, as in Keras with TensorFlow")
          .fix("bring the classes to the last axis with tf.transpose")
          .valueError();
    }
    Tensor logits = fromLogits ? yPred : Logits.of(yPred, "Softmax");
    Tensor labels =
        yTrue.dtype() == DType.I32 || yTrue.dtype() == DType.I64
            ? yTrue
            : Weights.cast(yTrue, DType.I64);
    if (labels.shape().isRankKnown()
        && yPred.shape().isRankKnown()
        && labels.rank() == yPred.rank()) {
      labels = squeeze(labels, -1);
    }
    Tensor counts = null;
    if (ignored != null) {
      counts = notEqual(labels, Losses.number(labels, ignored));
      labels = where(counts, labels, Losses.number(labels, 0));
      Tensor column = expandDims(counts, -1);
      // Scores of ignored samples may be anything, and must not spoil gradients.
      if (logits != null) {
        logits = where(column, logits, Losses.number(logits, 0));
      } else {
        yPred = where(column, yPred, Losses.number(yPred, 0));
      }
    }
    Tensor scores = logits != null ? logits : log(inside(yPred));
    Tensor each = NnApi.sparseSoftmaxCrossEntropyWithLogits(labels, scores);
    if (counts != null) {
      each = where(counts, each, Losses.number(each, 0));
      Masks.set(each, counts);
    }
    return each;
  }

  static Tensor binaryFocal(
      Losses.Two t,
      boolean balanced,
      double alpha,
      double gamma,
      boolean fromLogits,
      double smoothing,
      int axis) {
    Tensor y = smoothing == 0 ? t.yTrue() : towardsHalf(t.yTrue(), smoothing);
    Tensor p = fromLogits ? sigmoid(t.yPred()) : t.yPred();
    Tensor loss = binaryEach(y, p, false);
    Tensor right = add(multiply(y, p), multiply(subtract(1.0, y), subtract(1.0, p)));
    loss = multiply(pow(subtract(1.0, right), gamma), loss);
    if (balanced) {
      Tensor weight = add(multiply(y, alpha), multiply(subtract(1.0, y), 1 - alpha));
      loss = multiply(weight, loss);
    }
    return reduceMean(loss, axis);
  }

  static Tensor categoricalFocal(
      Losses.Two t, double alpha, double gamma, boolean fromLogits, double smoothing, int axis) {
    Tensor y = smoothing == 0 ? t.yTrue() : towardsEqual(t.yTrue(), smoothing);
    Tensor p = fromLogits ? NnApi.softmax(t.yPred(), axis) : t.yPred();
    p = inside(shares(p, axis));
    Tensor loss = negative(multiply(y, log(p)));
    Tensor weight = multiply(pow(subtract(1.0, p), gamma), alpha);
    return reduceSum(multiply(weight, loss), axis);
  }

  static Tensor generalized(Tensor yTrue, Tensor yPred, double q) {
    Tensor labels = yTrue.dtype().isInteger() ? yTrue : Weights.cast(yTrue, DType.I64);
    if (labels.rank() == yPred.rank()) {
      labels = squeeze(labels, -1);
    }
    Tensor hot =
        ONE_HOT.of(labels, Sizes.axis(yPred, -1), Losses.number(yPred, 1), Losses.number(yPred, 0));
    Tensor p = reduceSum(multiply(yPred, hot), -1);
    return divide(subtract(1.0, pow(p, q)), q);
  }
}
