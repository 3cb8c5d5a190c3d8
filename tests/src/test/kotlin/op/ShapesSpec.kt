package dev.merapi.op

import dev.merapi.memory.Scope
import dev.merapi.say.ValueError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.property.Arb
import io.kotest.property.PropTestConfig
import io.kotest.property.arbitrary.arbitrary
import io.kotest.property.checkAll
import kotlin.random.Random

/** Row-major values with their shape: what indices mean, written down without any operation. */
private class Naive(
  val dims: IntArray,
  val values: DoubleArray,
) {
  operator fun get(at: IntArray): Double = values[dims.indices.fold(0) { i, k -> i * dims[k] + at[k] }]

  fun tensor(): Tensor = Values.doubles(values, *dims)

  override fun toString() = "${dims.toList()}"

  companion object {
    /** Calls [value] with every index of [dims] in row-major order. */
    fun of(
      dims: IntArray,
      value: (IntArray) -> Double,
    ): Naive {
      val at = IntArray(dims.size)
      val values =
        DoubleArray(dims.fold(1) { n, d -> n * d }) {
          var left = it
          for (k in dims.indices.reversed()) {
            at[k] = left % dims[k]
            left /= dims[k]
          }
          value(at)
        }
      return Naive(dims, values)
    }
  }
}

private infix fun Tensor.shouldHold(expected: Naive) {
  shape().dims().toList() shouldBe expected.dims.toList()
  toDoubleArray().toList() shouldBe expected.values.toList()
}

private fun Random.dims(rank: Int) = IntArray(rank) { if (nextInt(8) == 0) 0 else nextInt(1, 5) }

private fun Random.filled(dims: IntArray) = Naive.of(dims) { nextInt(-50, 51) / 4.0 }

/** What is drawn depends on the case's seed only, which a failure prints. */
private val rounds: Arb<Random> = arbitrary { Random(it.random.nextLong()) }

