package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes `(1 − p^q) / q` with `p` the probability of the true class: close to a cross-entropy
/// for a small `q`, to the absolute error for one near 1, and less harmed by wrong labels.
///
/// Labels are class numbers. Source: Zhang, Sabuncu, "Generalized cross entropy loss for training
/// deep neural networks with noisy labels", 2018.
public final class CategoricalGeneralizedCrossEntropy extends Loss {
  private final Setting<Double> q =
      setting("q", Kinds.numbers("a number between 0 and 1", x -> x > 0 && x < 1), 0.5);

  public CategoricalGeneralizedCrossEntropy() {
    super("categorical_generalized_cross_entropy");
  }

  public CategoricalGeneralizedCrossEntropy(double q) {
    this();
    this.q.set(q);
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.categoricalGeneralizedCrossEntropy(yTrue, yPred, q.get());
  }

  @Override
  boolean takesWholeLabels() {
    return true;
  }

  @Override
  void check(Tensor yTrue, Tensor yPred) {
    Pairing.numbers(this, yTrue, yPred);
    Pairing.probabilities(this, yPred, true);
  }
}
