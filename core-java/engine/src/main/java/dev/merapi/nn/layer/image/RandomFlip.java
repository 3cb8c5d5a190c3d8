package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Mirrors about half of the pictures, in training.
///
/// As in Keras, a picture that is mirrored both ways is so at once: it is turned by half a turn or
/// left as it is.
public final class RandomFlip extends RandomImage implements RandomImageArguments<RandomFlip> {
  private static final OpRef REVERSE = OpRef.to("ReverseV2");

  private final Setting<String> mode;

  public RandomFlip() {
    takesSeed();
    mode =
        setting(
            "mode",
            Kinds.oneOf("horizontal", "vertical", "horizontal_and_vertical"),
            "horizontal_and_vertical");
  }

  /// @param mode `horizontal` swaps left and right, `vertical` top and bottom, or
  ///   `horizontal_and_vertical`
  public RandomFlip(String mode) {
    this();
    this.mode.set(mode);
  }

  @Override
  Tensor changed(Tensor x, Chance draw) {
    Tensor flips = Ops.not(Ops.greater(draw.each(x, 3, DType.F32, 0, 1), 0.5));
    int[] axes =
        switch (mode.get()) {
          case "horizontal" -> new int[] {2};
          case "vertical" -> new int[] {1};
          default -> new int[] {1, 2};
        };
    return Ops.where(flips, REVERSE.of(x, Values.ints(axes)), x);
  }
}
