package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import org.jspecify.annotations.Nullable;

/// Computes the mean intersection over union of some classes, for one-hot labels; see [IoU].
public final class OneHotIoU extends Overlap {
  private final Setting<Integer> numClasses = required("num_classes", Kinds.POSITIVE);
  private final Setting<int[]> targetClassIds = required("target_class_ids", Kinds.WHOLES);
  private final Setting<@Nullable Integer> ignoreClass =
      setting("ignore_class", Kinds.INT.orNone(), null);
  private final Setting<Boolean> sparseYPred = setting("sparse_y_pred", Kinds.FLAG, false);
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  private OneHotIoU() {
    super("one_hot_io_u");
  }

  /// @param targetClassIds the classes of which the mean is taken, from 0 to `numClasses` - 1
  public OneHotIoU(int numClasses, int... targetClassIds) {
    this();
    this.numClasses.set(numClasses);
    this.targetClassIds.set(targetClassIds);
    Targets.check(numClasses, targetClassIds);
  }

  @Override
  int classes() {
    return numClasses.get();
  }

  @Override
  int[] targets() {
    return Targets.check(numClasses.get(), targetClassIds.get());
  }

  @Override
  @Nullable Integer ignored() {
    return ignoreClass.get();
  }

  @Override
  boolean sparseLabels() {
    return false;
  }

  @Override
  boolean sparsePredictions() {
    return sparseYPred.get();
  }

  @Override
  int axis() {
    return axis.get();
  }
}
