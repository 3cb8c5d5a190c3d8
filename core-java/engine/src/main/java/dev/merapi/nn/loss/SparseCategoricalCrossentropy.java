package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Computes `−log(y_pred[y_true])`: for one class out of several, labels being class numbers.
///
/// Shapes: predictions `(batch, …, classes)`, labels `(batch, …)` or `(batch, …, 1)`. Fails:
/// `ShapeError` for one-hot labels, `ValueError` naming label and range when a label is no class,
/// and when predictions outside of 0 to 1 show that they are scores.
///
/// `axis` is part of the configuration here; Keras takes it but does not write it.
public final class SparseCategoricalCrossentropy extends Loss {
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
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.sparseCategoricalCrossentropy(
        yTrue, yPred, fromLogits.get(), ignoreClass.get(), axis.get());
  }

  @Override
  boolean takesWholeLabels() {
    return true;
  }

  @Override
  void check(Tensor yTrue, Tensor yPred) {
    Pairing.numbers(this, yTrue, yPred);
    if (!fromLogits.get()) {
      Pairing.probabilities(this, yPred, true);
    }
  }
}
