package dev.merapi.dsl

import dev.merapi.autodiff.GradientTape
import dev.merapi.say.Message
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike

/**
 * Runs [body] under a tape and returns what it returns.
 *
 * ```kotlin
 * val grads = gradientTape {
 *   val loss = …
 *   gradient(loss, model.trainableVariables())
 * }
 * ```
 *
 * @param persistent whether more than one gradient may be asked for
 * @param watchAccessedVariables whether trainable variables are watched when they are read
 */
public inline fun <T> gradientTape(
  persistent: Boolean = false,
  watchAccessedVariables: Boolean = true,
  body: GradientTape.() -> T,
): T = GradientTape(persistent, watchAccessedVariables).use { it.body() }

/**
 * Computes a value and remembers how, to derive it: `gradient { loss(w) } withRespectTo w`.
 *
 * Trainable variables are watched when they are read; a constant is watched with `watch(x)` inside the block.
 */
public fun gradient(body: GradientTape.() -> TensorLike): Derivable {
  val tape = GradientTape()
  return tape.use { Derivable(it.body().asTensor(), tape) }
}

/** A value whose gradient can be asked for, once. */
public class Derivable internal constructor(
  /** The value that the block returned. */
  public val value: Tensor,
  private val tape: GradientTape,
) {
  /**
   * Returns the gradient of the sum of [value].
   *
   * Fails: `GradientError` when the value does not depend on the source; `ClosedError` when asked a second time.
   */
  public infix fun withRespectTo(source: TensorLike): Tensor = withRespectTo(listOf(source)).single()

  /** Returns the gradients with respect to each source, in their order, so that `val (dw, db) = …` reads. */
  public infix fun withRespectTo(sources: List<TensorLike>): List<Tensor> =
    tape.gradient(value, sources).mapIndexed { i, gradient ->
      gradient ?: throw Message
        .what("the value does not depend on source $i in a way that has a gradient")
        .given("value ${value.spec()} · source ${sources[i].asTensor().spec()}")
        .expected("a source that the block reads: a trainable variable, or a tensor named in watch(x)")
        .fix("tape.whyNull(value, source) inside gradientTape { } names the place where the gradient breaks")
        .gradientError()
    }
}
