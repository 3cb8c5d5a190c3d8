// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.math` as extensions.

/** Takes the angle of complex numbers in radians, from −π to π. See `tf.math.angle`. */
public fun TensorLike.angle(dtype: DType = DType.F32): Tensor = tf.math.angle(this, dtype)

/** Tells where |x − y| is below a tolerance. See `tf.math.approximateEqual`. */
public fun TensorLike.approximateEqual(y: Any, tolerance: Double = 9.999999747378752E-6): Tensor = tf.math.approximateEqual(this, y, tolerance)

/** Computes the modified Bessel function of order 0. See `tf.math.besselI0`. */
public fun TensorLike.besselI0(): Tensor = tf.math.besselI0(this)

/** Computes e⁻|ˣ| times the modified Bessel function of order 0. See `tf.math.besselI0e`. */
public fun TensorLike.besselI0e(): Tensor = tf.math.besselI0e(this)

/** Computes the modified Bessel function of order 1. See `tf.math.besselI1`. */
public fun TensorLike.besselI1(): Tensor = tf.math.besselI1(this)

/** Computes e⁻|ˣ| times the modified Bessel function of order 1. See `tf.math.besselI1e`. */
public fun TensorLike.besselI1e(): Tensor = tf.math.besselI1e(this)

/** Computes the regularised incomplete beta function; no gradient flows to a and b. See `tf.math.betainc`. */
public fun TensorLike.betainc(b: Any, x: Any): Tensor = tf.math.betainc(this, b, x)

/** Rounds every element up. See `tf.math.ceil`. */
public fun TensorLike.ceil(): Tensor = tf.math.ceil(this)

/** Multiplies the elements along an axis, keeping every partial product. See `tf.math.cumprod`. */
public fun TensorLike.cumprod(axis: Any, exclusive: Boolean = false, reverse: Boolean = false): Tensor = tf.math.cumprod(this, axis, exclusive, reverse)

/** Takes the logarithm of the running sum of exponentials along an axis, without overflow. See `tf.math.cumulativeLogsumexp`. */
public fun TensorLike.cumulativeLogsumexp(axis: Any, exclusive: Boolean = false, reverse: Boolean = false): Tensor = tf.math.cumulativeLogsumexp(this, axis, exclusive, reverse)

/** Counts how often each whole number occurs in a vector or in each row of a matrix, or adds up weights. See `tf.math.bincount`. */
public fun TensorLike.bincount(size: Any, weights: Any, binaryOutput: Boolean = false): Tensor = tf.math.bincount(this, size, weights, binaryOutput)

/** Computes the derivative of lgamma. See `tf.math.digamma`. */
public fun TensorLike.digamma(): Tensor = tf.math.digamma(this)

/** Divides; gives 0 where the divisor is 0. See `tf.math.divideNoNan`. */
public fun TensorLike.divideNoNan(y: Any): Tensor = tf.math.divideNoNan(this, y)

/** Computes the error function. See `tf.math.erf`. */
public fun TensorLike.erf(): Tensor = tf.math.erf(this)

/** Computes 1 − erf(x), exact also for large x. See `tf.math.erfc`. */
public fun TensorLike.erfc(): Tensor = tf.math.erfc(this)

/** Computes the number whose error function is given; infinite at −1 and 1. See `tf.math.erfinv`. */
public fun TensorLike.erfinv(): Tensor = tf.math.erfinv(this)

/** Takes the root of the sum of squares along axes. See `tf.math.reduceEuclideanNorm`. */
public fun TensorLike.reduceEuclideanNorm(axis: Any, keepdims: Boolean = false): Tensor = tf.math.reduceEuclideanNorm(this, axis, keepdims)

/** Computes eˣ − 1, exact also for small x. See `tf.math.expm1`. */
public fun TensorLike.expm1(): Tensor = tf.math.expm1(this)

/** Takes the remainder of a division rounded down; it has the sign of the divisor. See `tf.math.mod`. */
public fun TensorLike.mod(y: Any): Tensor = tf.math.mod(this, y)

/** Computes the lower regularised incomplete gamma function P(a, x). See `tf.math.igamma`. */
public fun TensorLike.igamma(x: Any): Tensor = tf.math.igamma(this, x)

/** Computes the upper regularised incomplete gamma function Q(a, x) = 1 − P(a, x). See `tf.math.igammac`. */
public fun TensorLike.igammac(x: Any): Tensor = tf.math.igammac(this, x)

/** Tells of each row whether the target class is among the k most probable ones; ties count for it. See `tf.math.inTopK`. */
public fun TensorLike.inTopK(targets: Any, k: Any): Tensor = tf.math.inTopK(this, targets, k)

/** Returns the permutation that undoes a permutation. See `tf.math.invertPermutation`. */
public fun TensorLike.invertPermutation(): Tensor = tf.math.invertPermutation(this)

/** Tells which elements are neither infinite nor NaN. See `tf.math.isFinite`. */
public fun TensorLike.isFinite(): Tensor = tf.math.isFinite(this)

/** Tells which elements are infinite. See `tf.math.isInf`. */
public fun TensorLike.isInf(): Tensor = tf.math.isInf(this)

/** Tells which elements are not a number. See `tf.math.isNan`. */
public fun TensorLike.isNan(): Tensor = tf.math.isNan(this)

/** Computes the logarithm of the magnitude of the gamma function. See `tf.math.lgamma`. */
public fun TensorLike.lgamma(): Tensor = tf.math.lgamma(this)

