@file:Suppress("NOTHING_TO_INLINE")

package dev.merapi.dsl

import dev.merapi.function.autograph.Conditions
import dev.merapi.function.autograph.Rows
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike

// Kotlin's own `if`, `while`, `>`, `for` on tensors. They are inline so that the call that AutoGraph looks for lies in
// the caller's code: there a graph is made of it.

/**
 * Returns the only element as a truth value, true for anything but zero: `if ((x gt 0f).toBoolean()) …`.
 *
 * In a `@GraphFunction` the graph branches on it.
 */
public inline fun TensorLike.toBoolean(): Boolean = Conditions.truth(this)

/**
 * Compares the only elements, so that `while (n > 0.5)` reads; element by element it is `n gt 0.5`.
 *
 * Fails: `ValueError` when one of them is nan, which has no order. In a `@GraphFunction` the graph compares, and nan
 * gives false.
 */
public inline operator fun TensorLike.compareTo(other: TensorLike): Int = Conditions.compare(this, other)

/** Compares the only element with a number: `if (loss < 0.1) …`. */
public inline operator fun TensorLike.compareTo(other: Number): Int = Conditions.compare(this, other)

/** Compares a number with the only element. */
public inline operator fun Number.compareTo(other: TensorLike): Int = Conditions.compare(this, other)

/**
 * Goes over the first axis: `for (row in x) …`, `for (i in tf.range(n)) …`.
 *
 * In a `@GraphFunction` it is one loop of the graph. Fails: `ShapeError` for a scalar.
 */
public inline operator fun TensorLike.iterator(): Iterator<Tensor> = Rows.iterator(this)
