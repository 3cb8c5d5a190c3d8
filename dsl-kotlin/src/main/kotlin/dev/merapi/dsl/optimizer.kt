package dev.merapi.dsl

import dev.merapi.eager.Variable
import dev.merapi.nn.optimizer.GradientAndVariable
import dev.merapi.nn.optimizer.Optimizer
import dev.merapi.tensor.Tensor

/**
 * Takes one step: `optimizer.applyGradients(grads.zip(variables))`.
 *
 * A variable whose gradient is null stays as it is, and a warning names it. Fails: `ValueError` when there is no gradient at
 * all.
 */
public fun Optimizer.applyGradients(gradsAndVars: Iterable<Pair<Tensor?, Variable>>): Unit =
  applyGradients(gradsAndVars.map { (gradient, variable) -> GradientAndVariable(gradient, variable) })

/** Computes the loss, and takes one step against its gradients. */
public fun Optimizer.minimize(
  variables: List<Variable>,
  loss: () -> Tensor,
): Unit = minimize({ loss() }, variables)
