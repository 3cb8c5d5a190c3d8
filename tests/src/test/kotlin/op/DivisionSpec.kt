package dev.merapi.op

import dev.merapi.say.TypeError
import dev.merapi.tensor.DType
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** What division makes of whole numbers; the values are those of TensorFlow 2.21's `tf.truediv`. */
class DivisionSpec :
  StringSpec({
    "whole numbers divide to float64" {
      val q = tf.truediv(tf.constant(intArrayOf(7, -7, 1)), 2)
      q.toString() shouldBe "tf.Tensor([ 3.5 -3.5  0.5], shape=(3,), dtype=float64)"
      tf.math.divide(7L, 2L).dtype() shouldBe DType.F64
    }

    "whole numbers of 8 and 16 bits divide to float32" {
      tf.truediv(tf.constant(7, tf.int8), 2).dtype() shouldBe DType.F32
      tf.divide(tf.constant(7, tf.uint16), 2).dtype() shouldBe DType.F32
    }

    "floats stay what they are, beside literals too" {
      tf.truediv(tf.constant(1f), 2).dtype() shouldBe DType.F32
      tf.truediv(1, tf.constant(doubleArrayOf(2.0))).toDoubleArray() shouldBe doubleArrayOf(0.5)
    }

    "types are not mixed" {
      shouldThrow<TypeError> { tf.truediv(tf.constant(1), tf.constant(1f)) }
    }
  })
