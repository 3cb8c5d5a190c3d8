package dev.merapi.dsl

import dev.merapi.say.ShapeError
import dev.merapi.tensor.Shape
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

class DslLiteralsSpec :
  StringSpec({
    "literals have TensorFlow's types" {
      tensorOf(1f, 2f).dtype() shouldBe tf.float32
      tensorOf(1.0, 2.0).dtype() shouldBe tf.float32
      tensorOf(1, 2).dtype() shouldBe tf.int32
      tensorOf(1L, 2L).dtype() shouldBe tf.int64
      tensorOf(true, false).dtype() shouldBe tf.bool
      tensorOf("a", "b").dtype() shouldBe tf.string
      tensorOf(1.5, 2.5, dtype = tf.float64).dtype() shouldBe tf.float64
      tensorOf(1, 2, dtype = tf.float32).toList() shouldBe listOf(1f, 2f)
    }

    "rows make matrices, and lists come back" {
      val rows = listOf(listOf(1f, 2f, 3f), listOf(4f, 5f, 6f))
      val x = tensorOf(rows[0], rows[1])
      x.shape() shouldBe Shape.of(2, 3)
      x.toList() shouldBe rows
      tensorOf(listOf(listOf(1, 2)), listOf(listOf(3, 4))).shape() shouldBe Shape.of(2, 1, 2)
      tensorOf("a", "b").toList() shouldBe listOf("a", "b")
      shouldThrow<ShapeError> { tensorOf(listOf(1f), listOf(1f, 2f)) }
      shouldThrow<ShapeError> { tf.constant(1f).toList() }
    }

    "a shape comes apart into its axes" {
      val (n, c) = tf.zeros(5, 3).shape()
      n shouldBe 5
      c shouldBe 3
      tf.zeros(2, 3, 4).shape()[-1] shouldBe 4
      shouldThrow<ShapeError> {
        val (_, _, third) = tf.zeros(5, 3).shape()
        third
      }
    }

    "functions of tf are extensions, with named optional arguments" {
      val x = tensorOf(listOf(1f, 2f), listOf(3f, 6f))
      x.reduceSum().item() shouldBe 12.0
      x.reduceSum(axis = 0).toList() shouldBe listOf(4f, 8f)
      x.reduceMean(axis = 1, keepdims = true).toList() shouldBe listOf(listOf(1.5f), listOf(4.5f))
      x.argmax(axis = 1).dtype() shouldBe tf.int64
      x.argmax(axis = 1, outputType = tf.int32).toList() shouldBe listOf(1, 1)
      tensorOf(-1f, 2f).relu().toList() shouldBe listOf(0f, 2f)
      tensorOf(-10f).leakyRelu(alpha = 0.5).toList() shouldBe listOf(-5f)
      x.cast(tf.int32).transpose().toList() shouldBe listOf(listOf(1, 3), listOf(2, 6))
      x.expandDims(0).squeeze().shape() shouldBe Shape.of(2, 2)
    }
  })
