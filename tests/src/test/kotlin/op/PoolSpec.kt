package dev.merapi.op

import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import kotlin.math.max

/** Pooling that TensorFlow's CPU does not compute. */
class PoolSpec :
  StringSpec({
    "MaxPoolGradGradWithArgmax takes what MaxPoolWithArgmax would have taken" {
      // No kernel of TensorFlow's CPU computes it; windows are walked by hand.
      val (height, width, channels) = listOf(5, 4, 2)
      val x = FloatArray(height * width * channels) { ((it * 37 + 11) % 101).toFloat() }
      val other = FloatArray(x.size) { it * 0.5f }
      val window = intArrayOf(1, 2, 3, 1)
      val steps = intArrayOf(1, 2, 1, 1)
      val pool = Registry.find("MaxPoolWithArgmax")
      val input = Values.floats(x, 1, height, width, channels)
      val places = pool.all(pool.attrs("ksize", window, "strides", steps, "padding", "VALID"), input)[1]
      val op = Registry.find("MaxPoolGradGradWithArgmax")
      val y =
        op.with(
          op.attrs("ksize", window, "strides", steps, "padding", "VALID"),
          input,
          Values.floats(other, 1, height, width, channels),
          places,
        )
      val expected = mutableListOf<Float>()
      for (row in 0..height - 2 step 2) {
        for (column in 0..width - 3) {
          for (c in 0 until channels) {
            var best = -1
            for (i in 0..1) {
              for (j in 0..2) {
                val at = ((row + i) * width + column + j) * channels + c
                if (best < 0 || x[at] > x[best]) best = at
              }
            }
            expected += other[max(best, 0)]
          }
        }
      }
      y.toFloatArray().toList() shouldBe expected
    }
  })
