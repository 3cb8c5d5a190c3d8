// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.math.special` as extensions.

/** Computes the Bessel function of the first kind of order 0. See `tf.math.special.besselJ0`. */
public fun TensorLike.besselJ0(): Tensor = tf.math.special.besselJ0(this)

/** Computes the Bessel function of the first kind of order 1. See `tf.math.special.besselJ1`. */
public fun TensorLike.besselJ1(): Tensor = tf.math.special.besselJ1(this)

/** Computes the modified Bessel function of the second kind of order 0. See `tf.math.special.besselK0`. */
public fun TensorLike.besselK0(): Tensor = tf.math.special.besselK0(this)

/** Computes eˣ times the modified Bessel function of the second kind of order 0. See `tf.math.special.besselK0e`. */
public fun TensorLike.besselK0e(): Tensor = tf.math.special.besselK0e(this)

/** Computes the modified Bessel function of the second kind of order 1. See `tf.math.special.besselK1`. */
public fun TensorLike.besselK1(): Tensor = tf.math.special.besselK1(this)

/** Computes eˣ times the modified Bessel function of the second kind of order 1. See `tf.math.special.besselK1e`. */
public fun TensorLike.besselK1e(): Tensor = tf.math.special.besselK1e(this)

/** Computes the Bessel function of the second kind of order 0. See `tf.math.special.besselY0`. */
public fun TensorLike.besselY0(): Tensor = tf.math.special.besselY0(this)

/** Computes the Bessel function of the second kind of order 1. See `tf.math.special.besselY1`. */
public fun TensorLike.besselY1(): Tensor = tf.math.special.besselY1(this)

/** Computes Dawson's integral. See `tf.math.special.dawsn`. */
public fun TensorLike.dawsn(): Tensor = tf.math.special.dawsn(this)

/** Computes the exponential integral Ei of positive numbers. See `tf.math.special.expint`. */
public fun TensorLike.expint(): Tensor = tf.math.special.expint(this)

/** Computes Fresnel's cosine integral. See `tf.math.special.fresnelCos`. */
public fun TensorLike.fresnelCos(): Tensor = tf.math.special.fresnelCos(this)

/** Computes Fresnel's sine integral. See `tf.math.special.fresnelSin`. */
public fun TensorLike.fresnelSin(): Tensor = tf.math.special.fresnelSin(this)

/** Computes Spence's integral, the dilogarithm of 1 − x. See `tf.math.special.spence`. */
public fun TensorLike.spence(): Tensor = tf.math.special.spence(this)
