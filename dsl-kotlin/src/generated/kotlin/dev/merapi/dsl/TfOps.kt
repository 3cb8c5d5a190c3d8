// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf` as extensions.

/** Takes the magnitude of every element. See `tf.abs`. */
public fun TensorLike.abs(): Tensor = tf.abs(this)

/** Computes the angle in radians whose cosine is given, from 0 to π. See `tf.acos`. */
public fun TensorLike.acos(): Tensor = tf.acos(this)

/** Computes the number of 0 or more whose hyperbolic cosine is given. See `tf.acosh`. */
public fun TensorLike.acosh(): Tensor = tf.acosh(this)

/** Adds two tensors, element by element. See `tf.add`. */
public fun TensorLike.add(y: Any): Tensor = tf.add(this, y)

/** Tells whether all elements along axes are true. See `tf.reduceAll`. */
public fun TensorLike.reduceAll(axis: Any, keepdims: Boolean = false): Tensor = tf.reduceAll(this, axis, keepdims)

/** Tells whether any element along axes is true. See `tf.reduceAny`. */
public fun TensorLike.reduceAny(axis: Any, keepdims: Boolean = false): Tensor = tf.reduceAny(this, axis, keepdims)

/** Finds the position of the greatest element along an axis, of equals the first. See `tf.argmax`. */
public fun TensorLike.argmax(axis: Any, outputType: DType = DType.I64): Tensor = tf.argmax(this, axis, outputType)

/** Finds the position of the least element along an axis, of equals the first. See `tf.argmin`. */
public fun TensorLike.argmin(axis: Any, outputType: DType = DType.I64): Tensor = tf.argmin(this, axis, outputType)

/** Computes the angle in radians whose sine is given, from −π/2 to π/2. See `tf.asin`. */
public fun TensorLike.asin(): Tensor = tf.asin(this)

/** Computes the number whose hyperbolic sine is given. See `tf.asinh`. */
public fun TensorLike.asinh(): Tensor = tf.asinh(this)

/** Computes the angle in radians whose tangent is given, from −π/2 to π/2. See `tf.atan`. */
public fun TensorLike.atan(): Tensor = tf.atan(this)

/** Returns the angle of the point (y, x) in radians, from −π to π; the first input is y. See `tf.atan2`. */
public fun TensorLike.atan2(y: Any): Tensor = tf.atan2(this, y)

/** Computes the number whose hyperbolic tangent is given. See `tf.atanh`. */
public fun TensorLike.atanh(): Tensor = tf.atanh(this)

/** Moves parts of the batch into blocks of the axes behind it, and crops those. See `tf.batchToSpace`. */
public fun TensorLike.batchToSpace(blockShape: Any, crops: Any): Tensor = tf.batchToSpace(this, blockShape, crops)

/** Reads the same bytes as another element type; the last axis absorbs a change of width. See `tf.bitcast`. */
public fun TensorLike.bitcast(type: DType = DType.I32): Tensor = tf.bitcast(this, type)

/** Repeats a tensor along axes where it is 1 long, until it has the given shape. See `tf.broadcastTo`. */
public fun TensorLike.broadcastTo(shape: Any): Tensor = tf.broadcastTo(this, shape)

/** Converts every element to another type; fractions are cut, whole numbers wrap around. See `tf.cast`. */
public fun TensorLike.cast(dtype: DType): Tensor = tf.cast(this, dtype)

/** Limits every element to the range between two bounds. See `tf.clipByValue`. */
public fun TensorLike.clipByValue(clipValueMin: Any, clipValueMax: Any): Tensor = tf.clipByValue(this, clipValueMin, clipValueMax)

/** Makes complex numbers from real and imaginary parts. See `tf.complex`. */
public fun TensorLike.complex(imag: Any, dtype: DType = DType.C64): Tensor = tf.complex(this, imag, dtype)

/** Computes the cosine of angles in radians. See `tf.cos`. */
public fun TensorLike.cos(): Tensor = tf.cos(this)

/** Computes the hyperbolic cosine. See `tf.cosh`. */
public fun TensorLike.cosh(): Tensor = tf.cosh(this)

