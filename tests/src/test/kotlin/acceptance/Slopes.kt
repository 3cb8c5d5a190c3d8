package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.op.Values
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.matchers.doubles.shouldBeLessThan
import kotlin.math.abs
import kotlin.random.Random

/** A float64 tensor of random numbers from [low] to [high]; no two are nearly equal by more than chance. */
internal fun reals(
  random: Random,
  vararg shape: Int,
  low: Double = -2.0,
  high: Double = 2.0,
): Tensor = Values.doubles(DoubleArray(shape.fold(1, Int::times)) { random.nextDouble(low, high) }, *shape)

/**
 * Compares the tape's gradient of [f] at [inputs] with differences along a random direction, in float64.
 *
 * The result of [f] is weighed with random numbers, so that errors in single elements show. Central differences err by
 * about h² and by rounding, 1e-16/h: at h = 1e-5 both stay below 1e-9 of the values.
 */
internal fun checkSlope(
  random: Random,
  inputs: List<Tensor>,
  h: Double = 1e-5,
  tolerance: Double = 1e-7,
  f: (List<Tensor>) -> Tensor,
) {
  val weights by lazy { f(inputs).let { reals(random, *it.shape().dims()) } }

  fun loss(x: List<Tensor>): Tensor = tf.reduceSum(tf.multiply(f(x), weights))
  val directions = inputs.map { reals(random, *it.shape().dims()) }
  val expected =
    run {
      val ends = listOf(h, -h).map { s -> loss(inputs.zip(directions) { x, d -> tf.add(x, tf.multiply(d, s)) }).item() }
      (ends[0] - ends[1]) / (2 * h)
    }
  val slope =
    GradientTape().use { tape ->
      inputs.forEach(tape::watch)
      val grads = tape.gradient(loss(inputs), inputs)
      inputs.indices.sumOf { i ->
        tf.reduceSum(tf.multiply(checkNotNull(grads[i]) { "input $i" }, directions[i])).item()
      }
    }
  withClue("slope $slope, by differences $expected") {
    abs(slope - expected) shouldBeLessThan tolerance * maxOf(1.0, abs(expected))
  }
}
