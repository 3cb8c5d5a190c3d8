package dev.merapi.nn.layer.noise;

import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.layer.Checks;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the layers share that drop whole channels.
///
/// Source: Tompson et al. 2015, "Efficient Object Localization Using Convolutional Networks".
abstract class SpatialDropout extends Noise {
  SpatialDropout() {
    super("rate", Kinds.SHARE);
  }

  /// Returns the number of axes along which one draw holds.
  abstract int rank();

  boolean channelsFirst() {
    return false;
  }

  @Override
  protected void build(Shape input) {
    Checks.rank(name(), input, rank() + 2);
    super.build(input);
  }

  @Override
  Tensor disturbed(Tensor x, SeedGenerator random) {
    int[] draws = new int[rank() + 2];
    Arrays.fill(draws, 1);
    draws[0] = -1;
    draws[channelsFirst() ? 1 : rank() + 1] = -1;
    return random.dropout(x, strength.get(), draws);
  }

  /// Keras's class takes no `trainable`, and names the type alone.
  @Override
  public Map<String, @Nullable Object> getConfig() {
    Map<String, @Nullable Object> c = super.getConfig();
    c.remove("trainable");
    c.put("dtype", dtypePolicy().variable().toString());
    return c;
  }
}
