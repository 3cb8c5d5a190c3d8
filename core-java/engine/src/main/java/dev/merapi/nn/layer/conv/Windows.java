package dev.merapi.nn.layer.conv;

import dev.merapi.nn.layer.Layer;
import dev.merapi.say.Message;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What all layers of this package ask of their windows.
final class Windows {
  private Windows() {}

  static int[] ones(int n) {
    int[] ones = new int[n];
    Arrays.fill(ones, 1);
    return ones;
  }

  static Sliding built(@Nullable Sliding s) {
    if (s == null) {
      throw new IllegalStateException(
          "This is a bug in Merapi: a layer was called before it was built");
    }
    return s;
  }

  /// Refuses steps together with gaps, as Keras does.
  static void notBoth(Layer layer, int[] strides, int[] dilations) {
    if (Arrays.stream(strides).anyMatch(s -> s > 1)
        && Arrays.stream(dilations).anyMatch(d -> d > 1)) {
      throw Message.what(
              layer.name()
                  + ": `strides > 1` not supported in conjunction with `dilation_rate > 1`")
          .given(
              "strides "
                  + Arrays.toString(strides)
                  + " · dilation_rate "
                  + Arrays.toString(dilations))
          .expected("at least one of both 1 on all axes")
          .valueError();
    }
  }
}