/** Adds up the elements along an axis, keeping every partial sum. See `tf.cumsum`. */
public fun TensorLike.cumsum(axis: Any, exclusive: Boolean = false, reverse: Boolean = false): Tensor = tf.cumsum(this, axis, exclusive, reverse)

/** Deals rows out to num_partitions tensors by the number given for each, in their order. See `tf.dynamicPartition`. */
public fun TensorLike.dynamicPartition(partitions: Any, numPartitions: Long): Array<Tensor> = tf.dynamicPartition(this, partitions, numPartitions)

/** Gives its input back if the shape is as expected, and fails otherwise. See `tf.ensureShape`. */
public fun TensorLike.ensureShape(shape: Shape): Tensor = tf.ensureShape(this, shape)

/** Tells where two tensors are equal; NaN equals nothing. See `tf.equal`. */
public fun TensorLike.equal(y: Any): Tensor = tf.equal(this, y)

/** Computes e to the power of every element. See `tf.exp`. */
public fun TensorLike.exp(): Tensor = tf.exp(this)

/** Adds an axis of size 1. See `tf.expandDims`. */
public fun TensorLike.expandDims(axis: Any): Tensor = tf.expandDims(this, axis)

/** Cuts windows out of volumes and lays the cells of each into the channels. See `tf.extractVolumePatches`. */
public fun TensorLike.extractVolumePatches(ksizes: IntArray, strides: IntArray, padding: String): Tensor = tf.extractVolumePatches(this, ksizes, strides, padding)

/** Rounds every element down. See `tf.floor`. */
public fun TensorLike.floor(): Tensor = tf.floor(this)

/** Divides and rounds the quotient down. See `tf.floordiv`. */
public fun TensorLike.floordiv(y: Any): Tensor = tf.floordiv(this, y)

/** Takes the remainder of a division rounded down; it has the sign of the divisor. See `tf.floormod`. */
public fun TensorLike.floormod(y: Any): Tensor = tf.floormod(this, y)

/** Picks slices by index vectors, which lie along the last axis of the indices. See `tf.gatherNd`. */
public fun TensorLike.gatherNd(indices: Any, badIndicesPolicy: String = ""): Tensor = tf.gatherNd(this, indices, badIndicesPolicy)

/** Picks entries along an axis by their indices; leading batch axes are matched one to one. See `tf.gather`. */
public fun TensorLike.gather(indices: Any, axis: Any, batchDims: Long = 0): Tensor = tf.gather(this, indices, axis, batchDims)

/** Tells where x > y. See `tf.greater`. */
public fun TensorLike.greater(y: Any): Tensor = tf.greater(this, y)

/** Tells where x ≥ y. See `tf.greaterEqual`. */
public fun TensorLike.greaterEqual(y: Any): Tensor = tf.greaterEqual(this, y)

/** Counts the numbers in bins of one width; those outside go to the outermost bins. See `tf.histogramFixedWidth`. */
public fun TensorLike.histogramFixedWidth(valueRange: Any, nbins: Any, dtype: DType = DType.I32): Tensor = tf.histogramFixedWidth(this, valueRange, nbins, dtype)

/** Gives its input back as it is. See `tf.identity`. */
public fun TensorLike.identity(): Tensor = tf.identity(this)

/** Tells where x < y. See `tf.less`. */
public fun TensorLike.less(y: Any): Tensor = tf.less(this, y)

/** Tells where x ≤ y. See `tf.lessEqual`. */
public fun TensorLike.lessEqual(y: Any): Tensor = tf.lessEqual(this, y)

/** Computes the natural logarithm; −∞ of 0, NaN of negative real numbers. See `tf.log`. */
public fun TensorLike.log(): Tensor = tf.log(this)

/** Tells where both are true. See `tf.logicalAnd`. */
public fun TensorLike.logicalAnd(y: Any): Tensor = tf.logicalAnd(this, y)

/** Turns every truth value around. See `tf.logicalNot`. */
public fun TensorLike.logicalNot(): Tensor = tf.logicalNot(this)

/** Tells where at least one is true. See `tf.logicalOr`. */
public fun TensorLike.logicalOr(y: Any): Tensor = tf.logicalOr(this, y)

