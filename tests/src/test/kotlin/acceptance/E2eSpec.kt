package dev.merapi.acceptance

import dev.merapi.autodiff.GradientTape
import dev.merapi.data.LabelledImages
import dev.merapi.data.LabelledSplit
import dev.merapi.eager.Variable
import dev.merapi.formats.idx.MnistFiles
import dev.merapi.memory.Scope
import dev.merapi.nn.Module
import dev.merapi.nn.init.GlorotUniform
import dev.merapi.nn.init.Initializer
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.conv.Conv2D
import dev.merapi.nn.layer.pool.MaxPooling2D
import dev.merapi.nn.layer.reshape.Flatten
import dev.merapi.nn.loss.Losses
import dev.merapi.nn.model.Sequential
import dev.merapi.nn.optimizer.SGD
import dev.merapi.nn.optimizer.v1.AdamOptimizer
import dev.merapi.op.Values
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.core.test.Enabled
import io.kotest.core.test.TestCase
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import java.nio.file.Files
import java.nio.file.Path
import java.util.SplittableRandom
import kotlin.math.sqrt

/** Whole programs of the founding notes. */
class E2eSpec :
  StringSpec({
    val years = doubleArrayOf(2013.0, 2014.0, 2015.0, 2016.0, 2017.0)
    val prices = doubleArrayOf(12000.0, 14000.0, 15000.0, 16500.0, 17500.0)

    fun normalised(raw: DoubleArray) = DoubleArray(raw.size) { (raw[it] - raw.min()) / (raw.max() - raw.min()) }
    val x = normalised(years)
    val y = normalised(prices)

    "E2E-01 linear regression by hand, to the last digit" {
      "${tf.constant(x).format()} ${tf.constant(y).format()}" shouldBe
        "[0.   0.25 0.5  0.75 1.  ] [0.         0.36363636 0.54545455 0.81818182 1.        ]"
      var a = tf.constant(0, tf.float64)
      var b = tf.constant(0, tf.float64)
      val printed = mutableListOf<String>()
      for (e in 1..10000) {
        val error = tf.subtract(tf.add(tf.multiply(a, x), b), y)
        val da = tf.reduceSum(tf.multiply(error, x))
        val db = tf.reduceSum(error)
        a = tf.subtract(a, tf.multiply(1e-3, da))
        b = tf.subtract(b, tf.multiply(1e-3, db))
        if (e % 2000 == 0) {
          printed += "${a.format()} ${b.format()}"
        }
      }
      printed shouldBe
        listOf(
          "0.7083318589309758 0.20612297109653083",
          "0.8790734359406849 0.11149148762084761",
          "0.9432184104732177 0.0759392867761134",
          "0.9673167848349497 0.062582819621969",
          "0.9763702087567374 0.05756498076575413",
        )
    }

    "E2E-02 linear regression with a tape and an optimizer, to the last bit" {
      val a = Variable(0, tf.float32, Shape.SCALAR, null, true)
      val b = Variable(0, tf.float32, Shape.SCALAR, null, true)
      val variables = listOf(a, b)
      val optimizer = SGD(1e-3)
      val printed = mutableListOf<String>()
      for (e in 1..10000) {
        GradientTape().use { tape ->
          val predicted = tf.add(tf.multiply(a, x), b)
          val loss = tf.multiply(.5, tf.reduceSum(tf.square(tf.subtract(predicted, y))))
          optimizer.applyGradients(tape.gradient(loss, variables), variables)
        }
        if (e % 2000 == 0) {
          printed += "$a $b"
        }
      }

      fun shown(
        a: String,
        b: String,
      ) = listOf(a, b).joinToString(" ") { "<tf.Variable 'Variable:0' shape=() dtype=float32, numpy=$it>" }
      printed shouldBe
        listOf(
          shown("0.7083319", "0.20612301"),
          shown("0.87907386", "0.11149131"),
          shown("0.94321895", "0.075939015"),
          shown("0.967317", "0.0625827"),
          shown("0.97637", "0.057565063"),
        )
    }

    "E2E-03 y = 3x + 2 by a model of one's own" {
      class Regression : Module() {
        val w = Variable(5.0, "weight")
        val b = Variable(10.0, "bias")

        fun call(inputs: Tensor) = tf.add(tf.multiply(inputs, w), b)

        fun loss(
          inputs: Tensor,
          targets: Tensor,
        ) = tf.reduceMean(tf.square(tf.subtract(call(inputs), targets)))
      }

      fun train(
        inputs: Tensor,
        targets: Tensor,
      ): Pair<Regression, Map<Int, Double>> {
        val model = Regression()
        val optimizer = SGD(0.01)
        val losses = mutableMapOf<Int, Double>()
        val variables = listOf(model.w, model.b)
        for (i in 0 until 300) {
          GradientTape().use { tape ->
            val loss = model.loss(inputs, targets)
            if (i % 20 == 0) {
              losses[i] = loss.item()
            }
            optimizer.applyGradients(tape.gradient(loss, variables), variables)
          }
        }
        return model to losses
      }

      // Expected by TensorFlow 2.21; a mean of 201 float32 numbers may differ in its last digits.
      val line = tf.linspace(-1f, 1f, 201)
      val (model, losses) = train(line, tf.add(tf.multiply(line, 3), 2))
      for ((i, loss) in mapOf(0 to 65.34666, 20 to 29.55258, 100 to 1.474311, 280 to 0.03141105)) {
        losses.getValue(i) shouldBe (loss plusOrMinus loss * 2e-6)
      }
      model.w.value().item() shouldBe (3.2635055 plusOrMinus 2e-6)
      model.b.value().item() shouldBe (2.0186598 plusOrMinus 2e-6)

      tf.random.setSeed(3)
      val inputs = tf.random.normal(2000)
      val (noisy, noisyLosses) = train(inputs, tf.add(tf.add(tf.multiply(inputs, 3), 2), tf.random.normal(2000)))
      noisyLosses.getValue(0).shouldBeBetween(65.0, 73.0, 0.0)
      noisyLosses.getValue(280).shouldBeBetween(0.9, 1.1, 0.0)
      noisy.b.value().item() shouldBe (2.02 plusOrMinus 0.08)
    }

    // One training is no proof of these rows: constant steps of Adam leave the accuracy swinging. TensorFlow 2.21
    // itself gave the convolutional network 0.9861, 0.9882, 0.9892, 0.9849, 0.9818, 0.9836, 0.9884 and 0.9878 with
    // seeds 1 to 8, and with seed 7 went from 0.9797 to 0.9884 in the last 50 batches. So the median of seeds 1, 2
    // and 3 decides.
    "E2E-04 a multilayer perceptron learns MNIST".config(enabledOrReasonIf = mnistIsThere) {
      learnsMnist(0.940..0.958) { start ->
        Sequential(
          Flatten(),
          Dense(100, "relu").kernelInitializer(start(1)),
          Dense(10, "linear").kernelInitializer(start(2)),
        )
      }
    }

    "E2E-05 a convolutional network learns MNIST better".config(enabledOrReasonIf = mnistIsThere) {
      learnsMnist(0.984..0.992, ::convolutional)
    }

    "E2E-05 from the same start, losses are those of TensorFlow".config(enabledOrReasonIf = mnistIsThere) {
      // Made by TensorFlow 2.21: tests/golden/tensorflow-2.21/cnn_losses.py. Later steps are no measure: with and
      // without oneDNN, TensorFlow's own tenth loss is 0.905768 and 0.905687, for Adam amplifies what rounding leaves.
      // The last two are asked for what TensorFlow's own settings differ by there.
      val expected = listOf(2.318014, 2.206432, 2.085548, 2.023756, 1.701203, 1.523245, 1.318528, 1.026406)
      val data = MnistFiles.load(folder).train()
      val model = convolutional { Mixed }
      val optimizer = adam()
      expected.forEachIndexed { batch, loss ->
        val found = step(model, optimizer, data, IntArray(50) { 50 * batch + it })
        withClue("batch $batch") {
          found shouldBe (loss plusOrMinus loss * if (batch < 6) 5e-6 else 1e-4)
        }
      }
    }
  })

