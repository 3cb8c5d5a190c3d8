package dev.merapi.nn.loss;

import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.Tensor;

/// Losses as scalar tensors: the mean over the samples of a batch.
public final class Losses {
  private static final OpRef SPARSE = OpRef.to("SparseSoftmaxCrossEntropyWithLogits");
  private static final OpRef MEAN = OpRef.to("Mean");
  private static final OpRef SQUARED = OpRef.to("SquaredDifference");

  private Losses() {}

  /// Returns the mean cross-entropy of class scores.
  ///
  /// @param labels `(batch,)` class numbers, int32 or int64
  /// @param logits `(batch, classes)` scores before softmax
  public static Tensor sparseSoftmaxCrossEntropy(Tensor labels, Tensor logits) {
    Tensor each = SPARSE.all(SPARSE.get().defaults(), logits, labels)[0];
    return MEAN.of(each, Values.ints(0));
  }

  /// Returns the mean of squared differences over all elements.
  public static Tensor meanSquaredError(Tensor labels, Tensor predictions) {
    Tensor d = SQUARED.of(predictions, labels);
    int[] axes = new int[d.rank()];
    for (int i = 0; i < axes.length; i++) {
      axes[i] = i;
    }
    return MEAN.of(d, Values.ints(axes));
  }
}
