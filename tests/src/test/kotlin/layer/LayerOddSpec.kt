package dev.merapi.layer

import dev.merapi.nn.activation.Activations
import dev.merapi.nn.layer.Lambda
import dev.merapi.nn.layer.attention.MultiHeadAttention
import dev.merapi.nn.layer.conv.Conv2D
import dev.merapi.nn.layer.merge.Add
import dev.merapi.nn.layer.merge.Concatenate
import dev.merapi.nn.layer.norm.GroupNormalization
import dev.merapi.nn.layer.reshape.Cropping2D
import dev.merapi.nn.layer.reshape.Permute
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.random.Random

/** What Keras's goldens cannot know of layers: refusals, and where Keras itself is wrong. */
class LayerOddSpec :
  StringSpec({
    "sparsemax projects onto shares, found here by halving" {
      val random = Random(5)
      repeat(50) {
        val z = DoubleArray(6) { random.nextDouble(-2.0, 2.0) }
        var low = z.min() - 1
        var high = z.max()
        repeat(60) {
          val middle = (low + high) / 2
          if (z.sumOf { maxOf(it - middle, 0.0) } > 1) low = middle else high = middle
        }
        val y = Activations.of("sparsemax").apply(tf.constant(arrayOf(z))).toDoubleArray()
        y.indices.forEach { y[it] shouldBe (maxOf(z[it] - low, 0.0) plusOrMinus 1e-12) }
      }
    }

    "a Lambda computes, and says that it cannot be written down" {
      val square = Lambda { tf.square(it) }
      square.apply(tf.constant(floatArrayOf(3f))).toDoubleArray() shouldBe doubleArrayOf(9.0)
      shouldThrow<ValueError> { square.config }.message shouldContain "cannot be written as a configuration"
    }

    "a threshold is a function with two numbers, none with a name alone" {
      val y = Activations.threshold(0.5, -7.0).apply(tf.constant(floatArrayOf(0.4f, 0.6f)))
      y.toDoubleArray() shouldBe doubleArrayOf(-7.0, 0.6f.toDouble())
      shouldThrow<ValueError> { Activations.of("threshold") }.message shouldContain "identifier: threshold"
    }

    "steps and gaps of a window exclude each other" {
      val conv = Conv2D(2, 3).strides(2).dilationRate(2)
      shouldThrow<ValueError> { conv.apply(tf.zeros(1, 8, 8, 1)) }.message shouldContain
        "not supported in conjunction with `dilation_rate > 1`"
    }

    "groups must divide channels and filters" {
      shouldThrow<ValueError> { Conv2D(4, 3).groups(3).apply(tf.zeros(1, 8, 8, 3)) }.message shouldContain "groups"
      shouldThrow<ValueError> { GroupNormalization(3).apply(tf.zeros(2, 4)) }.message shouldContain "(3)"
    }

    "a convolution of a sequence instead of a picture names both ranks" {
      val e = shouldThrow<ShapeError> { Conv2D(4, 3).apply(tf.zeros(1, 8, 3)) }
      e.message shouldContain "expected ndim=4, found ndim=3"
    }

    "inputs that do not fit are named together" {
      shouldThrow<ShapeError> { Add().apply(listOf(tf.zeros(2, 3), tf.zeros(2, 4))) }.message shouldContain
        "[(2, 3), (2, 4)]"
      shouldThrow<ShapeError> {
        Concatenate(
          1,
        ).apply(listOf(tf.zeros(2, 3, 5), tf.zeros(2, 3, 4)))
      }.message shouldContain
        "matching shapes"
      shouldThrow<ShapeError> { MultiHeadAttention(2, 3).apply(tf.zeros(2, 3, 5)) }.message shouldContain
        "query and value"
    }

    "orders and cuts that make no sense are refused" {
      shouldThrow<ValueError> { Permute(2, 2) }.message shouldContain "no order of axes"
      shouldThrow<ShapeError> { Cropping2D(2).apply(tf.zeros(1, 4, 5, 1)) }.message shouldContain "leaves nothing"
    }
  })
