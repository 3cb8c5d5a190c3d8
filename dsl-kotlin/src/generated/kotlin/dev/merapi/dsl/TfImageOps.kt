// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.image` as extensions.

/** Multiplies the distance of each number to the mean of its channel in the image. See `tf.image.adjustContrast`. */
public fun TensorLike.adjustContrast(contrastFactor: Any): Tensor = tf.image.adjustContrast(this, contrastFactor)

/** Turns the hues of an RGB image by delta, a part of the whole circle. See `tf.image.adjustHue`. */
public fun TensorLike.adjustHue(delta: Any): Tensor = tf.image.adjustHue(this, delta)

/** Multiplies the saturations of an RGB image, up to full saturation. See `tf.image.adjustSaturation`. */
public fun TensorLike.adjustSaturation(scale: Any): Tensor = tf.image.adjustSaturation(this, scale)

/** Cuts boxes out of images and resizes them to one size; corners are parts of height and width. See `tf.image.cropAndResize`. */
public fun TensorLike.cropAndResize(boxes: Any, boxInd: Any, cropSize: Any, method: String = "bilinear", extrapolationValue: Double = 0.0): Tensor = tf.image.cropAndResize(this, boxes, boxInd, cropSize, method, extrapolationValue)

/** Turns hue (0 to 1), saturation and value into red, green and blue. See `tf.image.hsvToRgb`. */
public fun TensorLike.hsvToRgb(): Tensor = tf.image.hsvToRgb(this)

/** Turns red, green and blue into hue (0 to 1), saturation and value. See `tf.image.rgbToHsv`. */
public fun TensorLike.rgbToHsv(): Tensor = tf.image.rgbToHsv(this)
