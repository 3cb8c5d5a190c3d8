package dev.merapi.op

import dev.merapi.autodiff.GradientTape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.floats.plusOrMinus
import io.kotest.matchers.shouldBe
import kotlin.math.PI
import kotlin.math.cos
import kotlin.math.sin

/** Transforms of pictures, beyond the recorded calls of TensorFlow that the derived suite repeats. */
class TransformSpec :
  StringSpec({
    fun run(
      name: String,
      attrs: Map<String, Any>,
      vararg inputs: Tensor,
    ): Tensor {
      val op = Registry.find(name)
      return op.all(op.attrs(attrs), *inputs)[0]
    }

    val rows =
      tf.constant(
        arrayOf(
          floatArrayOf(0.8f, -0.6f, 1.7f, 0.6f, 0.8f, -1.3f, 0f, 0f),
          floatArrayOf(1.1f, 0.2f, -0.3f, 0.1f, 0.9f, 0.4f, 0.05f, -0.02f),
        ),
      )
    val size = tf.constant(intArrayOf(4, 5))

    for (mode in listOf("NEAREST", "BILINEAR")) {
      for (fill in listOf("CONSTANT", "REFLECT", "WRAP", "NEAREST")) {
        "ImageProjectiveTransformV3 and its gradient _ImageProjectiveTransformGrad are adjoint: $mode, $fill" {
          val attrs = mapOf("interpolation" to mode, "fill_mode" to fill)
          val x = tf.random.uniform(intArrayOf(2, 3, 6, 2), -1.0, 1.0, tf.float32, 3L)
          val dy = tf.random.uniform(intArrayOf(2, 4, 5, 2), -1.0, 1.0, tf.float32, 4L)
          // ⟨A x, dy⟩ = ⟨x, Aᵀ dy⟩ for what is linear in x.
          val y = run("ImageProjectiveTransformV3", attrs, x, rows, size, tf.constant(0f))
          val dx = run("_ImageProjectiveTransformGrad", attrs, dy, rows, tf.shape(x))
          tf.reduceSum(tf.multiply(y, dy)).item() shouldBe
            (tf.reduceSum(tf.multiply(x, dx)).item() plusOrMinus 1e-4)
          GradientTape(true).use { outer ->
            outer.watch(x)
            outer.watch(dy)
            val given =
              GradientTape().use { inner ->
                inner.watch(x)
                val z = run("ImageProjectiveTransformV3", attrs, x, rows, size, tf.constant(7f))
                checkNotNull(inner.gradient(tf.reduceSum(tf.multiply(z, dy)), x))
              }
            given.toFloatArray().toList() shouldBe dx.toFloatArray().toList()
            // The gradient is linear in dy, so its own gradient transforms again.
            val again = checkNotNull(outer.gradient(tf.reduceSum(tf.multiply(given, x)), dy))
            again.toFloatArray().zip(y.toFloatArray()).forEach { (a, b) -> a shouldBe (b plusOrMinus 1e-5f) }
          }
        }
      }
    }

    "_AffineTransforms turns, shears and stretches about a point and then moves" {
      val t =
        run(
          "_AffineTransforms",
          mapOf(),
          tf.constant(arrayOf(floatArrayOf(30f))),
          tf.constant(arrayOf(floatArrayOf(0.2f, -0.1f))),
          tf.constant(arrayOf(floatArrayOf(1.5f, 0.5f))),
          tf.constant(arrayOf(floatArrayOf(3f, -2f))),
          tf.constant(floatArrayOf(4f, 7f)),
        ).toFloatArray()
      for ((px, py) in listOf(4.0 to 7.0, 0.0 to 0.0, 5.0 to 1.0)) {
        val (dx, dy) = px - 4 to py - 7
        val (rx, ry) = dx * cos(PI / 6) - dy * sin(PI / 6) to dx * sin(PI / 6) + dy * cos(PI / 6)
        val (hx, hy) = rx + 0.2 * ry to ry - 0.1 * rx
        withClue("$px, $py") {
          (t[0] * px + t[1] * py + t[2]) shouldBe ((1.5 * hx + 4 + 3) plusOrMinus 1e-5)
          (t[3] * px + t[4] * py + t[5]) shouldBe ((0.5 * hy + 7 - 2) plusOrMinus 1e-5)
        }
      }
      t[6] shouldBe 0f
      t[7] shouldBe 0f
    }

    "one picture is cut into strips, many are not, with the same pixels" {
      val x = tf.random.uniform(intArrayOf(1, 64, 48, 3), 0.0, 1.0, tf.float32, 9L)
      val many = tf.tile(x, intArrayOf(20, 1, 1, 1))
      val attrs = mapOf("interpolation" to "BILINEAR", "fill_mode" to "REFLECT")
      val row = tf.gather(rows, tf.constant(intArrayOf(0)))
      val out = tf.constant(intArrayOf(64, 48))
      val one = run("ImageProjectiveTransformV3", attrs, x, row, out, tf.constant(0f))
      val all = run("ImageProjectiveTransformV3", attrs, many, row, out, tf.constant(0f))
      tf.unstack(all, 0).forEach { it.toFloatArray().toList() shouldBe one.toFloatArray().toList() }
    }
  })
