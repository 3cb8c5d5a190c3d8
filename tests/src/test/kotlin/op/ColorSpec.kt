package dev.merapi.op

import dev.merapi.autodiff.GradientTape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe

/**
 * The gradients of "AdjustHue", "AdjustSaturation" and "AdjustContrastv2", which TensorFlow lacks: they must be those
 * of the same change written in basic operations, whose own gradients the derived suite compares with differences.
 */
class ColorSpec :
  StringSpec({
    val picture = tf.constant(Array(3) { i -> FloatArray(3) { ((i * 3 + it) * 37 % 29) / 29f + 0.01f } })
    val images = tf.reshape(picture, intArrayOf(1, 1, 3, 3))
    val weights = tf.reshape(tf.constant(FloatArray(9) { (it * 5 % 7) - 3f }), intArrayOf(1, 1, 3, 3))

    fun slopes(
      by: Tensor,
      change: (Tensor, Tensor) -> Tensor,
    ): List<Double> =
      GradientTape().use { tape ->
        tape.watch(images)
        tape.watch(by)
        val found = tape.gradient(tf.reduceSum(tf.multiply(change(images, by), weights)), listOf(images, by))
        (found.get(0)!!.toDoubleArray() + found.get(1)!!.toDoubleArray()).toList()
      }

    fun check(
      by: Float,
      fused: (Tensor, Tensor) -> Tensor,
      composed: (Tensor, Tensor) -> Tensor,
    ) {
      val number = tf.constant(by)
      val expected = slopes(number, composed)
      expected.any { it != 0.0 } shouldBe true
      slopes(number, fused).zip(expected) { ours, theirs -> ours shouldBe (theirs plusOrMinus 1e-4) }
    }

    fun changed(
      rgb: Tensor,
      change: (List<Tensor>) -> List<Tensor>,
    ): Tensor {
      val hsv = tf.split(tf.image.rgbToHsv(rgb), 3, -1).toList()
      return tf.image.hsvToRgb(tf.concat(change(hsv), -1))
    }

    for (delta in listOf(0.2f, -0.35f)) {
      "turning hues by $delta" {
        check(delta, { x, by -> tf.image.adjustHue(x, by) }) { x, by ->
          changed(x) { (h, s, v) -> listOf(tf.math.floormod(tf.add(h, by), 1f), s, v) }
        }
      }
    }

    for (scale in listOf(0.5f, 1.3f)) {
      "multiplying saturations by $scale" {
        check(scale, { x, by -> tf.image.adjustSaturation(x, by) }) { x, by ->
          changed(x) { (h, s, v) -> listOf(h, tf.clipByValue(tf.multiply(s, by), 0f, 1f), v) }
        }
      }
    }

    "multiplying contrast by 1.7" {
      check(1.7f, { x, by -> tf.image.adjustContrast(x, by) }) { x, by ->
        val mean = tf.reduceMean(x, intArrayOf(1, 2), true)
        tf.add(tf.multiply(tf.subtract(x, mean), by), mean)
      }
    }
  })
