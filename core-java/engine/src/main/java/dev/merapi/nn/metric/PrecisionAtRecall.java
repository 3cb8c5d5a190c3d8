package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes the best precision of all thresholds that reach a recall; 0 where none does.
public final class PrecisionAtRecall extends BestUnder {
  private final Setting<Double> recall = required("recall", Kinds.SHARE);

  private PrecisionAtRecall() {
    super("precision_at_recall");
  }

  /// @param recall what must be reached, 0 to 1
  public PrecisionAtRecall(double recall) {
    this();
    this.recall.set(recall);
  }

  @Override
  double wanted() {
    return recall.get();
  }

  @Override
  Tensor held(Confusion c) {
    return c.recall();
  }

  @Override
  Tensor best(Confusion c) {
    return c.precision();
  }
}
