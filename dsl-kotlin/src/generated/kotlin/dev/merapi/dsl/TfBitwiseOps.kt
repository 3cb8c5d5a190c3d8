// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.bitwise` as extensions.

/** Keeps the bits that both have. See `tf.bitwise.bitwiseAnd`. */
public fun TensorLike.bitwiseAnd(y: Any): Tensor = tf.bitwise.bitwiseAnd(this, y)

/** Sets the bits that either has. See `tf.bitwise.bitwiseOr`. */
public fun TensorLike.bitwiseOr(y: Any): Tensor = tf.bitwise.bitwiseOr(this, y)

/** Sets the bits that just one has. See `tf.bitwise.bitwiseXor`. */
public fun TensorLike.bitwiseXor(y: Any): Tensor = tf.bitwise.bitwiseXor(this, y)

/** Turns every bit around. See `tf.bitwise.invert`. */
public fun TensorLike.invert(): Tensor = tf.bitwise.invert(this)

/** Shifts bits to the left; shifts are limited to the width. See `tf.bitwise.leftShift`. */
public fun TensorLike.leftShift(y: Any): Tensor = tf.bitwise.leftShift(this, y)

/** Shifts bits to the right, keeping the sign of signed types. See `tf.bitwise.rightShift`. */
public fun TensorLike.rightShift(y: Any): Tensor = tf.bitwise.rightShift(this, y)
