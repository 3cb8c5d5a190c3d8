package dev.merapi.nn.metric;

import static dev.merapi.facade.TfApi.cast;
import static dev.merapi.facade.TfApi.greaterEqual;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.loss.Weights;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Computes the mean intersection over union of the two sides of a threshold; see [IoU].
public final class BinaryIoU extends Overlap {
  private final Setting<int[]> targetClassIds =
      setting("target_class_ids", Kinds.WHOLES, new int[] {0, 1});
  private final Setting<Double> threshold = setting("threshold", Kinds.NUMBER, 0.5);

  public BinaryIoU() {
    super("binary_io_u");
  }

  /// @param targetClassIds 0, 1 or both
  /// @param threshold from which on a prediction is class 1
  public BinaryIoU(int[] targetClassIds, double threshold) {
    this();
    this.targetClassIds.set(targetClassIds);
    this.threshold.set(threshold);
  }

  @Override
  int classes() {
    return 2;
  }

  @Override
  int[] targets() {
    return Targets.check(2, targetClassIds.get());
  }

  @Override
  Tensor prepared(Tensor yPred) {
    return cast(greaterEqual(Weights.cast(yPred, DType.F32), threshold.get()), DType.I32);
  }
}
