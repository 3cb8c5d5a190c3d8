package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Computes how often the class that the label numbers is among the `k` largest predictions.
///
/// With `from_sorted_ids` predictions are numbers of classes, the likeliest first.
public final class SparseTopKCategoricalAccuracy extends MeanMetric {
  private final Setting<Integer> k = setting("k", Kinds.POSITIVE, 5);
  private final Setting<Boolean> fromSortedIds = setting("from_sorted_ids", Kinds.FLAG, false);

  public SparseTopKCategoricalAccuracy() {
    super("sparse_top_k_categorical_accuracy");
  }

  public SparseTopKCategoricalAccuracy(int k) {
    this();
    this.k.set(k);
  }

  /// Leaves out what Keras leaves out: `from_sorted_ids` where it is not set.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> config = super.getConfig();
    config.remove("from_sorted_ids", false);
    return config;
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.sparseTopKCategoricalAccuracy(yTrue, yPred, k.get(), fromSortedIds.get());
  }
}