/** Finds the first place in a sorted row whose element is not less than a value. See `tf.lowerBound`. */
public fun TensorLike.lowerBound(values: Any, outType: DType = DType.I32): Tensor = tf.lowerBound(this, values, outType)

/** Takes the greatest element along axes; a nan anywhere gives nan. See `tf.reduceMax`. */
public fun TensorLike.reduceMax(axis: Any, keepdims: Boolean = false): Tensor = tf.reduceMax(this, axis, keepdims)

/** Takes the larger of two values; NaN if either is. See `tf.maximum`. */
public fun TensorLike.maximum(y: Any): Tensor = tf.maximum(this, y)

/** Averages the elements along axes; of nothing it is nan. See `tf.reduceMean`. */
public fun TensorLike.reduceMean(axis: Any, keepdims: Boolean = false): Tensor = tf.reduceMean(this, axis, keepdims)

/** Takes the least element along axes; a nan anywhere gives nan. See `tf.reduceMin`. */
public fun TensorLike.reduceMin(axis: Any, keepdims: Boolean = false): Tensor = tf.reduceMin(this, axis, keepdims)

/** Takes the smaller of two values; NaN if either is. See `tf.minimum`. */
public fun TensorLike.minimum(y: Any): Tensor = tf.minimum(this, y)

/** Puts the mirror image of a tensor round it, with its border repeated (SYMMETRIC) or not (REFLECT). See `tf.pad`. */
public fun TensorLike.pad(paddings: Any, mode: String): Tensor = tf.pad(this, paddings, mode)

/** Multiplies two tensors, element by element. See `tf.multiply`. */
public fun TensorLike.multiply(y: Any): Tensor = tf.multiply(this, y)

/** Changes the sign of every element. See `tf.negative`. */
public fun TensorLike.negative(): Tensor = tf.negative(this)

/** Tells where two tensors differ. See `tf.notEqual`. */
public fun TensorLike.notEqual(y: Any): Tensor = tf.notEqual(this, y)

/** Turns each index into a row that holds on_value at that place and off_value elsewhere. See `tf.oneHot`. */
public fun TensorLike.oneHot(depth: Any, onValue: Any, offValue: Any, axis: Long = -1): Tensor = tf.oneHot(this, depth, onValue, offValue, axis)

/** Returns ones of the type and shape of a tensor. See `tf.onesLike`. */
public fun TensorLike.onesLike(): Tensor = tf.onesLike(this)

/** Puts zeros round a tensor: paddings[i] are how many in front of and behind axis i. See `tf.pad`. */
public fun TensorLike.pad(paddings: Any): Tensor = tf.pad(this, paddings)

/** Puts a constant round a tensor: paddings[i] are how many in front of and behind axis i. See `tf.pad`. */
public fun TensorLike.pad(paddings: Any, constantValues: Any): Tensor = tf.pad(this, paddings, constantValues)

/** Multiplies the elements along axes. See `tf.reduceProd`. */
public fun TensorLike.reduceProd(axis: Any, keepdims: Boolean = false): Tensor = tf.reduceProd(this, axis, keepdims)

/** Divides the first tensor by the second, element by element. See `tf.divide`. */
public fun TensorLike.divide(y: Any): Tensor = tf.divide(this, y)

/** Divides the first tensor by the second, element by element. See `tf.truediv`. */
public fun TensorLike.truediv(y: Any): Tensor = tf.truediv(this, y)

/** Divides the first tensor by the second, element by element. See `tf.realdiv`. */
public fun TensorLike.realdiv(y: Any): Tensor = tf.realdiv(this, y)

/** Gives the same elements in the same order another shape; one axis may be -1, which is worked out. See `tf.reshape`. */
public fun TensorLike.reshape(shape: Any): Tensor = tf.reshape(this, shape)

/** Reverses the first seq_lengths[b] entries of each batch entry b and leaves the padding behind them. See `tf.reverseSequence`. */
public fun TensorLike.reverseSequence(seqLengths: Any, seqDim: Long, batchDim: Long = 0): Tensor = tf.reverseSequence(this, seqLengths, seqDim, batchDim)