/** Computes log(1 + x), exact also for small x. See `tf.math.log1p`. */
public fun TensorLike.log1p(): Tensor = tf.math.log1p(this)

/** Multiplies; gives 0 where the second factor is 0, even if the first is NaN or infinite. See `tf.math.multiplyNoNan`. */
public fun TensorLike.multiplyNoNan(y: Any): Tensor = tf.math.multiplyNoNan(this, y)

/** Computes the quantile of the standard normal distribution. See `tf.math.ndtri`. */
public fun TensorLike.ndtri(): Tensor = tf.math.ndtri(this)

/** Steps from the first number to its neighbour in the direction of the second. See `tf.math.nextafter`. */
public fun TensorLike.nextafter(x2: Any): Tensor = tf.math.nextafter(this, x2)

/** Returns the element that would be at place n if each row were sorted. See `tf.math.nthElement`. */
public fun TensorLike.nthElement(n: Any, reverse: Boolean = false): Tensor = tf.math.nthElement(this, n, reverse)

/** Computes the derivative of order a of digamma; a is 0, 1, 2, … See `tf.math.polygamma`. */
public fun TensorLike.polygamma(x: Any): Tensor = tf.math.polygamma(this, x)

/** Computes 1/x. See `tf.math.reciprocal`. */
public fun TensorLike.reciprocal(): Tensor = tf.math.reciprocal(this)

/** Rounds to the nearest whole number, halves to the even one. See `tf.math.rint`. */
public fun TensorLike.rint(): Tensor = tf.math.rint(this)

/** Computes 1/√x. See `tf.math.rsqrt`. */
public fun TensorLike.rsqrt(): Tensor = tf.math.rsqrt(this)

/** Takes the greatest elements of groups of rows whose ids, in ascending order, are equal. See `tf.math.segmentMax`. */
public fun TensorLike.segmentMax(segmentIds: Any): Tensor = tf.math.segmentMax(this, segmentIds)

/** Averages groups of rows whose ids, in ascending order, are equal. See `tf.math.segmentMean`. */
public fun TensorLike.segmentMean(segmentIds: Any): Tensor = tf.math.segmentMean(this, segmentIds)

/** Takes the least elements of groups of rows whose ids, in ascending order, are equal. See `tf.math.segmentMin`. */
public fun TensorLike.segmentMin(segmentIds: Any): Tensor = tf.math.segmentMin(this, segmentIds)

/** Multiplies groups of rows whose ids, in ascending order, are equal. See `tf.math.segmentProd`. */
public fun TensorLike.segmentProd(segmentIds: Any): Tensor = tf.math.segmentProd(this, segmentIds)

/** Adds up groups of rows whose ids, in ascending order, are equal. See `tf.math.segmentSum`. */
public fun TensorLike.segmentSum(segmentIds: Any): Tensor = tf.math.segmentSum(this, segmentIds)

/** Computes log(1 + eˣ), without overflow. See `tf.math.softplus`. */
public fun TensorLike.softplus(): Tensor = tf.math.softplus(this)

/** Squares the difference of two tensors, element by element; of complex numbers, the magnitude's. See `tf.math.squaredDifference`. */
public fun TensorLike.squaredDifference(y: Any): Tensor = tf.math.squaredDifference(this, y)

/** Returns the k greatest elements of each row and their positions, greatest first, equal ones in order. See `tf.math.topK`. */
public fun TensorLike.topK(k: Any, sorted: Boolean = true, indexType: DType = DType.I32): Array<Tensor> = tf.math.topK(this, k, sorted, indexType)

/** Takes the greatest elements of groups of rows whose ids are equal; rows with negative ids are left out. See `tf.math.unsortedSegmentMax`. */
public fun TensorLike.unsortedSegmentMax(segmentIds: Any, numSegments: Any): Tensor = tf.math.unsortedSegmentMax(this, segmentIds, numSegments)

/** Takes the least elements of groups of rows whose ids are equal; rows with negative ids are left out. See `tf.math.unsortedSegmentMin`. */
public fun TensorLike.unsortedSegmentMin(segmentIds: Any, numSegments: Any): Tensor = tf.math.unsortedSegmentMin(this, segmentIds, numSegments)

/** Multiplies groups of rows whose ids are equal; rows with negative ids are left out. See `tf.math.unsortedSegmentProd`. */
public fun TensorLike.unsortedSegmentProd(segmentIds: Any, numSegments: Any): Tensor = tf.math.unsortedSegmentProd(this, segmentIds, numSegments)

/** Adds up groups of rows whose ids are equal; rows with negative ids are left out. See `tf.math.unsortedSegmentSum`. */
public fun TensorLike.unsortedSegmentSum(segmentIds: Any, numSegments: Any): Tensor = tf.math.unsortedSegmentSum(this, segmentIds, numSegments)

/** Computes x·log(1 + y); gives 0 where x is 0, whatever y. See `tf.math.xlog1py`. */
public fun TensorLike.xlog1py(y: Any): Tensor = tf.math.xlog1py(this, y)

/** Computes x·log(y); gives 0 where x is 0, whatever y. See `tf.math.xlogy`. */
public fun TensorLike.xlogy(y: Any): Tensor = tf.math.xlogy(this, y)

/** Computes the Hurwitz zeta function; no gradient flows to its exponent x. See `tf.math.zeta`. */
public fun TensorLike.zeta(q: Any): Tensor = tf.math.zeta(this, q)
