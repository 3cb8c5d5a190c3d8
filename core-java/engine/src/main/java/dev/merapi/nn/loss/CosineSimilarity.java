package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes minus the cosine of the angle between labels and predictions: −1 for the same
/// direction, 0 for a right angle.
///
/// `axis` is part of the configuration here; Keras takes it but does not write it.
public final class CosineSimilarity extends Elementwise {
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  public CosineSimilarity() {
    super("cosine_similarity");
  }

  public CosineSimilarity(int axis) {
    this();
    this.axis.set(axis);
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.cosineSimilarity(yTrue, yPred, axis.get());
  }
}
