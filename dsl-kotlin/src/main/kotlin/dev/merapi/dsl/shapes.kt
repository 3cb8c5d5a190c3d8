package dev.merapi.dsl

import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

/** The size of an axis, -1 where it is unknown; negative axes count from the end. */
public operator fun Shape.get(axis: Int): Int = dim(axis)

/**
 * The size of the first axis, so that `val (n, c) = x.shape()` reads.
 *
 * Fails, as all that follow: `ShapeError` when there are not as many axes.
 */
public operator fun Shape.component1(): Int = dim(0)

/** The size of the second axis. */
public operator fun Shape.component2(): Int = dim(1)

/** The size of the third axis. */
public operator fun Shape.component3(): Int = dim(2)

/** The size of the fourth axis. */
public operator fun Shape.component4(): Int = dim(3)

/** The size of the fifth axis. */
public operator fun Shape.component5(): Int = dim(4)

/** Gives the elements another shape, as `tf.reshape` does; one axis may be -1 and is then computed. */
public fun TensorLike.reshape(vararg shape: Int): Tensor = tf.reshape(this, *shape)

/** Turns the order of all axes around. */
public fun TensorLike.transpose(): Tensor = tf.transpose(this)

/** Puts the axes into the given order. */
public fun TensorLike.transpose(vararg perm: Int): Tensor = tf.transpose(this, *perm)
