package dev.merapi.nn.layer.activate;

import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Cuts off what is below a threshold, perhaps not quite, and what is above a largest value.
public final class ReLU extends Layer implements LayerArguments<ReLU> {
  private static final Kind<Double> FROM_ZERO = Kinds.numbers("a number of 0 or more", v -> v >= 0);

  private final Setting<@Nullable Double> maxValue = setting("max_value", FROM_ZERO.orNone(), null);
  private final Setting<Double> negativeSlope = setting("negative_slope", FROM_ZERO, 0.0);
  private final Setting<Double> threshold = setting("threshold", FROM_ZERO, 0.0);

  public ReLU() {
    supportsMasking();
  }

  public ReLU(double maxValue) {
    this();
    maxValue(maxValue);
  }

  /// @param value nothing is larger behind this layer
  public ReLU maxValue(double value) {
    return with("max_value", value);
  }

  /// @param slope what is below the threshold counts this much
  public ReLU negativeSlope(double slope) {
    return with("negative_slope", slope);
  }

  public ReLU threshold(double value) {
    return with("threshold", value);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Activations.relu(negativeSlope.get(), maxValue.get(), threshold.get()).apply(x);
  }
}
