// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
package dev.merapi.facade;

import dev.merapi.op.OpRef;
import dev.merapi.tensor.DType;
import dev.merapi.tensor.Shape;
import dev.merapi.tensor.Tensor;
import java.util.List;

/// The operations of `tf.image`, one method each.
public abstract class TfImageOps {
  protected TfImageOps() {}

  private static final OpRef ADJUST_CONTRASTV2 = OpRef.to("AdjustContrastv2");

  /// Multiplies the distance of each number to the mean of its channel in the image.
  ///
  /// Formula: y = (x − mean)·contrast_factor + mean
  ///
  /// Types T: float16 or float32.
  ///
  /// Gradient: yes.
  public static Tensor adjustContrast(Object images, Object contrastFactor) {
    return Operands.call(ADJUST_CONTRASTV2, images, contrastFactor);
  }

  private static final OpRef ADJUST_HUE = OpRef.to("AdjustHue");

  /// Turns the hues of an RGB image by delta, a part of the whole circle.
  ///
  /// Types T: float16 or float32.
  ///
  /// Gradient: yes.
  public static Tensor adjustHue(Object images, Object delta) {
    return Operands.call(ADJUST_HUE, images, delta);
  }

  private static final OpRef ADJUST_SATURATION = OpRef.to("AdjustSaturation");

  /// Multiplies the saturations of an RGB image, up to full saturation.
  ///
  /// Types T: float16 or float32.
  ///
  /// Gradient: yes.
  public static Tensor adjustSaturation(Object images, Object scale) {
    return Operands.call(ADJUST_SATURATION, images, scale);
  }

  private static final OpRef CROP_AND_RESIZE = OpRef.to("CropAndResize");

  /// Cuts boxes out of images and resizes them to one size; corners are parts of height and width.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8 or uint16.
  ///
  /// Gradient: yes.
  public static Tensor cropAndResize(Object image, Object boxes, Object boxInd, Object cropSize) {
    return CROP_AND_RESIZE.of(Operands.of(CROP_AND_RESIZE.get(), image, boxes, boxInd, cropSize));
  }

  /// Cuts boxes out of images and resizes them to one size; corners are parts of height and width.
  ///
  /// Types T: float16, bfloat16, float32, float64, int8, int16, int32, int64, uint8 or uint16.
  ///
  /// `method` is bilinear if not given.
  ///
  /// `extrapolationValue` is 0.0 if not given.
  ///
  /// Gradient: yes.
  public static Tensor cropAndResize(Object image, Object boxes, Object boxInd, Object cropSize, String method, double extrapolationValue) {
    return CROP_AND_RESIZE.with(CROP_AND_RESIZE.attrs("method", method, "extrapolation_value", extrapolationValue), Operands.of(CROP_AND_RESIZE.get(), image, boxes, boxInd, cropSize));
  }

  private static final OpRef HSVTO_RGB = OpRef.to("HSVToRGB");

  /// Turns hue (0 to 1), saturation and value into red, green and blue.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: Smith 1978, "Color Gamut Transform Pairs"
  ///
  /// Gradient: yes.
  public static Tensor hsvToRgb(Object images) {
    return Operands.call(HSVTO_RGB, images);
  }

  private static final OpRef RGBTO_HSV = OpRef.to("RGBToHSV");

  /// Turns red, green and blue into hue (0 to 1), saturation and value.
  ///
  /// Types T: float16, bfloat16, float32 or float64.
  ///
  /// Source: Smith 1978, "Color Gamut Transform Pairs"
  ///
  /// Gradient: yes.
  public static Tensor rgbToHsv(Object images) {
    return Operands.call(RGBTO_HSV, images);
  }
}
