// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.debugging` as extensions.

/** Gives its input back, and fails if a number is NaN or infinite. See `tf.debugging.checkNumerics`. */
public fun TensorLike.checkNumerics(message: String): Tensor = tf.debugging.checkNumerics(this, message)
