package dev.merapi.nn.loss;

import dev.merapi.op.Context;
import dev.merapi.say.Message;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Tells labels that do not belong to predictions, or to a loss, and says which loss they do belong
/// to.
final class Pairing {
  /// Values looked at in search of what is no probability; a few thousand show a wrong layer, more
  /// would cost time in every step.
  private static final int LOOKED_AT = 4096;

  /// How far a sum of shares may miss 1 by rounding.
  private static final double SLACK = 1e-3;

  private Pairing() {}

  /// Fails unless labels and predictions stretch to one shape.
  static void sameShape(Loss loss, Tensor yTrue, Tensor yPred) {
    Shape a = yTrue.shape();
    Shape b = yPred.shape();
    if (!a.isRankKnown() || !b.isRankKnown()) {
      return;
    }
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      int m = a.dim(a.rank() - i);
      int n = b.dim(b.rank() - i);
      if (m >= 0 && n >= 0 && m != n && m != 1 && n != 1) {
        throw differ(loss, yTrue, yPred);
      }
    }
  }

  /// Fails unless labels and predictions have the very same shape.
  static void equalShape(Loss loss, Tensor yTrue, Tensor yPred) {
    Shape a = yTrue.shape();
    Shape b = yPred.shape();
    if (!a.isRankKnown() || !b.isRankKnown()) {
      return;
    }
    boolean same = a.rank() == b.rank();
    for (int i = 0; same && i < a.rank(); i++) {
      same = a.dim(i) < 0 || b.dim(i) < 0 || a.dim(i) == b.dim(i);
    }
    if (!same) {
      throw differ(loss, yTrue, yPred);
    }
  }

  private static RuntimeException differ(Loss loss, Tensor yTrue, Tensor yPred) {
    return Message.what(
            who(loss)
                + ": labels of shape "
                + yTrue.shape()
                + " do not fit predictions of shape "
                + yPred.shape())
        .given("y_true " + yTrue.spec() + " · y_pred " + yPred.spec())
        .expected("the same shape")
        .shapeError();
  }

  /// Fails for class numbers where shares of all classes belong.
  static void shares(Loss loss, Tensor yTrue, Tensor yPred, int axis) {
    Shape a = yTrue.shape();
    Shape b = yPred.shape();
    if (a.isRankKnown() && b.isRankKnown() && b.rank() > 0) {
      int classes = b.dim(axis);
      boolean numbers =
          a.rank() == b.rank() - 1 || a.rank() == b.rank() && a.dim(axis) == 1 && classes > 1;
      if (numbers) {
        throw Message.what(
                who(loss)
                    + ": labels of shape "
                    + a
                    + " are class numbers, but one share for each class is expected")
            .given("y_true " + yTrue.spec() + " · y_pred " + yPred.spec())
            .expected("one-hot labels of shape " + b)
            .fix(
                "use SparseCategoricalCrossentropy, or tf.oneHot(labels, "
                    + (classes < 0 ? "classes" : classes)
                    + ")")
            .shapeError();
      }
    }
    equalShape(loss, yTrue, yPred);
  }

  /// Fails for shares of all classes where class numbers belong.
  static void numbers(Loss loss, Tensor yTrue, Tensor yPred) {
    Shape a = yTrue.shape();
    Shape b = yPred.shape();
    if (!a.isRankKnown() || !b.isRankKnown() || b.rank() == 0) {
      return;
    }
    boolean sameRank = a.rank() == b.rank();
    if (sameRank && a.dim(-1) > 1 && a.dim(-1) == b.dim(-1)) {
      throw Message.what(
              who(loss)
                  + ": labels of shape "
                  + a
                  + " look one-hot, but class numbers are expected")
          .given("y_true " + yTrue.spec() + " · y_pred " + yPred.spec())
          .expected("class numbers of shape " + lead(b))
          .fix("use CategoricalCrossentropy, or tf.argmax(labels, -1)")
          .shapeError();
    }
    int rank = sameRank ? a.rank() - 1 : a.rank();
    boolean fits = rank == b.rank() - 1 && (!sameRank || a.dim(-1) <= 1);
    for (int i = 0; fits && i < rank; i++) {
      fits = a.dim(i) < 0 || b.dim(i) < 0 || a.dim(i) == b.dim(i);
    }
    if (!fits) {
      throw Message.what(
              who(loss) + ": labels of shape " + a + " do not fit predictions of shape " + b)
          .given("y_true " + yTrue.spec() + " · y_pred " + yPred.spec())
          .expected("class numbers of shape " + lead(b))
          .shapeError();
    }
  }

  private static Shape lead(Shape s) {
    return Shape.of(java.util.Arrays.copyOf(s.dims(), s.rank() - 1));
  }

  /// Fails when predictions that should be probabilities are seen to be scores.
  ///
  /// @param below1 whether a value above 1 tells so too; where rows are divided by their sum it
  ///   does not
  static void probabilities(Loss loss, Tensor yPred, boolean below1) {
    if (yPred.isSymbolic()
        || !Context.get().isEager()
        || yPred.dtype() != DType.F32
        || !yPred.device().toLowerCase(java.util.Locale.ROOT).contains("cpu")) {
      return;
    }
    MemorySegment s = yPred.segment();
    long n = Math.min(LOOKED_AT, yPred.size());
    for (long i = 0; i < n; i++) {
      float x = s.getAtIndex(ValueLayout.JAVA_FLOAT, i);
      if (x < -SLACK || below1 && x > 1 + SLACK) {
        throw Message.what(
                who(loss)
                    + ": probabilities are expected, but a prediction is "
                    + x
                    + ", which looks like a score (logit)")
            .given("y_pred " + yPred.spec() + " with from_logits = false")
            .expected("numbers from 0 to 1, the output of a softmax or sigmoid")
            .fix(
                "say from_logits = true if these are scores, or give the last layer the activation"
                    + " 'softmax' ('sigmoid')")
            .valueError();
      }
    }
    java.lang.ref.Reference.reachabilityFence(yPred);
  }

  /// Fails unless weights stretch to the shape of the losses.
  static void weights(Tensor losses, Tensor weight) {
    Shape a = losses.shape();
    Shape b = weight.shape();
    if (!a.isRankKnown() || !b.isRankKnown()) {
      return;
    }
    for (int i = 1; i <= Math.min(a.rank(), b.rank()); i++) {
      int m = a.dim(a.rank() - i);
      int n = b.dim(b.rank() - i);
      if (m >= 0 && n >= 0 && m != n && m != 1 && n != 1) {
        throw Message.what("sample weights of shape " + b + " do not fit losses of shape " + a)
            .expected("one weight for each loss, or a shape that stretches to " + a)
            .shapeError();
      }
    }
  }

  private static String who(Loss loss) {
    return loss.getClass().getSimpleName();
  }
}
