package dev.merapi.nn.layer.activate;

import dev.merapi.nn.activation.Activations;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.Layer;
import dev.merapi.nn.layer.LayerArguments;
import dev.merapi.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Leaves positive numbers as they are and makes negative ones smaller.
public final class LeakyReLU extends Layer implements LayerArguments<LeakyReLU> {
  private final Setting<Double> negativeSlope =
      setting("negative_slope", Kinds.numbers("a number of 0 or more", v -> v >= 0), 0.3);

  public LeakyReLU() {
    supportsMasking();
  }

  public LeakyReLU(double negativeSlope) {
    this();
    this.negativeSlope.set(negativeSlope);
  }

  @Override
  protected Tensor call(Tensor x, boolean training) {
    return Activations.leakyRelu(negativeSlope.get()).apply(x);
  }

  /// Keras 2 said `alpha`.
  @Override
  public void readConfig(Map<String, ?> config) {
    Map<String, @Nullable Object> c = new LinkedHashMap<>(config);
    Object alpha = c.remove("alpha");
    if (alpha != null) {
      c.put("negative_slope", alpha);
    }
    super.readConfig(c);
  }
}