/** Reverses the order along the given axes. See `tf.reverse`. */
public fun TensorLike.reverse(axis: Any): Tensor = tf.reverse(this, axis)

/** Moves all elements some places along axes; what leaves at one end enters at the other. See `tf.roll`. */
public fun TensorLike.roll(shift: Any, axis: Any): Tensor = tf.roll(this, shift, axis)

/** Rounds to the nearest whole number, halves to the even one; whole numbers stay as they are. See `tf.round`. */
public fun TensorLike.round(): Tensor = tf.round(this)

/** Adds values into zeros of the given shape, at the places that the index vectors name. See `tf.scatterNd`. */
public fun TensorLike.scatterNd(updates: Any, shape: Any, badIndicesPolicy: String = ""): Tensor = tf.scatterNd(this, updates, shape, badIndicesPolicy)

/** Computes 1/(1 + e⁻ˣ), without overflow on either side. See `tf.sigmoid`. */
public fun TensorLike.sigmoid(): Tensor = tf.sigmoid(this)

/** Gives -1, 0 or 1 by the sign of every element; z/|z| for complex numbers. See `tf.sign`. */
public fun TensorLike.sign(): Tensor = tf.sign(this)

/** Computes the sine of angles in radians. See `tf.sin`. */
public fun TensorLike.sin(): Tensor = tf.sin(this)

/** Computes the hyperbolic sine. See `tf.sinh`. */
public fun TensorLike.sinh(): Tensor = tf.sinh(this)

/** Cuts out a block: from begin on, size elements along each axis; -1 takes the rest. See `tf.slice`. */
public fun TensorLike.slice(begin: Any, size: Any): Tensor = tf.slice(this, begin, size)

/** Pads axes behind the batch, cuts them into blocks and moves the places within a block into the batch. See `tf.spaceToBatchNd`. */
public fun TensorLike.spaceToBatchNd(blockShape: Any, paddings: Any): Tensor = tf.spaceToBatchNd(this, blockShape, paddings)

/** Cuts a tensor along an axis into parts of the given sizes; one size may be -1, which takes the rest. See `tf.split`. */
public fun TensorLike.split(sizeSplits: Any, splitDim: Any, numSplit: Long): Array<Tensor> = tf.split(this, sizeSplits, splitDim, numSplit)

/** Takes the square root; NaN of negative real numbers. See `tf.sqrt`. */
public fun TensorLike.sqrt(): Tensor = tf.sqrt(this)

/** Multiplies every element by itself. See `tf.square`. */
public fun TensorLike.square(): Tensor = tf.square(this)

/** Drops axes of size 1: those named, or all of them. See `tf.squeeze`. */
public fun TensorLike.squeeze(axis: IntArray = intArrayOf()): Tensor = tf.squeeze(this, *axis)

/** Gives its input back and lets no gradient through. See `tf.stopGradient`. */
public fun TensorLike.stopGradient(): Tensor = tf.stopGradient(this)

/** Reads part of a tensor as x[begin:end:stride, …] does, with new axes, single indices and ellipses. See `tf.stridedSlice`. */
public fun TensorLike.stridedSlice(begin: Any, end: Any, strides: Any, beginMask: Long = 0, endMask: Long = 0, ellipsisMask: Long = 0, newAxisMask: Long = 0, shrinkAxisMask: Long = 0): Tensor = tf.stridedSlice(this, begin, end, strides, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask)

/** Subtracts the second tensor from the first, element by element. See `tf.subtract`. */
public fun TensorLike.subtract(y: Any): Tensor = tf.subtract(this, y)

/** Adds up the elements along axes. See `tf.reduceSum`. */
public fun TensorLike.reduceSum(axis: Any, keepdims: Boolean = false): Tensor = tf.reduceSum(this, axis, keepdims)

/** Computes the tangent of angles in radians. See `tf.tan`. */
public fun TensorLike.tan(): Tensor = tf.tan(this)

/** Computes the hyperbolic tangent. See `tf.tanh`. */
public fun TensorLike.tanh(): Tensor = tf.tanh(this)

