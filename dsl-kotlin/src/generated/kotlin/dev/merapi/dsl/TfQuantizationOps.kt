// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.quantization` as extensions.

/** Rounds numbers to the steps of a range that attributes give. See `tf.quantization.fakeQuantWithMinMaxArgs`. */
public fun TensorLike.fakeQuantWithMinMaxArgs(min: Double = -6.0, max: Double = 6.0, numBits: Long = 8, narrowRange: Boolean = false): Tensor = tf.quantization.fakeQuantWithMinMaxArgs(this, min, max, numBits, narrowRange)

/** Rounds numbers to the steps of a given range. See `tf.quantization.fakeQuantWithMinMaxVars`. */
public fun TensorLike.fakeQuantWithMinMaxVars(min: Any, max: Any, numBits: Long = 8, narrowRange: Boolean = false): Tensor = tf.quantization.fakeQuantWithMinMaxVars(this, min, max, numBits, narrowRange)

/** Rounds numbers to the steps of a given range, one for each channel. See `tf.quantization.fakeQuantWithMinMaxVarsPerChannel`. */
public fun TensorLike.fakeQuantWithMinMaxVarsPerChannel(min: Any, max: Any, numBits: Long = 8, narrowRange: Boolean = false): Tensor = tf.quantization.fakeQuantWithMinMaxVarsPerChannel(this, min, max, numBits, narrowRange)