/** Weights that a formula gives, so that TensorFlow can start alike. */
private object Mixed : Initializer {
  override fun make(
    shape: Shape,
    dtype: DType,
  ): Tensor {
    val d = shape.dims()
    val window = d.dropLast(2).fold(1) { n, i -> n * i }
    val limit = sqrt(6.0 / (window * (d[d.size - 2] + d[d.size - 1])))
    val weights =
      FloatArray(shape.size().toInt()) {
        var h = (it + 1) * 2654435761L and 0xffffffffL
        h = h xor (h shr 15)
        h = h * 2246822519L and 0xffffffffL
        h = h xor (h shr 13)
        ((h / 2147483648.0 - 1) * limit).toFloat()
      }
    return Values.floats(weights, *d)
  }
}

private fun convolutional(start: (Int) -> Initializer) =
  Sequential(
    Conv2D(32, 5, "same", "relu").kernelInitializer(start(1)),
    MaxPooling2D(2),
    Conv2D(64, 5, "same", "relu").kernelInitializer(start(2)),
    MaxPooling2D(2),
    Flatten(),
    Dense(1024, "relu").kernelInitializer(start(3)),
    Dense(10, "linear").kernelInitializer(start(4)),
  )

/** The Adam of TensorFlow 1, whose epsilon is not Keras's. */
private fun adam() = AdamOptimizer(0.001)

