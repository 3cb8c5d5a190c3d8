package dev.merapi.dsl

import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// Comparisons give a bool tensor, element by element, so they cannot be Kotlin's `>` and `==`, which must give one
// Boolean. Infix functions bind weaker than arithmetic: `x + 1 gt y` compares the sum.

/** Tells where the left is above the right. */
public infix fun TensorLike.gt(other: TensorLike): Tensor = tf.greater(this, other)

/** Tells where elements are above a number. */
public infix fun TensorLike.gt(other: Number): Tensor = tf.greater(this, other)

/** Tells where a number is above the elements. */
public infix fun Number.gt(other: TensorLike): Tensor = tf.greater(this, other)

/** Tells where the left is at or above the right. */
public infix fun TensorLike.ge(other: TensorLike): Tensor = tf.greaterEqual(this, other)

/** Tells where elements are at or above a number. */
public infix fun TensorLike.ge(other: Number): Tensor = tf.greaterEqual(this, other)

/** Tells where a number is at or above the elements. */
public infix fun Number.ge(other: TensorLike): Tensor = tf.greaterEqual(this, other)

/** Tells where the left is below the right. */
public infix fun TensorLike.lt(other: TensorLike): Tensor = tf.less(this, other)

/** Tells where elements are below a number. */
public infix fun TensorLike.lt(other: Number): Tensor = tf.less(this, other)

/** Tells where a number is below the elements. */
public infix fun Number.lt(other: TensorLike): Tensor = tf.less(this, other)

/** Tells where the left is at or below the right. */
public infix fun TensorLike.le(other: TensorLike): Tensor = tf.lessEqual(this, other)

/** Tells where elements are at or below a number. */
public infix fun TensorLike.le(other: Number): Tensor = tf.lessEqual(this, other)

/** Tells where a number is at or below the elements. */
public infix fun Number.le(other: TensorLike): Tensor = tf.lessEqual(this, other)

/** Tells where elements are equal; `==` asks whether two references are one tensor. */
public infix fun TensorLike.eq(other: TensorLike): Tensor = tf.equal(this, other)

/** Tells where elements equal a number, a text or a truth value. */
public infix fun TensorLike.eq(other: Any): Tensor = tf.equal(this, other)

/** Tells where elements differ. */
public infix fun TensorLike.ne(other: TensorLike): Tensor = tf.notEqual(this, other)

/** Tells where elements differ from a number, a text or a truth value. */
public infix fun TensorLike.ne(other: Any): Tensor = tf.notEqual(this, other)

/** Turns truth values around, element by element. */
public operator fun TensorLike.not(): Tensor = tf.logicalNot(this)

/** Tells where both are true. */
public infix fun TensorLike.and(other: TensorLike): Tensor = tf.logicalAnd(this, other)

/** Tells where one or both are true. */
public infix fun TensorLike.or(other: TensorLike): Tensor = tf.logicalOr(this, other)
