package dev.merapi.layer

import dev.merapi.acceptance.reals
import dev.merapi.autodiff.GradientTape
import dev.merapi.eager.Variable
import dev.merapi.nn.config.Saved
import dev.merapi.nn.init.GlorotUniform
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Layer
import dev.merapi.nn.layer.Masks
import dev.merapi.nn.layer.recurrent.Bidirectional
import dev.merapi.nn.layer.recurrent.Cell
import dev.merapi.nn.layer.recurrent.ConvLSTM2D
import dev.merapi.nn.layer.recurrent.GRU
import dev.merapi.nn.layer.recurrent.GRUCell
import dev.merapi.nn.layer.recurrent.LSTM
import dev.merapi.nn.layer.recurrent.LSTMCell
import dev.merapi.nn.layer.recurrent.RNN
import dev.merapi.nn.layer.recurrent.Recurrent
import dev.merapi.nn.layer.recurrent.SimpleRNN
import dev.merapi.nn.layer.recurrent.SimpleRNNCell
import dev.merapi.nn.layer.recurrent.TimeDistributed
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Spec
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import java.util.function.BiFunction
import java.util.function.Function
import kotlin.math.abs
import kotlin.random.Random

/** A cell as a user would write it: `h = x·kernel + h·recurrent`. */
class Minimal(
  private val units: Int,
) : Cell() {
  private lateinit var kernel: Variable
  private lateinit var recurrent: Variable

  override fun stateSize(): List<Int> = listOf(units)

  override fun build(step: Shape) {
    kernel = addWeight("kernel", Shape.of(step.dim(-1), units), GlorotUniform())
    recurrent = addWeight("recurrent_kernel", Shape.of(units, units), GlorotUniform())
  }

  override fun step(
    x: Tensor,
    states: List<Tensor>,
    training: Boolean,
  ): Step {
    val h = tf.add(tf.matmul(x, kernel), tf.matmul(states.first(), recurrent))
    return Step(h, listOf(h))
  }
}

private fun floats(
  random: Random,
  vararg shape: Int,
): Tensor = tf.cast(reals(random, *shape, low = -1.0, high = 1.0), tf.float32)

private fun distance(
  a: Tensor,
  b: Tensor,
): Double = tf.reduceMax(tf.abs(tf.subtract(tf.cast(a, tf.float64), tf.cast(b, tf.float64)))).item()

private fun <L : Recurrent> L.likeThat(other: Layer): L = also { it.setWeights(other.getWeights()) }

