package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes how closely predictions follow labels, in direction, spread and mean; 1 where they are
/// the same.
///
/// Source: Lin, "A concordance correlation coefficient to evaluate reproducibility", 1989.
public final class ConcordanceCorrelation extends MeanMetric {
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public ConcordanceCorrelation() {
    super("concordance_correlation");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.concordanceCorrelation(yTrue, yPred, axis.get());
  }
}
