package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Tensor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What layers share that move the pixels of pictures: one affine transform a picture.
abstract class Moving extends RandomImage {
  private static final OpRef COMPOSE = OpRef.to("_AffineTransforms");
  private static final OpRef TRANSFORM = OpRef.to("ImageProjectiveTransformV3");

  private @Nullable Setting<String> fillMode;
  private @Nullable Setting<Double> fillValue;
  private @Nullable Setting<String> interpolation;

  /// Adds the arguments that are the same for all, behind the layer's own.
  final void moves() {
    fillMode =
        setting("fill_mode", Kinds.oneOf("reflect", "wrap", "constant", "nearest"), "reflect");
    interpolation = setting("interpolation", Kinds.oneOf("nearest", "bilinear"), "bilinear");
    takesSeed();
    fillValue = setting("fill_value", Kinds.NUMBER, 0.0);
  }

  /// How pictures are moved: for each result pixel where it is taken from. Parts that are null do
  /// nothing.
  ///
  /// @param angle `(batch, 1)` in degrees
  /// @param shear `(batch, 2)`: x, y
  /// @param scale `(batch, 2)`: x, y
  /// @param move `(batch, 2)`: x, y in pixels
  /// @param aboutCenter whether the middle of the picture stays where it is, else the first pixel
  record Way(
      @Nullable Tensor angle,
      @Nullable Tensor shear,
      @Nullable Tensor scale,
      @Nullable Tensor move,
      boolean aboutCenter) {}

  abstract Way way(Tensor x, Chance draw);

  @Override
  final Tensor changed(Tensor x, Chance draw) {
    Way way = way(x, draw);
    Tensor height = Sizes.axis(x, 1);
    Tensor width = Sizes.axis(x, 2);
    Tensor transforms =
        COMPOSE.of(
            part(way.angle, x, 1, 0),
            part(way.shear, x, 2, 0),
            part(way.scale, x, 2, 1),
            part(way.move, x, 2, 0),
            way.aboutCenter
                ? Ops.mul(Ops.sub(Ops.cast(Sizes.vector(width, height), DType.F32), ONES), 0.5)
                : Values.floats(new float[2], 2));
    Setting<String> mode = fillMode;
    Setting<String> method = interpolation;
    Setting<Double> value = fillValue;
    if (mode == null || method == null || value == null) {
      throw new IllegalStateException("This is a bug in Merapi: a layer without moves()");
    }
    return Ops.ensure(
        TRANSFORM.with(
            TRANSFORM.attrs(
                "interpolation",
                method.get().toUpperCase(Locale.ROOT),
                "fill_mode",
                mode.get().toUpperCase(Locale.ROOT)),
            x,
            transforms,
            Sizes.vector(height, width),
            Values.scalar(value.get().floatValue())),
        x.shape().dims());
  }

  private static final Tensor ONES = Values.floats(new float[] {1, 1}, 2);

  private static Tensor part(@Nullable Tensor t, Tensor x, int columns, double otherwise) {
    if (t != null) {
      return Ops.cast(t, DType.F32);
    }
    Tensor shape = Sizes.vector(Sizes.axis(x, 0), Values.scalar(columns));
    return OpRef.to("Fill").of(shape, Values.scalar((float) otherwise));
  }

  /// Puts x and y side by side.
  static Tensor both(Tensor x, Tensor y) {
    return Ops.concat(1, x, y);
  }
}
