// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.nn` as extensions.

/** Adds one number for each channel. See `tf.nn.biasAdd`. */
public fun TensorLike.biasAdd(bias: Any, dataFormat: String = "NHWC"): Tensor = tf.nn.biasAdd(this, bias, dataFormat)

/** Slides filters over volumes: each result is the sum of a window times a filter. See `tf.nn.conv3d`. */
public fun TensorLike.conv3d(filter: Any, strides: IntArray, padding: String, dataFormat: String = "NDHWC", dilations: IntArray = intArrayOf(1, 1, 1, 1, 1)): Tensor = tf.nn.conv3d(this, filter, strides, padding, dataFormat, *dilations)

/** Moves channels into blocks of block_size × block_size pixels. See `tf.nn.depthToSpace`. */
public fun TensorLike.depthToSpace(blockSize: Long, dataFormat: String = "NHWC"): Tensor = tf.nn.depthToSpace(this, blockSize, dataFormat)

/** Gives x where it is positive, else eˣ − 1. See `tf.nn.elu`. */
public fun TensorLike.elu(): Tensor = tf.nn.elu(this)

/** Halves the sum of all squares. See `tf.nn.l2Loss`. */
public fun TensorLike.l2Loss(): Tensor = tf.nn.l2Loss(this)

/** Gives x where it is positive, else alpha·x. See `tf.nn.leakyRelu`. */
public fun TensorLike.leakyRelu(alpha: Double = 0.20000000298023224): Tensor = tf.nn.leakyRelu(this, alpha)

/** Takes the maximum of each window and says where it was: (row·width + column)·channels + channel. See `tf.nn.maxPoolWithArgmax`. */
public fun TensorLike.maxPoolWithArgmax(ksize: IntArray, strides: IntArray, padding: String, includeBatchInIndex: Boolean = false, targmax: DType = DType.I64): Array<Tensor> = tf.nn.maxPoolWithArgmax(this, ksize, strides, padding, includeBatchInIndex, targmax)

/** Gives x where it is positive, else 0. See `tf.nn.relu`. */
public fun TensorLike.relu(): Tensor = tf.nn.relu(this)

/** Gives x limited to the range from 0 to 6. See `tf.nn.relu6`. */
public fun TensorLike.relu6(): Tensor = tf.nn.relu6(this)

/** Computes the self-normalising activation: scale·x, or scale·alpha·(eˣ − 1) below 0. See `tf.nn.selu`. */
public fun TensorLike.selu(): Tensor = tf.nn.selu(this)

/** Computes x/(1 + |x|). See `tf.nn.softsign`. */
public fun TensorLike.softsign(): Tensor = tf.nn.softsign(this)

/** Moves blocks of block_size × block_size pixels into the channels. See `tf.nn.spaceToDepth`. */
public fun TensorLike.spaceToDepth(blockSize: Long, dataFormat: String = "NHWC"): Tensor = tf.nn.spaceToDepth(this, blockSize, dataFormat)
