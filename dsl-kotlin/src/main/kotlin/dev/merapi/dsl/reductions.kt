package dev.merapi.dsl

import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// Reductions over all axes. Those along some, `x.reduceSum(axis = 0, keepdims = true)`, are among the extensions that
// are generated from the declarations.

/** Adds up all elements. */
public fun TensorLike.reduceSum(): Tensor = tf.reduceSum(this)

/** Returns the mean of all elements. */
public fun TensorLike.reduceMean(): Tensor = tf.reduceMean(this)

/** Multiplies all elements. */
public fun TensorLike.reduceProd(): Tensor = tf.reduceProd(this)

/** Returns the largest element. */
public fun TensorLike.reduceMax(): Tensor = tf.reduceMax(this)

/** Returns the smallest element. */
public fun TensorLike.reduceMin(): Tensor = tf.reduceMin(this)

/** Tells whether any element is true. */
public fun TensorLike.reduceAny(): Tensor = tf.reduceAny(this)

/** Tells whether all elements are true. */
public fun TensorLike.reduceAll(): Tensor = tf.reduceAll(this)
