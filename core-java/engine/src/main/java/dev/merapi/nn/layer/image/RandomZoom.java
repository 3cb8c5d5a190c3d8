package dev.merapi.nn.layer.image;

import dev.merapi.nn.config.Kind;
import dev.merapi.nn.config.Setting;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/// Zooms pictures about their middles by chance, in training: a factor above 0 shows more around,
/// one below 0 less.
public final class RandomZoom extends Moving implements MovingArguments<RandomZoom> {
  private static final Kind<Range> PART = Range.kind(Math.nextUp(-1.0), 1, true);

  private final Setting<Range> heightFactor = required("height_factor", PART);
  private final Setting<@Nullable Range> widthFactor = setting("width_factor", PART.orNone(), null);

  private RandomZoom() {
    moves();
  }

  /// @param factor by how much at most, to either side; proportions stay
  public RandomZoom(double factor) {
    this();
    heightFactor.set(factor);
  }

  /// @param low by how much at least, above −1
  public RandomZoom(double low, double high) {
    this();
    heightFactor.set(new double[] {low, high});
  }

  /// Zooms the width in a way of its own.
  ///
  /// @param factor by how much at most, or the two bounds
  public RandomZoom widthFactor(double... factor) {
    return with("width_factor", factor.length == 1 ? (Object) factor[0] : factor);
  }

  @Override
  Way way(Tensor x, Chance draw) {
    Range high = heightFactor.get();
    Range wide = widthFactor.get();
    Tensor height = draw.each(x, 1, DType.F32, 1 + high.low(), 1 + high.high());
    Tensor width =
        wide == null ? height : draw.each(x, 1, DType.F32, 1 + wide.low(), 1 + wide.high());
    return new Way(null, null, both(width, height), null, true);
  }
}
