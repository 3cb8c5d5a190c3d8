// A script with annotated functions. Prints how interception came about, and for each function the
// result and how often two calls have run its body.

import dev.merapi.GraphFunction
import dev.merapi.function.intercept.Interception
import dev.merapi.intercept.Toys
import dev.merapi.tensor.Tensor
import dev.merapi.tf

Toys.install()

var bodies = 0

@GraphFunction
fun member(x: Tensor): Tensor {
  bodies++
  return tf.add(x, 1f)
}

class Model(
  val bias: Tensor,
) {
  var bodies = 0

  @GraphFunction
  fun step(x: Tensor): Tensor {
    bodies++
    return tf.add(x, bias)
  }
}

val lambda =
  @GraphFunction { x: Tensor ->
    bodies++
    tf.multiply(x, 2f)
  }

val x = tf.constant(2f)
println("way ${Interception.way()}")
member(x)
println("member ${member(x).floatValue()} $bodies")
val model = Model(x)
model.step(x)
println("step ${model.step(x).floatValue()} ${model.bodies}")
bodies = 0
lambda(x)
println("lambda ${lambda(x).floatValue()} $bodies")
