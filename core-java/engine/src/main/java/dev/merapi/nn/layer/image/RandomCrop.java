package dev.merapi.nn.layer.image;

import dev.merapi.nn.Ops;
import dev.merapi.nn.config.Kinds;
import dev.merapi.nn.config.Setting;
import dev.merapi.nn.layer.preprocess.Pictures;
import dev.merapi.op.Values;
import dev.merapi.op.family.Sizes;
import dev.merapi.say.Message;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;

/// Cuts a part out of pictures, in training by chance, the same part of all pictures of a batch.
///
/// Otherwise, and from pictures that are too small, the largest middle part of the same
/// proportions, resized: so Keras describes it, while Keras 3.15 itself lets pictures pass uncut
/// when it is not training.
public final class RandomCrop extends RandomImage implements RandomImageArguments<RandomCrop> {
  private final Setting<Integer> height = required("height", Kinds.POSITIVE);
  private final Setting<Integer> width = required("width", Kinds.POSITIVE);

  private RandomCrop() {
    takesSeed();
  }

  /// @param height in pixels
  /// @param width in pixels
  public RandomCrop(int height, int width) {
    this();
    this.height.set(height);
    this.width.set(width);
  }

  private boolean isLarge(Tensor x) {
    Shape s = x.shape();
    if (s.dim(1) < 0 || s.dim(2) < 0) {
      throw Message.what("RandomCrop requires the input to have a fully defined height and width")
          .given("images " + s)
          .expected("(batch, height, width, channels)")
          .fix("say height and width in Input(shape)")
          .shapeError();
    }
    return s.dim(1) > height.get() && s.dim(2) > width.get();
  }

  @Override
  Tensor changed(Tensor x, Chance draw) {
    if (!isLarge(x)) {
      return unchanged(x);
    }
    Tensor h = Values.scalar(height.get());
    Tensor w = Values.scalar(width.get());
    Tensor one = Values.scalar(1);
    Tensor top = draw.below(Sizes.plus(Sizes.minus(Sizes.axis(x, 1), h), one));
    Tensor left = draw.below(Sizes.plus(Sizes.minus(Sizes.axis(x, 2), w), one));
    return Pictures.cut(x, top, left, h, w);
  }

  @Override
  Tensor unchanged(Tensor x) {
    isLarge(x);
    return Ops.cast(Pictures.part(x, height.get(), width.get()), x.dtype());
  }
}
