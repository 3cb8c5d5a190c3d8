package dev.merapi.nn.layer.noise;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.nn.regularize.L1L2;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Lets everything pass as it is, and adds its size to the loss.
public final class ActivityRegularization extends Layer
    implements LayerArguments<ActivityRegularization> {
  private final Setting<Double> l1 = setting("l1", Kinds.NUMBER, 0.0);
  private final Setting<Double> l2 = setting("l2", Kinds.NUMBER, 0.0);

  private ActivityRegularization() {
    supportsMasking();
  }

  /// @param l1 weight of the sum of magnitudes
  /// @param l2 weight of the sum of squares
  public ActivityRegularization(double l1, double l2) {
    this();
    this.l1.set(l1);
    this.l2.set(l2);
  }

  @Override
  protected void build(Shape input) {
    setActivityRegularizer(new L1L2(l1.get(), l2.get()));
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return x;
  }
}
