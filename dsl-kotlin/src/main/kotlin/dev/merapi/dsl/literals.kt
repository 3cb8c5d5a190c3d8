package dev.merapi.dsl

import dev.merapi.say.Message
import dev.merapi.tensor.DType
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import java.lang.reflect.Array as HostArray

// A literal has the element type that TensorFlow gives it: fractions are float32, whole numbers int32. Arrays, as
// NumPy's do, keep their own: `tf.constant(doubleArrayOf(…))` is float64.

/** Makes a vector of float32, or of [dtype]. */
public fun tensorOf(
  vararg values: Float,
  dtype: DType? = null,
): Tensor = literal(values.asList(), dtype)

/** Makes a vector of float32, or of [dtype]: `tensorOf(1.0, 2.0, dtype = tf.float64)`. */
public fun tensorOf(
  vararg values: Double,
  dtype: DType? = null,
): Tensor = literal(values.asList(), dtype)

/** Makes a vector of int32, or of [dtype]. */
public fun tensorOf(
  vararg values: Int,
  dtype: DType? = null,
): Tensor = literal(values.asList(), dtype)

/** Makes a vector of int64, or of [dtype]. */
public fun tensorOf(
  vararg values: Long,
  dtype: DType? = null,
): Tensor = literal(values.asList(), dtype)

/** Makes a vector of truth values. */
public fun tensorOf(vararg values: Boolean): Tensor = tf.constant(values.asList())

/** Makes a vector of texts. */
public fun tensorOf(vararg values: String): Tensor = tf.constant(values.asList())

/**
 * Stacks rows, which may be lists again: `tensorOf(listOf(1f, 2f), listOf(3f, 4f))` is a matrix.
 *
 * Fails: `ShapeError` when rows are not equally long.
 */
public fun tensorOf(
  vararg rows: List<Any>,
  dtype: DType? = null,
): Tensor = literal(rows.asList(), dtype)

private fun literal(
  values: List<Any>,
  dtype: DType?,
): Tensor = if (dtype == null) tf.constant(values) else tf.constant(values, dtype)

/**
 * Returns the elements as nested lists, one level an axis.
 *
 * Fails: `ShapeError` for a single number, which [Tensor.item] and its kin return.
 */
public fun Tensor.toList(): List<Any> {
  if (rank() == 0) {
    throw Message
      .what("toList(): a tensor of shape () is a single number, not a list")
      .fix("read it with item(), intValue() or numpy()")
      .shapeError()
  }
  return nested(numpy())
}

private fun nested(array: Any): List<Any> =
  List(HostArray.getLength(array)) { i ->
    val element = HostArray.get(array, i)
    if (element.javaClass.isArray) nested(element) else element
  }