class ShapesSpec :
  StringSpec({
    val config = PropTestConfig(iterations = 200)

    suspend fun property(body: (Random) -> Unit) = checkAll(config, rounds) { r -> Scope.open().use { body(r) } }

    "add, multiply and maximum stretch axes of size 1 and missing ones" {
      property { r ->
        val full = r.dims(r.nextInt(6))

        // Each operand loses some leading axes and has others set to 1; the result has what is left.
        fun operand(): Naive {
          val kept = full.drop(r.nextInt(full.size + 1))
          return r.filled(kept.map { if (r.nextInt(3) == 0) 1 else it }.toIntArray())
        }
        val (a, b) = operand() to operand()
        val rank = maxOf(a.dims.size, b.dims.size)

        fun size(
          n: Naive,
          k: Int,
        ) = n.dims.getOrElse(k - (rank - n.dims.size)) { 1 }
        val out = IntArray(rank) { if (size(a, it) == 1) size(b, it) else size(a, it) }

        fun Naive.stretched(at: IntArray) =
          this[
            IntArray(dims.size) { k ->
              if (dims[k] ==
                1
              ) {
                0
              } else {
                at[k + rank - dims.size]
              }
            },
          ]
        withClue("$a with $b") {
          tf.add(a.tensor(), b.tensor()) shouldHold Naive.of(out) { a.stretched(it) + b.stretched(it) }
          tf.multiply(a.tensor(), b.tensor()) shouldHold Naive.of(out) { a.stretched(it) * b.stretched(it) }
          tf.maximum(a.tensor(), b.tensor()) shouldHold Naive.of(out) { maxOf(a.stretched(it), b.stretched(it)) }
          OpRef.to("BroadcastTo").of(a.tensor(), Values.ints(*out)) shouldHold Naive.of(out) { a.stretched(it) }
        }
      }
    }

    "sum, max and mean run over any axes" {
      property { r ->
        val x = r.filled(r.dims(r.nextInt(1, 6)))
        val axes =
          x.dims.indices
            .filter { r.nextBoolean() }
            .shuffled(r)
        val keep = r.nextBoolean()
        // Axes may be counted from the end.
        val given = axes.map { if (r.nextBoolean()) it else it - x.dims.size }.toIntArray()
        val kept = IntArray(x.dims.size) { if (it in axes) 1 else x.dims[it] }
        val groups = HashMap<List<Int>, MutableList<Double>>()
        Naive.of(x.dims) { at ->
          groups.getOrPut(at.mapIndexed { k, i -> if (k in axes) 0 else i }) { mutableListOf() } += x[at]
          0.0
        }
        val out = if (keep) kept else x.dims.filterIndexed { k, _ -> k !in axes }.toIntArray()

        fun expected(f: (List<Double>) -> Double) =
          Naive(out, Naive.of(kept) { f(groups[it.toList()].orEmpty()) }.values)
        withClue("$x over ${given.toList()}") {
          // Quarters of small whole numbers: sums are exact in any order.
          tf.reduceSum(x.tensor(), given, keep) shouldHold expected { it.sum() }
          tf.reduceMax(x.tensor(), given, keep) shouldHold expected { it.maxOrNull() ?: Double.NEGATIVE_INFINITY }
          val mean = tf.reduceMean(x.tensor(), given, keep).toDoubleArray()
          expected { it.average() }.values.forEachIndexed { i, e ->
            if (e.isNaN()) mean[i].isNaN() shouldBe true else mean[i] shouldBe (e plusOrMinus 1e-13)
          }
        }
      }
    }

    "transpose puts axis perm[k] at place k" {
      property { r ->
        val x = r.filled(r.dims(r.nextInt(6)))
        val perm =
          x.dims.indices
            .shuffled(r)
            .toIntArray()
        val out = IntArray(perm.size) { x.dims[perm[it]] }
        val expected =
          Naive.of(out) { at ->
            val from = IntArray(perm.size)
            perm.forEachIndexed { k, axis -> from[axis] = at[k] }
            x[from]
          }
        withClue("$x by ${perm.toList()}") { tf.transpose(x.tensor(), *perm) shouldHold expected }
      }
    }

    "reshape there and back, split and join give the tensor again" {
      property { r ->
        val x = r.filled(r.dims(r.nextInt(1, 6)))
        val t = x.tensor()
        withClue("$x") {
          val flat = tf.reshape(t, x.values.size)
          flat shouldHold Naive(intArrayOf(x.values.size), x.values)
          tf.reshape(flat, *x.dims) shouldHold x
          val axis = r.nextInt(x.dims.size)
          val cuts = List(r.nextInt(3)) { r.nextInt(x.dims[axis] + 1) }.sorted()
          val ends = cuts + x.dims[axis]
          val sizes = ends.zip(listOf(0) + cuts) { end, begin -> end - begin }.toIntArray()
          val parts = tf.split(t, sizes, axis)
          parts.zip(listOf(0) + cuts).forEachIndexed { i, (part, begin) ->
            val dims = x.dims.clone().also { it[axis] = sizes[i] }
            part shouldHold Naive.of(dims) { at -> x[at.clone().also { it[axis] += begin }] }
          }
          tf.concat(parts, axis) shouldHold x
          if (x.dims[axis] > 0) {
            tf.stack(tf.unstack(t, axis), axis) shouldHold x
          } else {
            tf.unstack(t, axis).size shouldBe 0
          }
        }
      }
    }

    "an empty list has no shape: Pack, Concat, ConcatV2, ConcatOffset, AddN and Einsum refuse it" {
      for (op in listOf("Pack", "AddN")) {
        shouldThrow<ValueError> { OpRef.to(op).of() }.message shouldContain op
      }
      for (op in listOf("Concat", "ConcatV2", "ConcatOffset")) {
        shouldThrow<ValueError> { OpRef.to(op).of(Values.scalar(0)) }.message shouldContain op
      }
      shouldThrow<ValueError> { tf.einsum("->") }.message shouldContain "Einsum"
    }

    "strided slices take what begin, end and step say" {
      property { r ->
        val x = r.filled(r.dims(r.nextInt(1, 6)))
        val n = x.dims.size
        val stride = IntArray(n) { listOf(-3, -2, -1, 1, 1, 2, 3)[r.nextInt(7)] }
        val begin = IntArray(n) { r.nextInt(-x.dims[it] - 2, x.dims[it] + 3) }
        val end = IntArray(n) { r.nextInt(-x.dims[it] - 2, x.dims[it] + 3) }
        // Python's rule: count from the end, then limit to the axis.
        val taken =
          List(n) { k ->
            val d = x.dims[k]

            fun limited(i: Int): Int {
              val j = if (i < 0) i + d else i
              return if (stride[k] > 0) j.coerceIn(0, d) else j.coerceIn(-1, d - 1)
            }
            val positions = mutableListOf<Int>()
            var i = limited(begin[k])
            while (if (stride[k] > 0) i < limited(end[k]) else i > limited(end[k])) {
              positions += i
              i += stride[k]
            }
            positions
          }
        val expected =
          Naive.of(taken.map { it.size }.toIntArray()) { at -> x[IntArray(n) { taken[it][at[it]] }] }
        withClue("$x from ${begin.toList()} to ${end.toList()} by ${stride.toList()}") {
          OpRef.to("StridedSlice").of(
            x.tensor(),
            Values.ints(*begin),
            Values.ints(*end),
            Values.ints(*stride),
          ) shouldHold expected
        }
      }
    }
  })