private val folder = Path.of(System.getProperty("merapi.root"), "../shared/data/mnist").normalize()

private val mnistIsThere: (TestCase) -> Enabled = {
  if (Files.isDirectory(folder)) Enabled.enabled else Enabled.disabled("reads MNIST from $folder, which is not there")
}

/** Asks that the median accuracy of seeds 1, 2 and 3 is accepted; `model` gets an initializer for each layer. */
private fun learnsMnist(
  accepted: ClosedFloatingPointRange<Double>,
  model: ((Int) -> Initializer) -> Sequential,
) {
  val data = MnistFiles.load(folder)
  val accuracies =
    (1..3).map { seed ->
      val accuracy = trained(data, model { layer -> GlorotUniform(10L * seed + layer) }, seed)
      println("seed %d: test accuracy: %f".format(seed, accuracy))
      accuracy
    }
  withClue("test accuracy with seeds 1, 2, 3: $accuracies") {
    accuracies.sorted()[1].shouldBeBetween(accepted.start, accepted.endInclusive, 0.0)
  }
}

/**
 * Trains as the notes do, on 1000 batches of 50 pictures drawn at random from all but the first 5000, which their
 * loader sets apart. Returns the share of test pictures that are told right.
 */
private fun trained(
  data: LabelledSplit,
  model: Sequential,
  seed: Int,
): Double {
  val random = SplittableRandom(seed.toLong())
  val optimizer = adam()
  var line = ""
  for (batch in 0 until 1000) {
    val loss = step(model, optimizer, data.train(), IntArray(50) { random.nextInt(5000, data.train().size()) })
    line = "batch %d: loss %f".format(batch, loss)
  }
  line shouldMatch "batch 999: loss \\d\\.\\d{6}"
  var right = 0
  for (from in 0 until data.test().size() step 500) {
    val picked = IntArray(500) { from + it }
    Scope.open().use {
      val found = tf.argmax(model.apply(pictures(data.test(), picked)), -1).toIntArray()
      right += picked.indices.count { found[it] == data.test().label(picked[it]) }
    }
  }
  return right.toDouble() / data.test().size()
}

/** Takes one step on the pictures of the given numbers; returns the loss before it. */
private fun step(
  model: Sequential,
  optimizer: AdamOptimizer,
  data: LabelledImages,
  picked: IntArray,
): Double =
  Scope.open().use {
    GradientTape().use { tape ->
      val loss = Losses.sparseSoftmaxCrossEntropy(labels(data, picked), model.apply(pictures(data, picked), true))
      val variables = model.trainableVariables()
      optimizer.applyGradients(tape.gradient(loss, variables), variables)
      loss.item()
    }
  }

private fun pictures(
  data: LabelledImages,
  picked: IntArray,
): Tensor {
  val pixels = data.pixels()
  return Values.floats(
    FloatArray(picked.size * pixels) {
      (data.images()[picked[it / pixels] * pixels + it % pixels].toInt() and 0xff) /
        255f
    },
    picked.size,
    data.rows(),
    data.columns(),
    1,
  )
}

private fun labels(
  data: LabelledImages,
  picked: IntArray,
): Tensor = Values.ints(*IntArray(picked.size) { data.label(picked[it]) })
