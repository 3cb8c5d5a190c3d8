package dev.merapi.acceptance

import dev.merapi.GraphFunction
import dev.merapi.autodiff.GradientTape
import dev.merapi.dsl.compareTo
import dev.merapi.dsl.iterator
import dev.merapi.dsl.plus
import dev.merapi.dsl.times
import dev.merapi.dsl.toBoolean
import dev.merapi.dsl.unaryMinus
import dev.merapi.function.Function
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe

private val host = mutableListOf<String>()

@GraphFunction
private fun product(
  a: Tensor,
  b: Tensor,
): Tensor {
  host += "Multiple a of shape ${a.shape()} with b of shape ${b.shape()}"
  return tf.matmul(a, b)
}

/** An `if`, a `for` over a tensor's range that is left early, and a `while`. */
@GraphFunction
private fun magnitudeAndSum(x: Tensor): Pair<Tensor, Tensor> {
  host += "tracing ${Function.isTracing()}"
  var y = x
  if (y < 0) {
    y = -y
  }
  var total = tf.constant(0)
  for (i in tf.range(100)) {
    if (total >= 10) break
    total = total + i
  }
  var n = y
  while (n > 0.5) {
    n = n * 0.5f
  }
  return y to total
}

@GraphFunction
private fun labels(paths: Tensor): Tensor =
  tf.mapFn({ path ->
    if (tf.strings.regexFullMatch(path, ".*automobile.*").toBoolean()) tf.constant(1) else tf.constant(0)
  }, paths)

class Scaler(
  private val factor: Float,
) {
  @GraphFunction
  fun scale(x: Tensor): Tensor {
    host += "scale by $factor"
    return if (x > 1) x * factor else x
  }
}

/** Rows of functions that annotated Kotlin shows. */
class FunAutoSpec :
  StringSpec({
    beforeTest { host.clear() }

    "FUN-01 an annotated function becomes a graph" {
      val a = tf.constant(arrayOf(floatArrayOf(1.5f, 2f)))
      val b = tf.constant(arrayOf(floatArrayOf(1f), floatArrayOf(2f)))
      repeat(3) { product(a, b).format() shouldBe "[[5.5]]" }
      host shouldContainExactly listOf("Multiple a of shape (1, 2) with b of shape (2, 1)")
    }

    "FUN-08 if, for with break, and while over tensors" {
      val (y, total) = magnitudeAndSum(tf.constant(-3f))
      y.item() shouldBe 3.0
      total.item() shouldBe 10.0
      magnitudeAndSum(tf.constant(7f)).first.item() shouldBe 7.0
      host shouldContainExactly listOf("tracing true")
    }

    "FUN-09 a conditional expression inside map" {
      val paths = tf.constant(arrayOf("cifar2/automobile/1.jpg", "cifar2/airplane/2.jpg"))
      labels(paths).toIntArray() shouldBe intArrayOf(1, 0)
    }

    "CRD-03 an annotation on a Kotlin function changes its execution to a graph" {
      val two = Scaler(2f)
      val three = Scaler(3f)
      for (scaler in listOf(two, three, two, three)) scaler.scale(tf.constant(1f)).item() shouldBe 1.0
      two.scale(tf.constant(5f)).item() shouldBe 10.0
      three.scale(tf.constant(5f)).item() shouldBe 15.0
      host shouldContainExactly listOf("scale by 2.0", "scale by 3.0")
      tf.config.runFunctionsEagerly(true)
      try {
        two.scale(tf.constant(5f)).item() shouldBe 10.0
      } finally {
        tf.config.runFunctionsEagerly(false)
      }
      host shouldContainExactly listOf("scale by 2.0", "scale by 3.0", "scale by 2.0")
      val x = tf.constant(4f)
      GradientTape().use { tape ->
        tape.watch(x)
        tape.gradient(three.scale(x), x)!!.item() shouldBe 3.0
      }
    }
  })
