package dev.merapi.dsl

import dev.merapi.eager.Variable
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// Both operands broadcast against each other, and a number beside a tensor takes the tensor's element type: that is
// what the functions of `tf` do, which every operator here calls. Operands of different element types are refused
// with a `TypeError`, shapes that do not broadcast with a `ShapeError`.

/** Adds element by element, as `tf.add` does. */
public operator fun TensorLike.plus(other: TensorLike): Tensor = tf.add(this, other)

/** Adds a number to every element. */
public operator fun TensorLike.plus(other: Number): Tensor = tf.add(this, other)

/** Adds every element to a number. */
public operator fun Number.plus(other: TensorLike): Tensor = tf.add(this, other)

/** Subtracts element by element, as `tf.subtract` does. */
public operator fun TensorLike.minus(other: TensorLike): Tensor = tf.subtract(this, other)

/** Subtracts a number from every element. */
public operator fun TensorLike.minus(other: Number): Tensor = tf.subtract(this, other)

/** Subtracts every element from a number. */
public operator fun Number.minus(other: TensorLike): Tensor = tf.subtract(this, other)

/** Multiplies element by element, as `tf.multiply` does; matrices multiply with [matmul]. */
public operator fun TensorLike.times(other: TensorLike): Tensor = tf.multiply(this, other)

/** Multiplies every element by a number. */
public operator fun TensorLike.times(other: Number): Tensor = tf.multiply(this, other)

/** Multiplies a number by every element. */
public operator fun Number.times(other: TensorLike): Tensor = tf.multiply(this, other)

/** Divides element by element, as `tf.truediv` does; whole quotients come from `tf.floordiv`. */
public operator fun TensorLike.div(other: TensorLike): Tensor = tf.truediv(this, other)

/** Divides every element by a number. */
public operator fun TensorLike.div(other: Number): Tensor = tf.truediv(this, other)

/** Divides a number by every element. */
public operator fun Number.div(other: TensorLike): Tensor = tf.truediv(this, other)

/**
 * Takes the remainder of a division rounded down, as `tf.floormod` and Python do: it has the sign of the divisor.
 *
 * Kotlin's own `%` on numbers rounds towards zero instead.
 */
public operator fun TensorLike.rem(other: TensorLike): Tensor = tf.floormod(this, other)

/** Takes the remainder of every element; it has the sign of the divisor. */
public operator fun TensorLike.rem(other: Number): Tensor = tf.floormod(this, other)

/** Takes the remainder of a number by every element; it has the sign of the divisor. */
public operator fun Number.rem(other: TensorLike): Tensor = tf.floormod(this, other)

/**
 * Raises to a power element by element, as `tf.pow` does.
 *
 * An infix function binds weaker than `+`: write `(x pow 2) + 1`.
 */
public infix fun TensorLike.pow(other: TensorLike): Tensor = tf.pow(this, other)

/** Raises every element to a power; write `(x pow 2) + 1`. */
public infix fun TensorLike.pow(other: Number): Tensor = tf.pow(this, other)

/** Raises a number to every element; write `(2 pow x) + 1`. */
public infix fun Number.pow(other: TensorLike): Tensor = tf.pow(this, other)

/** Turns the sign of every element. */
public operator fun TensorLike.unaryMinus(): Tensor = tf.negative(this)

/**
 * Multiplies matrices, or stacks of matrices with broadcasting, as `tf.matmul` does.
 *
 * Shapes: `(…, n, k)` and `(…, k, m)` give `(…, n, m)`.
 * An infix function binds weaker than `+`: write `(x matmul w) + b`.
 */
public infix fun TensorLike.matmul(other: TensorLike): Tensor = tf.matmul(this, other)

/** Multiplies matrices, the named ones turned around first: `x.matmul(w, transposeB = true)`. */
public fun TensorLike.matmul(
  other: TensorLike,
  transposeA: Boolean = false,
  transposeB: Boolean = false,
): Tensor = tf.matmul(this, other, transposeA, transposeB)

/**
 * Adds to the variable's value in its place, as [Variable.assignAdd] does: nothing is broadcast.
 *
 * Keep the variable in a `val`: beside a `var` the compiler cannot tell `v += x` from `v = v + x`.
 *
 * @param x a tensor, or a number, array or list, which takes the variable's element type
 */
public operator fun Variable.plusAssign(x: Any) {
  assignAdd(x)
}

/** Subtracts from the variable's value in its place, as [Variable.assignSub] does; see [plusAssign]. */
public operator fun Variable.minusAssign(x: Any) {
  assignSub(x)
}
