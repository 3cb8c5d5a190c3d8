package dev.merapi.acceptance

import dev.merapi.examples.ClassifyRows
import dev.merapi.examples.Denoise
import dev.merapi.examples.Programs
import dev.merapi.examples.ReadReviews
import dev.merapi.examples.TrainingStep
import dev.merapi.examples.WriteText
import dev.merapi.formats.idx.MnistFiles
import dev.merapi.nn.model.Model
import dev.merapi.tensor.Shape
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.core.spec.style.StringSpec
import io.kotest.core.test.Enabled
import io.kotest.core.test.TestCase
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.doubles.shouldBeGreaterThan
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldMatch
import java.nio.file.Files
import java.nio.file.Path
import kotlin.math.ln

/** The founding notes' programs with models, in Java and in Kotlin. */
class E2eModelsSpec :
  StringSpec({
    val data = Path.of(checkNotNull(System.getProperty("merapi.root"))).resolveSibling("shared/data")

    fun needs(path: String): (TestCase) -> Enabled =
      {
        val there = Files.exists(data.resolve(path))
        if (there) Enabled.enabled else Enabled.disabled("there is no shared/data/$path")
      }

    fun digits(n: Int): Pair<Tensor, Tensor> {
      val test = MnistFiles.load(data.resolve("mnist")).test()
      val pixels = test.images.copyOf(n * 784)
      val images = tf.divide(tf.cast(tf.constant(pixels, tf.uint8, n, 28, 28, 1), tf.float32), 255f)
      return images to tf.constant(IntArray(n) { test.label(it) })
    }

    fun falls(losses: List<Double>) = losses.last() shouldBeLessThan losses.first()

    "E2E-06 the convolutional model with regularisation, five batches an epoch".config(
      enabledOrReasonIf = needs("mnist"),
    ) {
      val (images, labels) = digits(640)
      val lines = TrainingStep.run(images, labels, 3)
      lines shouldHaveSize 9
      lines[0] shouldBe "Epoch:  0"
      lines[1] shouldMatch "  loss:     \\d+\\.\\d{3}"
      lines[2] shouldMatch "  accuracy: \\d\\.\\d{3}"

      fun number(line: String) = line.substringAfter(":").trim().toDouble()
      falls(listOf(number(lines[1]), number(lines[7])))
      number(lines[8]) shouldBeGreaterThan number(lines[2])
      falls(Programs.trainingStep(images, labels, 3))
    }

    val nietzsche by lazy { WriteText(Files.readString(data.resolve("text/nietzsche.txt"))) }

    "E2E-07 the character model: shapes, and a falling loss".config(enabledOrReasonIf = needs("text/nietzsche.txt")) {
      nietzsche.numChars() shouldBe 57
      for (model in listOf<Model>(WriteText.Rnn(57, 256), Programs.Rnn(57, 256))) {
        model.apply(tf.zeros(5, 40)).shape() shouldBe Shape.of(5, 57)
        model.weights().map { it.shape() } shouldBe
          listOf(Shape.of(57, 1024), Shape.of(256, 1024), Shape.of(1024), Shape.of(256, 57), Shape.of(57))
        val losses = nietzsche.train(model, 40, 50, 40, 0.003)
        losses.first().shouldBeBetween(ln(57.0) - 0.2, ln(57.0) + 0.2, 0.0)
        losses.takeLast(10).average() shouldBeLessThan losses.first() - 0.6
      }
    }

    "E2E-08 writing with more diversity is more diverse".config(enabledOrReasonIf = needs("text/nietzsche.txt")) {
      val model = WriteText.Rnn(57, 64)
      nietzsche.train(model, 40, 50, 60, 0.01)
      val entropies =
        listOf(0.2, 0.5, 1.0, 1.2).map { diversity ->
          println("diversity %f:".format(java.util.Locale.ROOT, diversity))
          val text = nietzsche.write(model, 40, 400, diversity)
          text.length shouldBe 400
          println(text)
          text
            .groupingBy { it }
            .eachCount()
            .values
            .sumOf { n -> -(n / 400.0) * ln(n / 400.0) }
        }
      entropies shouldBe entropies.sorted()
    }

    "E2E-10 rows of 72 numbers, by arrays and by an endless dataset" {
      val x = tf.random.statelessUniform(intArrayOf(1000, 72), tf.constant(intArrayOf(1, 2)), -1.0, 1.0, tf.float32)
      val kind = tf.cast(tf.argmax(tf.slice(x, intArrayOf(0, 0), intArrayOf(1000, 10)), 1), tf.int32)
      val y = tf.oneHot(kind, 10)
      val model = ClassifyRows.model()
      for (scores in listOf(ClassifyRows.run(model, x, y), Programs.classifyRows(x, y))) {
        scores shouldHaveSize 2
        scores[0] shouldBeLessThan ln(10.0)
        scores[1] shouldBeGreaterThan 0.12
      }
      model.summaryText().lines().count { "(100, " in it } shouldBe 2
    }

    "E2E-11 the convolutional autoencoder takes noise out".config(enabledOrReasonIf = needs("mnist")) {
      val (images, _) = digits(300)
      Denoise
        .encoder()
        .layers()
        .last()
        .connections()
        .last()
        .outputs()[0]
        .shape() shouldBe Shape.of(-1, 4, 4, 16)
      falls(Denoise.train(Denoise.byResizing(), images, 2))
      falls(Programs.denoise(images, 2))
    }

    "E2E-12 transposed convolutions leave a chequerboard, resizing does not".config(
      enabledOrReasonIf = needs("mnist"),
    ) {
      val (images, _) = digits(200)

      /** How much neighbours differ like the fields of a chessboard, away from the borders, on a plain input. */
      fun chequers(decoder: Model): Double {
        val y = decoder.apply(tf.ones(1, 4, 4, 16))
        val inner = tf.slice(y, intArrayOf(0, 10, 10, 0), intArrayOf(1, 8, 8, 1))
        val a =
          tf.subtract(
            tf.slice(inner, intArrayOf(0, 0, 0, 0), intArrayOf(1, 7, 8, 1)),
            tf.slice(inner, intArrayOf(0, 1, 0, 0), intArrayOf(1, 7, 8, 1)),
          )
        val spread = tf.reduceMax(tf.abs(inner)).item()
        return tf.reduceMean(tf.abs(a)).item() / spread
      }
      val resizing = Denoise.byResizing()
      val transposing = Denoise.byTransposing()
      falls(Denoise.train(resizing, images, 2))
      falls(Denoise.train(transposing, images, 2))
      chequers(transposing) shouldBeGreaterThan 10 * chequers(resizing)
    }

    "E2E-14 reviews by three styles of model".config(enabledOrReasonIf = needs("imdb/test_token.csv")) {
      val rows = Files.readAllLines(data.resolve("imdb/test_token.csv")).take(600)
      val labels = FloatArray(rows.size) { rows[it].substringBefore('\t').toFloat() }
      val tokens = FloatArray(rows.size * 200)
      rows.forEachIndexed { i, row ->
        row
          .substringAfter('\t')
          .trim()
          .split(' ')
          .forEachIndexed { j, id -> tokens[200 * i + j] = id.toFloat() }
      }
      val x = tf.reshape(tf.constant(tokens), intArrayOf(rows.size, 200))
      val y = tf.constant(labels)
      for (model in listOf(
        ReadReviews.sequential(),
        ReadReviews.functional(),
        ReadReviews.ImdbModel(),
        Programs.reviews(),
      )) {
        val losses = ReadReviews.train(model, x, y, 2)
        losses[0] shouldBeLessThan 0.75
        falls(losses)
      }
      ReadReviews.sequential().countParams() shouldBe 80_017
      ReadReviews.functional().countParams() shouldBe 78_938
    }
  })
