package dev.merapi.nn.loss;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes the mean of `e² / 2` where `|e| ≤ delta`, of `delta · |e| − delta² / 2` elsewhere:
/// square near the label, straight far from it.
///
/// `delta` is part of the configuration here; Keras takes it but does not write it.
public final class Huber extends Elementwise {
  private final Setting<Double> delta = setting("delta", Kinds.NUMBER, 1.0);

  public Huber() {
    super("huber_loss");
  }

  public Huber(double delta) {
    this();
    this.delta.set(delta);
  }

  @Override
  public Tensor call(Tensor yTrue, Tensor yPred) {
    return Losses.huber(yTrue, yPred, delta.get());
  }
}
