package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.Tensor;

/// Computes how often predictions on the right side of a threshold are: above it for labels of 1,
/// not above it for labels of 0.
public final class BinaryAccuracy extends MeanMetric {
  private final Setting<Double> threshold = setting("threshold", Kinds.NUMBER, 0.5);

  public BinaryAccuracy() {
    super("binary_accuracy");
  }

  public BinaryAccuracy(double threshold) {
    this();
    this.threshold.set(threshold);
  }

  @Override
  protected Tensor call(Tensor yTrue, Tensor yPred) {
    return Metrics.binaryAccuracy(yTrue, yPred, threshold.get());
  }
}
