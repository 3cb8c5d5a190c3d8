package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Setting;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;

/// Moves pictures by chance, in training.
public final class RandomTranslation extends Moving implements MovingArguments<RandomTranslation> {
  private static final Kind<Range> PART = Range.kind(-1, 1, true);

  private final Setting<Range> heightFactor = required("height_factor", PART);
  private final Setting<Range> widthFactor = required("width_factor", PART);

  private RandomTranslation() {
    moves();
  }

  /// @param heightFactor how far down or up at most, as a part of the height
  /// @param widthFactor how far to the right or left at most, as a part of the width
  public RandomTranslation(double heightFactor, double widthFactor) {
    this();
    this.heightFactor.set(heightFactor);
    this.widthFactor.set(widthFactor);
  }

  /// @param heightFactor two bounds; above 0 is down
  /// @param widthFactor two bounds; above 0 is to the right
  public RandomTranslation(double[] heightFactor, double[] widthFactor) {
    this();
    this.heightFactor.set(heightFactor);
    this.widthFactor.set(widthFactor);
  }

  @Override
  Way way(Tensor x, Chance draw) {
    Tensor down = share(draw.each(x, 1, DType.F32, heightFactor.get()), x, 1);
    Tensor right = share(draw.each(x, 1, DType.F32, widthFactor.get()), x, 2);
    // A picture that moves right takes its pixels from the left.
    return new Way(null, null, null, Ops.mul(both(right, down), -1), false);
  }

  private static Tensor share(Tensor part, Tensor x, int axis) {
    return Ops.mul(part, Ops.cast(Sizes.axis(x, axis), DType.F32));
  }
}