/** What Keras's recorded calls do not say of recurrent layers. */
class RecurrentSpec :
  StringSpec({
    val random = Random(11)
    val steps = tf.constant(arrayOf(booleanArrayOf(true, false, true, true), booleanArrayOf(false, true, true, false)))

    val kinds: Map<String, () -> Recurrent> =
      mapOf(
        "LSTM" to { LSTM(5).returnSequences(true).returnState(true) },
        "LSTM step by step" to { LSTM(5).activation("elu").returnSequences(true).returnState(true) },
        "GRU" to { GRU(5).returnState(true) },
        "GRU step by step" to { GRU(5).recurrentActivation("softsign").returnState(true) },
        "SimpleRNN" to { SimpleRNN(5).returnSequences(true) },
        "stacked cells" to { RNN(listOf(LSTMCell(4), Minimal(3), GRUCell(2))).returnSequences(true).returnState(true) },
      )

    for ((name, make) in kinds) {
      for (masked in listOf(false, true)) {
        "$name in a function that knows no length computes what it does eagerly, masked $masked" {
          val layer = make()
          val x = floats(random, 2, 4, 3)
          layer.applyAll(x)
          val eager = layer.applyAll(x, false, listOf(if (masked) steps else null))
          val f =
            tf.function(
              tf.inputSignature(Spec(tf.float32, Shape.of(-1, -1, 3)), Spec(tf.bool, Shape.of(-1, -1))),
              BiFunction<Tensor, Tensor, List<Tensor>> { t, m ->
                layer.applyAll(t, false, listOf(if (masked) m else null))
              },
            )
          val traced = f.apply(x, steps)
          eager.zip(traced).forEach { (a, b) -> distance(a, b) shouldBeLessThan 1e-6 }
        }
      }

      "$name: a function's gradients are those of eager mode" {
        val layer = make()
        val x = floats(random, 2, 4, 3)
        layer.applyAll(x)

        fun slopes(t: Tensor): List<Tensor> =
          GradientTape().use { tape ->
            tape.watch(t)
            val y = layer.applyAll(t).map { tf.reduceSum(tf.square(it)) }.reduce { a, b -> tf.add(a, b) }
            tape.gradient(y, layer.trainableVariables() + t).map { checkNotNull(it) }
          }
        val f =
          tf.function(
            tf.inputSignature(Spec(tf.float32, Shape.of(-1, -1, 3))),
            Function<Tensor, List<Tensor>> { t -> slopes(t) },
          )
        slopes(x).zip(f.apply(x)).forEach { (a, b) -> distance(a, b) shouldBeLessThan 1e-5 }
      }

      "$name has gradients of gradients" {
        val layer = make().also { l -> l.flattened().forEach { it.settings().set("dtype", "float64") } }
        val x = reals(random, 2, 4, 3, low = -1.0, high = 1.0)
        val v = reals(random, 2, 4, 3, low = -1.0, high = 1.0)

        fun along(t: Tensor): Tensor =
          GradientTape().use { inner ->
            inner.watch(t)
            val y = tf.reduceSum(tf.square(layer.applyAll(t).first()))
            tf.reduceSum(tf.multiply(checkNotNull(inner.gradient(y, t)), v))
          }
        val second =
          GradientTape().use { outer ->
            outer.watch(x)
            tf.reduceSum(tf.multiply(checkNotNull(outer.gradient(along(x), x)), v)).item()
          }
        val h = 1e-5
        val ends = listOf(h, -h).map { along(tf.add(x, tf.multiply(v, it))).item() }
        val expected = (ends[0] - ends[1]) / (2 * h)
        withClue("$second, by differences $expected") {
          abs(second - expected) shouldBeLessThan 1e-6 * maxOf(1.0, abs(expected))
        }
      }
    }

    "a stateful layer goes on where it was, until it is reset" {
      val x = floats(random, 3, 8, 4)
      val whole = GRU(5).returnSequences(true)
      val expected = whole.apply(x)
      val parts = GRU(5).returnSequences(true).stateful(true)
      parts.buildFor(Shape.of(3, 4, 4))
      parts.likeThat(whole)
      val halves = tf.split(x, 2, 1)
      val again =
        List(2) {
          val y = tf.concat(halves.map { parts.apply(it) }, 1)
          parts.resetStates()
          y
        }
      again.forEach { distance(it, expected) shouldBeLessThan 1e-6 }
      parts.weights().size shouldBe 3
      parts.states().single().name() shouldContain "rnn_state"
    }

    "a stateful layer must know the batch, and keeps to it" {
      shouldThrow<ShapeError> { LSTM(2).stateful(true).buildFor(Shape.of(-1, 4, 3)) }.message shouldContain
        "the batch size must be static"
      val layer = LSTM(2).stateful(true)
      layer.apply(floats(random, 2, 4, 3))
      shouldThrow<ShapeError> { layer.apply(floats(random, 3, 4, 3)) }.message shouldContain "Expected batch size: 2"
    }

    "a cell of one's own is a layer, with weights, names and a configuration" {
      Layer.resetNames()
      val layer = RNN(Minimal(4)).returnSequences(true).name("walk")
      val x = floats(random, 2, 3, 5)
      val y = layer.apply(x)
      layer.weights().map { it.name() } shouldBe listOf("walk/minimal/kernel", "walk/minimal/recurrent_kernel")
      val plain = SimpleRNN(4).activation("linear").useBias(false).returnSequences(true)
      plain.apply(x)
      distance(plain.likeThat(layer).apply(x), y) shouldBeLessThan 1e-6
      Saved.register(Minimal::class.java)
      val form = checkNotNull(Saved.write(layer)) as Map<*, *>
      val other = Saved.read(form, RNN::class.java)
      other.apply(x)
      distance(other.likeThat(layer).apply(x), y) shouldBe 0.0
    }

    "layers read their own configurations" {
      val layers =
        listOf(
          LSTM(3)
            .dropout(0.1)
            .recurrentDropout(0.2)
            .seed(4)
            .unroll(true)
            .goBackwards(true),
          GRU(3).resetAfter(false).useBias(false),
          SimpleRNN(3).activation("relu").recurrentRegularizer("l2"),
          RNN(listOf(LSTMCell(4), SimpleRNNCell(2))).zeroOutputForMask(true),
          Bidirectional(GRU(2).returnSequences(true), "sum"),
          TimeDistributed(Dense(4)),
        )
      for (layer in layers) {
        val form = checkNotNull(Saved.write(layer)) as Map<*, *>
        Saved.read(form, Layer::class.java).config shouldBe layer.config
      }
    }

    "the mask passes on with the sequence, and ends with the last output" {
      val x = floats(random, 2, 4, 3)
      val all = LSTM(2).returnSequences(true).apply(x, false, steps)
      Masks.of(all) shouldBe steps
      Masks.of(LSTM(2).apply(x, false, steps)) shouldBe null
    }

    "dropout disturbs training alone, and the same seed draws the same" {
      val x = floats(random, 2, 4, 3)
      val layers = List(2) { LSTM(4).dropout(0.5).recurrentDropout(0.5).seed(5) }
      layers.forEach { it.apply(x) }
      layers[1].likeThat(layers[0])
      val (a, b) = layers.map { l -> List(2) { l.apply(x, true) } }
      distance(a[0], b[0]) shouldBe 0.0
      distance(a[1], b[1]) shouldBe 0.0
      (distance(a[0], a[1]) > 0) shouldBe true
      distance(layers[0].apply(x), layers[1].apply(x)) shouldBe 0.0
      (distance(layers[0].apply(x), a[0]) > 0) shouldBe true
    }

    "mixed precision computes in bfloat16 and keeps float32" {
      val layer = GRU(4).returnSequences(true).dtype("mixed_bfloat16")
      val y = layer.apply(floats(random, 2, 4, 3))
      y.dtype() shouldBe tf.bfloat16
      layer.weights().forEach { it.dtype() shouldBe tf.float32 }
    }

    "a layer of another type than its cell brings inputs and outputs into it" {
      val layer = RNN(listOf(LSTMCell(4), Minimal(3))).dtype("float64").returnState(true)
      layer.applyAll(reals(random, 2, 4, 3)).map { it.dtype() }.toSet() shouldBe setOf(tf.float64)
    }

    "layers number their names as Keras spells them" {
      Layer.resetNames()
      val names = listOf(ConvLSTM2D(2, 3), LSTM(2), LSTM(2), SimpleRNN(2), RNN(GRUCell(2)), TimeDistributed(Dense(2)))
      names.map { it.name() } shouldBe
        listOf("conv_lstm2d", "lstm", "lstm_1", "simple_rnn", "rnn", "time_distributed")
    }

    "a frozen layer has nothing to learn" {
      val layer = LSTM(4).trainable(false)
      layer.apply(floats(random, 2, 4, 3))
      layer.weights().size shouldBe 3
      layer.trainableVariables().size shouldBe 0
    }

    "what does not fit is said" {
      val x = floats(random, 2, 4, 3)
      shouldThrow<ShapeError> { LSTM(2).apply(floats(random, 4, 3)) }.message shouldContain
        "expected ndim=3, found ndim=2"
      shouldThrow<ValueError> { LSTM(2).applyAll(listOf(x, floats(random, 2, 2))) }.message shouldContain
        "is given 1 initial states, but its cell has 2"
      shouldThrow<ValueError> { Bidirectional(LSTM(2), "concat", LSTM(2)) }.message shouldContain
        "different `go_backwards` value"
      shouldThrow<ShapeError> { TimeDistributed(Dense(2)).apply(floats(random, 2, 3)) }.message shouldContain
        "at least 3 dimensions"
      shouldThrow<ValueError> { LSTM(0) }.message shouldContain "units is 0"
    }
  })
