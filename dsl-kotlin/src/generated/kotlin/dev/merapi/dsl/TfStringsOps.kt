// Generated from the declarations in dev.merapi.op.family by dev.merapi.generate.Facades: do not edit.
@file:Suppress("unused")

package dev.merapi.dsl

import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

// The operations of `tf.strings` as extensions.

/** Writes values as text, as C's printf does. See `tf.strings.asString`. */
public fun TensorLike.asString(precision: Long = -1, scientific: Boolean = false, shortest: Boolean = false, width: Long = -1, fill: String = ""): Tensor = tf.strings.asString(this, precision, scientific, shortest, width, fill)

/** Tells which strings are matched from end to end by a regular expression (syntax of RE2). See `tf.strings.regexFullMatch`. */
public fun TensorLike.regexFullMatch(pattern: Any): Tensor = tf.strings.regexFullMatch(this, pattern)

/** Replaces what a regular expression (syntax of RE2) matches; \1 stands for the first group. See `tf.strings.regexReplace`. */
public fun TensorLike.regexReplace(pattern: Any, rewrite: Any, replaceGlobal: Boolean = true): Tensor = tf.strings.regexReplace(this, pattern, rewrite, replaceGlobal)

/** Counts the bytes of strings, or with the unit UTF8_CHAR their characters. See `tf.strings.length`. */
public fun TensorLike.length(unit: String = "BYTE"): Tensor = tf.strings.length(this, unit)

/** Makes letters small: those of ASCII, or with the encoding utf-8 all. See `tf.strings.lower`. */
public fun TensorLike.lower(encoding: String = ""): Tensor = tf.strings.lower(this, encoding)

/** Cuts white space off both ends. See `tf.strings.strip`. */
public fun TensorLike.strip(): Tensor = tf.strings.strip(this)

/** Maps strings to numbers of buckets by FarmHash's fingerprint. See `tf.strings.toHashBucketFast`. */
public fun TensorLike.toHashBucketFast(numBuckets: Long): Tensor = tf.strings.toHashBucketFast(this, numBuckets)

/** Maps strings to numbers of buckets by a keyed hash that is hard to attack. See `tf.strings.toHashBucketStrong`. */
public fun TensorLike.toHashBucketStrong(numBuckets: Long, key: IntArray): Tensor = tf.strings.toHashBucketStrong(this, numBuckets, *key)

/** Reads strings as numbers. See `tf.strings.toNumber`. */
public fun TensorLike.toNumber(outType: DType = DType.F32): Tensor = tf.strings.toNumber(this, outType)

/** Makes letters large: those of ASCII, or with the encoding utf-8 all. See `tf.strings.upper`. */
public fun TensorLike.upper(encoding: String = ""): Tensor = tf.strings.upper(this, encoding)

/** Takes pieces of strings by position and length; positions below zero count from the end. See `tf.strings.substr`. */
public fun TensorLike.substr(pos: Any, len: Any, unit: String = "BYTE"): Tensor = tf.strings.substr(this, pos, len, unit)
