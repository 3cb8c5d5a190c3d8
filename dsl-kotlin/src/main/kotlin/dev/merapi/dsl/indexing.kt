package dev.merapi.dsl

import dev.merapi.eager.Variable
import dev.merapi.op.Index
import dev.merapi.say.Message
import dev.merapi.tensor.DType
import dev.merapi.tensor.Tensor
import dev.merapi.tensor.TensorLike
import dev.merapi.tf

/** As many whole axes as are left over, Python's `...`: `x[etc, 0]`. */
public val etc: Index = Index.ellipsis()

/** An axis of size 1 that is put here: `x[etc, newAxis]`. */
public val newAxis: Index = Index.newAxis()

/** The whole axis, Python's `:`. `all step 2` takes every second position, `all step -1` turns the axis around. */
public val all: Slice = Slice(null, null, 1)

/** The last position of an axis whatever its size: `x[end]`, `x[end - 1]`, `x[1..end]`, `x[2..<end]`. */
public val end: End = End(0)

/** A position counted from the last one backwards. */
public class End internal constructor(
  internal val before: Int,
) {
  /** The position that many before this one. */
  public operator fun minus(positions: Int): End = End(before + positions)

  /** The positions from this one down to [to], step -1. */
  public infix fun downTo(to: Int): Slice = Slice(negative, below(to), -1)

  internal val negative: Int get() = -1 - before
}

/** Some positions of an axis, as Python's `from:to:step`; null leaves an end open. */
public class Slice internal constructor(
  internal val from: Int?,
  internal val to: Int?,
  internal val step: Int,
) {
  /** Every [by]-th of these positions; below 0 goes backwards, which only [all] can. */
  public infix fun step(by: Int): Slice =
    if (by > 0 || (from == null && to == null)) {
      Slice(from, to, step * by)
    } else {
      throw Message
        .what("a step of $by does not go from the first to the last position")
        .expected("a step above 0")
        .fix("go backwards with `last downTo first`, or over the whole axis with `all step -1`")
        .valueError()
    }
}

/** From this position to [last], both included: `x[1..end]`. */
public operator fun Int.rangeTo(last: End): Slice = Slice(this, if (last.before == 0) null else -last.before, 1)

/** From this position to the one before [last]: `x[1..<end]`. */
public operator fun Int.rangeUntil(last: End): Slice = Slice(this, last.negative, 1)

/**
 * Returns a part of the tensor.
 *
 * Each place speaks about one axis: a position, a Kotlin range (`1..3` includes 3, `0 until n` may be empty,
 * `0..8 step 2`, `3 downTo 0`), [all], [etc], [newAxis], a scalar int tensor, or an [Index]. Negative positions count
 * from the end, on their own and in ranges with both ends negative: `x[-1]`, `x[-3..-2]`. Python's `x[1:]` and
 * `x[1:-1]` are `x[1..end]` and `x[1..<end]`. A text is read as Python: `x["1:, ::2"]`. A single bool tensor picks
 * where it is true: `x[x gt 0]`.
 *
 * Fails: `ShapeError` when a position is outside its axis or there are more places than axes; `ValueError` for a range
 * from one side of the axis to the other, such as `1..-1`, which is empty in Kotlin and not in Python.
 */
public operator fun TensorLike.get(vararg places: Any): Tensor {
  val only = places.singleOrNull()
  return if (only is Tensor && only.dtype() == DType.BOOL) {
    tf.booleanMask(this, only)
  } else {
    tf.index(this, *indices(places))
  }
}

/**
 * Puts [value] where the places point, as [Variable.assignAt] does; places are those of [get].
 *
 * Fails: `ShapeError` when the value does not have the shape that the places give.
 */
public operator fun Variable.set(
  vararg places: Any,
  value: Any,
) {
  assignAt(value, *indices(places))
}

private fun indices(places: Array<out Any>): Array<Index> {
  val text = places.singleOrNull() as? String
  return if (text != null) Index.parse(text) else places.map(::index).toTypedArray()
}

private fun index(place: Any): Index =
  when (place) {
    is Int -> Index.at(place)
    is Index -> place
    is Slice -> Index.range(place.from, place.to, place.step)
    is End -> Index.at(place.negative)
    is IntProgression -> range(place)
    is TensorLike -> Index.at(place.asTensor())
    else -> throw noPlace(place)
  }

private fun noPlace(place: Any): RuntimeException =
  Message
    .what("${place::class.simpleName} '$place' is not an index")
    .expected("a position, a range, all, etc, newAxis, end, or a scalar int tensor")
    .fix("take several positions at once with tf.gather")
    .typeError()

private fun range(places: IntProgression): Index {
  val first = places.first
  val last = places.last
  // `0 until n` is 0..-1 where n is 0: nothing, as everywhere in Kotlin, and not the whole axis.
  if (places.isEmpty() && first == 0 && last == -1) {
    return Index.range(0, 0)
  }
  if ((first < 0) != (last < 0)) {
    throw Message
      .what("a range from $first to $last counts from both sides of the axis")
      .given(places.toString())
      .expected("both ends counted from the front, or both from the back")
      .fix("write the far end with `end`: 1..end is Python's 1:, 1..<end is 1:-1, end downTo 0 is ::-1")
      .valueError()
  }
  val to = if (places.step > 0) above(last) else below(last)
  return if (places.step == 1) Index.range(first, to) else Index.range(first, to, places.step)
}

/** The open end after a position: behind -1 there is nothing, and 0 would be the front. */
private fun above(last: Int): Int? = if (last == -1) null else last + 1

private fun below(last: Int): Int? = if (last == 0) null else last - 1
