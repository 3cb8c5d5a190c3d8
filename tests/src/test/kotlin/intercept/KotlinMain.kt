package dev.merapi.intercept

import dev.merapi.GraphFunction
import dev.merapi.function.intercept.Interception
import dev.merapi.tensor.Tensor
import dev.merapi.tf

private var bodies = 0

@GraphFunction
private fun step(
  x: Tensor,
  by: Float = 1f,
): Tensor {
  bodies++
  return tf.add(x, by)
}

/** A program whose annotated function lies in the file of its `main`; prints what two calls have done. */
fun main() {
  Toys.install()
  val x = tf.constant(2f)
  step(x)
  println("step ${step(x).floatValue()} $bodies")

  @GraphFunction
  fun local(y: Tensor): Tensor = tf.multiply(step(y), x)
  println("local ${local(x).floatValue()} $bodies")
  println("way ${Interception.way()}")
}
