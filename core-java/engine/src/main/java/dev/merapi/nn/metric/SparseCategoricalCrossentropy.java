package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Computes the mean of `−log(y_pred[y_true])`; labels are class numbers.
public final class SparseCategoricalCrossentropy extends MeanMetric {
  private final Setting<Boolean> fromLogits = setting("from_logits", Kinds.FLAG, false);
  private final Setting<@Nullable Integer> ignoreClass =
      setting("ignore_class", Kinds.INT.orNone(), null);
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public SparseCategoricalCrossentropy() {
    super("sparse_categorical_crossentropy");
  }

  /// @param fromLogits whether predictions are scores, before the last activation
  public SparseCategoricalCrossentropy(boolean fromLogits) {
    this();
    this.fromLogits.set(fromLogits);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.sparseCategoricalCrossentropy(
        yTrue, yPred, fromLogits.get(), ignoreClass.get(), axis.get());
  }
}
