package dev.merapi.facade;

import dev.merapi.op.Literals;
import dev.merapi.op.OpRef;
import dev.merapi.op.Values;
import dev.merapi.say.Message;
import dev.merapi.tensor.Tensor;
import java.util.Arrays;
import java.util.Locale;

/// `tf.image`: pictures `(height, width, channels)`, or batches of them.
public abstract class ImageApi extends TfImageOps {
  private static final OpRef EXPAND = OpRef.to("ExpandDims");
  private static final OpRef SQUEEZE = OpRef.to("Squeeze");

  protected ImageApi() {}

  /// Resizes pictures, bilinear with half-pixel centres; the result is float32.
  ///
  /// @param size new height and width in pixels
  public static Tensor resize(Object images, int[] size) {
    return resize(images, size, "bilinear");
  }

  /// @param method `bilinear`, `nearest`, `bicubic` or `area`
  public static Tensor resize(Object images, int[] size, String method) {
    OpRef op =
        switch (method.toLowerCase(Locale.ROOT)) {
          case "bilinear" -> OpRef.to("ResizeBilinear");
          case "nearest" -> OpRef.to("ResizeNearestNeighbor");
          case "bicubic" -> OpRef.to("ResizeBicubic");
          case "area" -> OpRef.to("ResizeArea");
          default ->
              throw Message.what("tf.image.resize: there is no method '" + method + "'")
                  .expected("bilinear, nearest, bicubic or area")
                  .valueError();
        };
    return apply(op, images, size, !method.equalsIgnoreCase("area"));
  }

  /// Resizes pictures by repeating their pixels, as TensorFlow 1 did (corner of each pixel, not its
  /// centre).
  public static Tensor resizeNearestNeighbor(Object images, int[] size) {
    return apply(OpRef.to("ResizeNearestNeighbor"), images, size, false);
  }

  private static Tensor apply(OpRef op, Object images, int[] size, boolean halfPixel) {
    if (size.length != 2 || size[0] <= 0 || size[1] <= 0) {
      throw Message.what("tf.image.resize: 'size' must be two numbers above 0, height and width")
          .given(Arrays.toString(size))
          .shapeError();
    }
    Tensor x = Literals.of(images);
    boolean single = x.rank() == 3;
    if (!single && x.rank() != 4) {
      throw Message.what("tf.image.resize: 'images' must have either 3 or 4 dimensions.")
          .given("images " + x.spec())
          .expected("(height, width, channels) or (batch, height, width, channels)")
          .shapeError();
    }
    Tensor batch = single ? EXPAND.of(x, Values.scalar(0)) : x;
    Tensor y =
        halfPixel
            ? op.with(op.attrs("half_pixel_centers", true), batch, Values.ints(size))
            : op.of(batch, Values.ints(size));
    return single ? SQUEEZE.with(SQUEEZE.attrs("squeeze_dims", new int[] {0}), y) : y;
  }

  /// Cuts windows out of pictures `(batch, height, width, channels)` and lays the pixels of each
  /// into the channels.
  ///
  /// @param sizes of the window along all four axes; 1 for batch and channels, as in the others
  /// @param rates from one pixel of a window to the next
  /// @param padding `SAME` or `VALID`
  public static Tensor extractPatches(
      Object images, int[] sizes, int[] strides, int[] rates, String padding) {
    OpRef op = OpRef.to("ExtractImagePatches");
    return op.with(
        op.attrs("ksizes", sizes, "strides", strides, "rates", rates, "padding", padding),
        Literals.of(images));
  }

  /// Picks boxes by score and drops those that overlap by more than half with a better one.
  ///
  /// @param boxes rows `(y1, x1, y2, x2)`
  /// @return indices of boxes, the best first, int32
  public static Tensor nonMaxSuppression(Object boxes, Object scores, int maxOutputSize) {
    return nonMaxSuppression(boxes, scores, maxOutputSize, 0.5, Double.NEGATIVE_INFINITY);
  }

  /// @param iouThreshold largest overlap, common area by area of both together
  /// @param scoreThreshold boxes up to this score are left out
  public static Tensor nonMaxSuppression(
      Object boxes, Object scores, int maxOutputSize, double iouThreshold, double scoreThreshold) {
    return OpRef.to("NonMaxSuppressionV3")
        .of(
            Literals.of(boxes),
            Literals.of(scores),
            Values.scalar(maxOutputSize),
            Values.scalar((float) iouThreshold),
            Values.scalar((float) scoreThreshold));
  }

  /// Turns pictures left to right.
  public static Tensor flipLeftRight(Object images) {
    return flip(images, -2);
  }

  /// Turns pictures upside down.
  public static Tensor flipUpDown(Object images) {
    return flip(images, -3);
  }

  private static Tensor flip(Object images, int axis) {
    Tensor x = Literals.of(images);
    return OpRef.to("ReverseV2").of(x, Values.ints(x.shape().axis("tf.image.flip", axis)));
  }
}
