package dev.merapi.layer

import dev.merapi.acceptance.checkSlope
import dev.merapi.acceptance.reals
import dev.merapi.autodiff.GradientTape
import dev.merapi.op.OpRef
import dev.merapi.programs.Fork
import dev.merapi.programs.SequenceDigest
import dev.merapi.say.ValueError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import kotlin.random.Random

private const val BATCH = 7
private const val TIME = 5
private const val FEATURES = 3
private const val UNITS = 9

/** One of the operations: its name, columns of its weights, states, shape of its bias, attributes. */
private class Kind(
  val op: String,
  val gates: Int,
  val states: Int,
  val bias: IntArray,
  vararg val attributes: Any,
) {
  fun inputs(random: Random): List<Tensor> =
    buildList {
      add(reals(random, BATCH, TIME, FEATURES))
      repeat(states) { add(reals(random, BATCH, UNITS, low = -0.8, high = 0.8)) }
      add(reals(random, FEATURES, gates * UNITS, low = -0.7, high = 0.7))
      add(reals(random, UNITS, gates * UNITS, low = -0.7, high = 0.7))
      add(reals(random, *bias, low = -0.7, high = 0.7))
    }

  fun all(
    inputs: List<Tensor>,
    mask: Tensor,
    vararg more: Any,
  ): Array<Tensor> = OpRef.to(op).let { it.all(it.attrs(*attributes, *more), *(inputs + mask).toTypedArray()) }

  override fun toString() = op + attributes.toList()
}

private val KINDS =
  listOf(
    Kind("_LSTM", 4, 2, intArrayOf(4 * UNITS)),
    Kind("_GRU", 3, 1, intArrayOf(2, 3 * UNITS)),
    Kind("_GRU", 3, 1, intArrayOf(3 * UNITS), "reset_after", false),
    Kind("_SimpleRNN", 1, 1, intArrayOf(UNITS)),
    Kind("_SimpleRNN", 1, 1, intArrayOf(UNITS), "activation", "sigmoid"),
    Kind("_SimpleRNN", 1, 1, intArrayOf(UNITS), "activation", "relu"),
    Kind("_SimpleRNN", 1, 1, intArrayOf(UNITS), "activation", "linear"),
  )

private val ALL_STEPS = tf.constant(true)

/** The operations behind recurrent layers; what they compute, Keras's recorded layers say. */
class SequenceSpec :
  StringSpec({
    for (kind in KINDS) {
      for (sequences in listOf(false, true)) {
        for (zeros in listOf(false, true)) {
          for (masked in listOf(false, true)) {
            "slopes of $kind, sequences $sequences, zeros $zeros, masked $masked" {
              val random = Random(kind.toString().hashCode() + 1)
              val steps = Array(BATCH) { BooleanArray(TIME) { random.nextInt(3) > 0 } }
              val mask = if (masked) tf.constant(steps) else ALL_STEPS
              checkSlope(random, kind.inputs(random)) { x ->
                val out = kind.all(x, mask, "return_sequences", sequences, "zero_output_for_mask", zeros)
                val flat = out.take(1 + kind.states).map { tf.reshape(it, intArrayOf(-1)) }
                tf.concat(flat, 0)
              }
            }
          }
        }
      }

      "$kind in float32, float16 and bfloat16 is near float64" {
        val random = Random(3)
        val x = kind.inputs(random)
        val exact = kind.all(x, ALL_STEPS, "return_sequences", true)[0]
        for ((type, tolerance) in listOf(tf.float32 to 1e-5, tf.float16 to 0.05, tf.bfloat16 to 0.4)) {
          val y = kind.all(x.map { tf.cast(it, type) }, ALL_STEPS, "return_sequences", true)[0]
          y.dtype() shouldBe type
          val off = tf.reduceMax(tf.abs(tf.subtract(tf.cast(y, tf.float64), exact))).item()
          val most = tf.reduceMax(tf.abs(exact)).item()
          withClue("$type is off by $off") { (off <= tolerance * maxOf(1.0, most)) shouldBe true }
        }
      }

      "$kind computes the same without keeping what the gradient needs, and then has none" {
        val x = kind.inputs(Random(4))
        val kept = kind.all(x, ALL_STEPS)
        val bare = kind.all(x, ALL_STEPS, "keep", false)
        bare[0].toByteArray().toList() shouldBe kept[0].toByteArray().toList()
        bare.last().size() shouldBe 0L
        GradientTape().use { tape ->
          tape.watch(x[0])
          val y = kind.all(x, ALL_STEPS, "keep", false)[0]
          shouldThrow<ValueError> { tape.gradient(y, x[0]) }.message shouldContain "nothing was kept for the gradient"
        }
      }

      "$kind of no step, of no row" {
        val x = kind.inputs(Random(5))
        val none = tf.zeros(intArrayOf(BATCH, 0, FEATURES), tf.float64)
        val out = kind.all(listOf(none) + x.drop(1), ALL_STEPS)
        out[0].toDoubleArray().all { it == 0.0 } shouldBe true
        out[1].toByteArray().toList() shouldBe x[1].toByteArray().toList()
        val rows =
          x.mapIndexed { i, t ->
            if (i <=
              kind.states
            ) {
              tf.zeros(intArrayOf(0) + t.shape().dims().drop(1), tf.float64)
            } else {
              t
            }
          }
        kind
          .all(rows, ALL_STEPS, "return_sequences", true)[0]
          .shape()
          .dims()
          .toList() shouldBe listOf(0, TIME, UNITS)
      }
    }

    "gradients are operations that say what takes their own gradient's place" {
      for (name in listOf("_LSTMGrad", "_GRUGrad", "_SimpleRNNGrad")) {
        withClue(name) {
          OpRef.to(name).get().gradient() shouldBe null
          OpRef.to(name).get().noGradient() shouldContain "steps"
          // What they compute is asked above, along random directions.
          OpRef.to(name.removeSuffix("Grad")).get().gradient() shouldNotBe null
        }
      }
    }

    "the bits are the same on one thread and three, with vectors and without, and once loops are warm" {
      val vectors = listOf("--add-modules", "jdk.incubator.vector")
      val runs =
        listOf(
          Fork.run(vectors, SequenceDigest::class.java, "1", "1"),
          Fork.run(vectors, SequenceDigest::class.java, "3", "25"),
          Fork.run(listOf(), SequenceDigest::class.java, "2", "1"),
        )
      runs.forEach { withClue(it.out() + it.err()) { it.status() shouldBe 0 } }
      runs[0].values().keys.toList() shouldBe listOf("lstm", "gru", "gru_before", "simple")
      runs.drop(1).forEach { it.values() shouldBe runs[0].values() }
    }
  })
