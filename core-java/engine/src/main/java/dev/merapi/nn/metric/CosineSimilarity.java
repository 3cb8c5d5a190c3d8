package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.negative;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Losses;
import dev.merapi.tensor.Tensor;

/// Computes the mean cosine of the angle between labels and predictions: 1 for the same direction.
///
/// `axis` is part of the configuration here; Keras takes it but does not write it.
public final class CosineSimilarity extends MeanMetric {
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public CosineSimilarity() {
    super("cosine_similarity");
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return negative(Losses.cosineSimilarity(yTrue, yPred, axis.get()));
  }
}
