package dev.merapi.examples

// region
import dev.merapi.dsl.*
import dev.merapi.eager.Variable

fun main() {
  val x = tensorOf(0f, 1f, 2f, 3f)
  val y = 2 * x + 1
  val w = Variable(0f)
  val b = Variable(0f)
  repeat(200) {
    val (dw, db) = gradient { (w * x + b - y).square().reduceMean() } withRespectTo listOf(w, b)
    w -= 0.1 * dw
    b -= 0.1 * db
  }
  println("y = %.2f x + %.2f".format(w.value().item(), b.value().item()))
}
// endregion