/** Adds updates to the slices that index vectors name. See `tf.tensorScatterNdAdd`. */
public fun TensorLike.tensorScatterNdAdd(indices: Any, updates: Any, badIndicesPolicy: String = ""): Tensor = tf.tensorScatterNdAdd(this, indices, updates, badIndicesPolicy)

/** Keeps the greater of the slices that index vectors name and their updates. See `tf.tensorScatterNdMax`. */
public fun TensorLike.tensorScatterNdMax(indices: Any, updates: Any, badIndicesPolicy: String = ""): Tensor = tf.tensorScatterNdMax(this, indices, updates, badIndicesPolicy)

/** Keeps the lesser of the slices that index vectors name and their updates. See `tf.tensorScatterNdMin`. */
public fun TensorLike.tensorScatterNdMin(indices: Any, updates: Any, badIndicesPolicy: String = ""): Tensor = tf.tensorScatterNdMin(this, indices, updates, badIndicesPolicy)

/** Subtracts updates from the slices that index vectors name. See `tf.tensorScatterNdSub`. */
public fun TensorLike.tensorScatterNdSub(indices: Any, updates: Any, badIndicesPolicy: String = ""): Tensor = tf.tensorScatterNdSub(this, indices, updates, badIndicesPolicy)

/** Returns a tensor with the slices that index vectors name replaced; the last of equal ones wins. See `tf.tensorScatterNdUpdate`. */
public fun TensorLike.tensorScatterNdUpdate(indices: Any, updates: Any, badIndicesPolicy: String = ""): Tensor = tf.tensorScatterNdUpdate(this, indices, updates, badIndicesPolicy)

/** Returns a tensor with the elements of a strided slice replaced. See `tf.tensorStridedSliceUpdate`. */
public fun TensorLike.tensorStridedSliceUpdate(begin: Any, end: Any, strides: Any, value: Any, beginMask: Long = 0, endMask: Long = 0, ellipsisMask: Long = 0, newAxisMask: Long = 0, shrinkAxisMask: Long = 0): Tensor = tf.tensorStridedSliceUpdate(this, begin, end, strides, value, beginMask, endMask, ellipsisMask, newAxisMask, shrinkAxisMask)

/** Repeats the whole tensor multiples[i] times along axis i. See `tf.tile`. */
public fun TensorLike.tile(multiples: Any): Tensor = tf.tile(this, multiples)

/** Puts the axes into another order: axis i of the result is axis perm[i] of the input. See `tf.transpose`. */
public fun TensorLike.transpose(perm: Any): Tensor = tf.transpose(this, perm)

/** Divides and rounds the quotient towards zero. See `tf.truncatediv`. */
public fun TensorLike.truncatediv(y: Any): Tensor = tf.truncatediv(this, y)

/** Takes the remainder of a division rounded towards zero; it has the sign of the dividend. See `tf.truncatemod`. */
public fun TensorLike.truncatemod(y: Any): Tensor = tf.truncatemod(this, y)

/** Lists the distinct elements in the order of their first occurrence. See `tf.unique`. */
public fun TensorLike.unique(outIdx: DType = DType.I32): Array<Tensor> = tf.unique(this, outIdx)

/** Lists the distinct elements and how often each occurs. See `tf.uniqueWithCounts`. */
public fun TensorLike.uniqueWithCounts(outIdx: DType = DType.I32): Array<Tensor> = tf.uniqueWithCounts(this, outIdx)

/** Takes a tensor apart along an axis, which disappears. See `tf.unstack`. */
public fun TensorLike.unstack(num: Long, axis: Long = 0): Array<Tensor> = tf.unstack(this, num, axis)

/** Finds the first place in a sorted row whose element is greater than a value. See `tf.upperBound`. */
public fun TensorLike.upperBound(values: Any, outType: DType = DType.I32): Tensor = tf.upperBound(this, values, outType)

/** Returns the positions of all elements that are true (not zero), one row each, in row-major order. See `tf.where`. */
public fun TensorLike.where(): Tensor = tf.where(this)

/** Returns zeros (empty strings) of the type and shape of a tensor. See `tf.zerosLike`. */
public fun TensorLike.zerosLike(): Tensor = tf.zerosLike(this)
