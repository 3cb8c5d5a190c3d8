package dev.merapi.numerics

import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Lambda
import dev.merapi.nn.model.FitOptions
import dev.merapi.nn.model.Sequential
import dev.merapi.say.ValueError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

/** The search for the operation that first makes a NaN. */
class NumericsSpec :
  StringSpec({
    fun searching(body: () -> Unit) {
      tf.debugging.enableCheckNumerics()
      try {
        body()
      } finally {
        tf.debugging.disableCheckNumerics()
      }
    }

    "off, a NaN goes through" {
      tf.math
        .log(-1f)
        .item()
        .isNaN() shouldBe true
    }

    "eagerly, the operation is named with its numbers" {
      searching {
        val e = shouldThrow<ValueError> { tf.add(tf.math.log(tf.constant(floatArrayOf(1f, -1f, 0f))), 1f) }
        e.message shouldContain "Detected Infinity or NaN in output 0 of op \"Log\""
        e.message shouldContain "1 NaN, 0 Inf, 1 -Inf"
        e.message shouldContain "NumericsSpec.kt"
      }
    }

    "in a graph, the operation is named with the line that wrote it" {
      searching {
        val f = tf.function { x: Tensor -> tf.multiply(tf.sqrt(tf.subtract(x, 2f)), 3f) }
        val e = shouldThrow<ValueError> { f.apply(tf.constant(floatArrayOf(3f, 1f))) }
        e.message shouldContain "op \"Sqrt\""
        e.message shouldContain "NumericsSpec.kt"
      }
    }

    "in fit, the first operation that breaks the loss is named" {
      searching {
        val model =
          Sequential(
            Dense(2).inputShape(2),
            Lambda { x: Tensor ->
              tf.math.log(tf.subtract(tf.nn.relu(x), 1e9f))
            },
          )
        model.compile("sgd", "mse")
        val e = shouldThrow<ValueError> { model.fit(tf.ones(4, 2), tf.ones(4, 2), FitOptions().verbose(0)) }
        e.message shouldContain "op \"Log\""
      }
    }
  })
