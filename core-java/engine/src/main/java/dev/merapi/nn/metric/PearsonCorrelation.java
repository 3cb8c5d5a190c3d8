package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes the mean correlation of labels and predictions along an axis: 1 where one is a straight
/// function of the other.
public final class PearsonCorrelation extends MeanMetric {
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public PearsonCorrelation() {
    super("pearson_correlation");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.pearsonCorrelation(yTrue, yPred, axis.get());
  }
}
