package dev.merapi.intercept

import dev.merapi.GraphFunction
import dev.merapi.tensor.Tensor
import dev.merapi.tf

// Annotated functions of every kind that Kotlin has; each body counts how often it is run.

internal object Bodies {
  var run = 0
}

internal fun body(x: Tensor): Tensor {
  Bodies.run++
  return tf.add(x, 1f)
}

@GraphFunction
fun topLevel(x: Tensor): Tensor = body(x)

@GraphFunction
private fun privateTopLevel(x: Tensor): Tensor = body(x)

internal fun callPrivateTopLevel(x: Tensor) = privateTopLevel(x)

@GraphFunction
internal fun internalTopLevel(x: Tensor): Tensor = body(x)

@GraphFunction
fun Tensor.extended(by: Float): Tensor {
  Bodies.run++
  return tf.add(this, by)
}

@GraphFunction
fun withDefault(
  x: Tensor,
  by: Float = 5f,
): Tensor {
  Bodies.run++
  return tf.add(x, by)
}

@GraphFunction
@JvmOverloads
fun overloaded(
  x: Tensor,
  by: Float = 5f,
): Tensor {
  Bodies.run++
  return tf.add(x, by)
}

@GraphFunction
fun unit(
  into: MutableList<Tensor>,
  x: Tensor,
) {
  into += body(x)
}

@GraphFunction
fun pair(x: Tensor): Pair<Tensor, Tensor> = body(x) to x

@Suppress("ktlint:standard:function-naming")
@GraphFunction
fun `a name of words, with a comma`(x: Tensor): Tensor = body(x)

@GraphFunction
fun condition(
  x: Tensor,
  twice: Boolean,
): Tensor = if (twice) tf.add(body(x), body(x)) else body(x)

@GraphFunction
fun higherOrder(
  x: Tensor,
  f: (Tensor) -> Tensor,
): Tensor {
  Bodies.run++
  return f(x)
}

@GraphFunction
inline fun inlined(
  x: Tensor,
  f: (Tensor) -> Tensor,
): Tensor = f(x)

@GraphFunction
suspend fun suspended(x: Tensor): Tensor = body(x)

@GraphFunction
fun primitive(x: Tensor): Boolean = x.floatValue() > 0

@GraphFunction
tailrec fun tail(
  x: Tensor,
  times: Int,
): Tensor = if (times == 0) x else tail(tf.add(x, 1f), times - 1)

internal fun local(x: Tensor): Tensor {
  val two = tf.constant(2f)

  @GraphFunction
  fun inner(y: Tensor): Tensor = tf.multiply(body(y), two)
  return inner(x)
}

internal val lambda =
  @GraphFunction { x: Tensor -> body(x) }

internal val anonymous =
  @GraphFunction fun(x: Tensor): Tensor = body(x)

internal open class Members(
  val bias: Tensor,
) {
  @GraphFunction
  open fun member(x: Tensor): Tensor {
    Bodies.run++
    return tf.add(x, bias)
  }

  @GraphFunction
  private fun hidden(x: Tensor): Tensor = body(x)

  fun callHidden(x: Tensor) = hidden(x)

  @GraphFunction
  internal fun ofModule(x: Tensor): Tensor = body(x)

  @get:GraphFunction
  val computed: Tensor get() = body(bias)

  @GraphFunction
  operator fun invoke(x: Tensor): Tensor = body(x)

  @GraphFunction
  fun Tensor.inMember(): Tensor = body(this)

  fun callInMember(x: Tensor) = x.inMember()

  companion object {
    @JvmStatic
    @GraphFunction
    fun twin(x: Tensor): Tensor = body(x)

    @GraphFunction
    fun ofCompanion(x: Tensor): Tensor = body(x)
  }
}

internal class Overriding(
  bias: Tensor,
) : Members(bias) {
  @GraphFunction
  override fun member(x: Tensor): Tensor = tf.multiply(super.member(x), 2f)
}

internal object Single {
  @GraphFunction
  fun member(x: Tensor): Tensor = body(x)

  @JvmStatic
  @GraphFunction
  fun static(x: Tensor): Tensor = body(x)
}

internal interface Face {
  @GraphFunction
  fun given(x: Tensor): Tensor = body(x)
}

internal class Faced : Face

@JvmInline
internal value class Wrapped(
  val held: Tensor,
) {
  @GraphFunction
  fun plus(x: Tensor): Tensor {
    Bodies.run++
    return tf.add(held, x)
  }
}

@GraphFunction
internal fun unwrap(w: Wrapped): Tensor = body(w.held)

internal class Typed<T : Any>(
  val t: T,
) : (Tensor) -> Tensor {
  @GraphFunction
  override fun invoke(x: Tensor): Tensor = body(x)
}
