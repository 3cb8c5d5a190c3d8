package dev.merapi.nn.metric;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Computes the mean intersection over union of all classes, for one-hot labels; see [IoU].
public final class OneHotMeanIoU extends Overlap {
  private final Setting<Integer> numClasses = required("num_classes", Kinds.POSITIVE);
  private final Setting<@Nullable Integer> ignoreClass =
      setting("ignore_class", Kinds.INT.orNone(), null);
  private final Setting<Boolean> sparseYPred = setting("sparse_y_pred", Kinds.FLAG, false);
  private final Setting<Integer> axis = setting("axis", Kinds.INT, -1);

  private OneHotMeanIoU() {
    super("one_hot_mean_io_u");
  }

  public OneHotMeanIoU(int numClasses) {
    this();
    this.numClasses.set(numClasses);
  }

  @Override
  int classes() {
    return numClasses.get();
  }

  @Override
  int[] targets() {
    return IntStream.range(0, numClasses.get()).toArray();
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
