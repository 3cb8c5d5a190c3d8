package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes the best recall of all thresholds that reach a precision; 0 where none does.
public final class RecallAtPrecision extends BestUnder {
  private final Setting<Double> precision = required("precision", Kinds.SHARE);

  private RecallAtPrecision() {
    super("recall_at_precision");
  }

  /// @param precision what must be reached, 0 to 1
  public RecallAtPrecision(double precision) {
    this();
    this.precision.set(precision);
  }

  @Override
  double wanted() {
    return precision.get();
  }

  @Override
  Tensor held(Confusion c) {
    return c.precision();
  }

  @Override
  Tensor best(Confusion c) {
    return c.recall();
  }
}
