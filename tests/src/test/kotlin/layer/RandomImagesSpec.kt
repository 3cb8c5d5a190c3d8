package dev.merapi.layer

import dev.merapi.autodiff.GradientTape
import dev.merapi.data.Dataset
import dev.merapi.nn.layer.Layer
import dev.merapi.nn.layer.image.RandomBrightness
import dev.merapi.nn.layer.image.RandomContrast
import dev.merapi.nn.layer.image.RandomCrop
import dev.merapi.nn.layer.image.RandomFlip
import dev.merapi.nn.layer.image.RandomRotation
import dev.merapi.nn.layer.image.RandomShear
import dev.merapi.nn.layer.image.RandomTranslation
import dev.merapi.nn.layer.image.RandomZoom
import dev.merapi.nn.model.Sequential
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.ints.shouldBeInRange
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import java.util.function.Function

/** Pictures changed by chance; single results are compared with Keras's in [PreprocessingSpec]. */
class RandomImagesSpec :
  FunSpec({
    fun layers(seed: Long): List<Layer> =
      listOf(
        RandomFlip().seed(seed),
        RandomRotation(0.2).seed(seed),
        RandomZoom(0.3).seed(seed),
        RandomTranslation(0.3, 0.3).seed(seed),
        RandomShear(0.4, 0.4).seed(seed),
        RandomContrast(0.5).valueRange(0.0, 1.0).seed(seed),
        RandomBrightness(0.4).valueRange(0.0, 1.0).seed(seed),
        RandomCrop(5, 5).seed(seed),
      )

    val images = tf.random.uniform(intArrayOf(6, 8, 8, 3), 0.0, 1.0, tf.float32, 5L)

    fun bits(t: Tensor) = t.toFloatArray().toList()

    fun drawings(layer: Layer) = List(4) { bits(layer.apply(images, true)) }

    test("a seed repeats the draws of all calls; without one they differ from layer to layer") {
      layers(7).zip(layers(7)).forEach { (a, b) ->
        withClue(a.name()) { drawings(a) shouldBe drawings(b) }
      }
      drawings(RandomRotation(0.2)) shouldNotBe drawings(RandomRotation(0.2))
    }

    test("each call draws anew, in graphs as well, and draws there what it draws outside") {
      layers(7).zip(layers(7)).forEach { (eager, graph) ->
        val f = tf.function(Function { t: Tensor -> graph.apply(t, true) })
        val outside = drawings(eager)
        withClue(eager.name()) {
          outside.toSet().size shouldBeGreaterThan 1
          List(4) { bits(f.apply(images)) } shouldBe outside
          f.function().traces() shouldBe 1
        }
      }
    }

    test("pictures of a batch are changed each in its own way, but for the part that is cut out") {
      val same = tf.tile(tf.random.uniform(intArrayOf(1, 8, 8, 3), 0.0, 1.0, tf.float32, 5L), intArrayOf(6, 1, 1, 1))
      layers(11).forEach { layer ->
        val y =
          tf
            .unstack(layer.apply(same, true), 0)
            .map(::bits)
            .toSet()
            .size
        withClue(layer.name()) { if (layer is RandomCrop) y shouldBe 1 else y shouldBeGreaterThan 1 }
      }
    }

    test("pictures pass unchanged when a model predicts, and where nobody says they are changed") {
      layers(3).filter { it !is RandomCrop }.forEach { layer ->
        withClue(layer.name()) {
          val model = Sequential(layer)
          bits(model.predict(images)) shouldBe bits(images)
          List(4) { bits(layer.apply(images)) }.any { it != bits(images) } shouldBe true
        }
      }
    }

    test("about half of 4000 pictures are mirrored") {
      val small =
        tf.tile(
          tf.constant(arrayOf(arrayOf(arrayOf(floatArrayOf(0f), floatArrayOf(1f))))),
          intArrayOf(4000, 1, 1, 1),
        )
      val y = RandomFlip("horizontal").seed(1).apply(small, true).toFloatArray()
      val mirrored = (0 until 4000).count { y[2 * it] == 1f }
      // Five deviations of the binomial distribution.
      mirrored shouldBeInRange 2000 - 158..2000 + 158
    }

    test("brightness and moves are drawn evenly between their bounds") {
      val grey = tf.fill(intArrayOf(4000, 1, 1, 1), 0.5f)
      val y =
        RandomBrightness(-0.2, 0.4)
          .valueRange(0.0, 1.0)
          .seed(1)
          .apply(grey, true)
          .toFloatArray()
      val more = y.map { it - 0.5 }
      (more.min() >= -0.2001 && more.max() <= 0.4001) shouldBe true
      more.average() shouldBe (0.1 plusOrMinus 0.015)
      more.map { (it - 0.1) * (it - 0.1) }.average() shouldBe (0.03 plusOrMinus 0.002)
      // A ramp shows by how many pixels it was moved.
      val ramp = tf.tile(tf.reshape(tf.range(0f, 100f, 1f), 1, 1, 100, 1), intArrayOf(2000, 1, 1, 1))
      val moved = RandomTranslation(doubleArrayOf(0.0, 0.0), doubleArrayOf(-0.1, 0.3)).seed(2).apply(ramp, true)
      val right = tf.unstack(tf.reshape(moved, 2000, 100), 1)[50].toFloatArray().map { (50 - it) / 100.0 }
      (right.min() >= -0.1001 && right.max() <= 0.3001) shouldBe true
      right.average() shouldBe (0.1 plusOrMinus 0.013)
    }

    test("single pictures and batches of unknown size are taken, in maps of datasets too") {
      val flip = RandomRotation(0.1)
      val ds = Dataset.fromTensorSlices(images).map { flip.apply(it, true) }.batch(4)
      ds.toList().map { it.shape().toString() } shouldBe listOf("(4, 8, 8, 3)", "(2, 8, 8, 3)")
    }

    test("gradients go back to the pixels that were taken") {
      val turn = RandomTranslation(doubleArrayOf(0.0, 0.0), doubleArrayOf(0.25, 0.25)).fillMode("constant")
      GradientTape().use { tape ->
        val x = tf.ones(1, 4, 4, 1)
        tape.watch(x)
        val dx = checkNotNull(tape.gradient(tf.reduceSum(turn.apply(x, true)), x))
        // The last column leaves the picture.
        bits(dx) shouldBe List(16) { if (it % 4 == 3) 0f else 1f }
      }
    }

    test("bounds and ranks that do not fit are refused") {
      shouldThrow<ValueError> { RandomRotation(1.4) }.message shouldContain "from -1.0 to 1.0"
      shouldThrow<ValueError> { RandomZoom(-1.0) }.message shouldContain "height_factor"
      shouldThrow<ValueError> { RandomContrast(1.5) }.message shouldContain "factor"
      shouldThrow<ValueError> { RandomRotation(0.1).fillMode("mirror") }.message shouldContain "reflect"
      shouldThrow<ValueError> { RandomFlip("diagonal") }.message shouldContain "horizontal"
      shouldThrow<ShapeError> { RandomFlip().apply(tf.zeros(3, 3), true) }.message shouldContain
        "(batch, height, width, channels)"
    }
  })
