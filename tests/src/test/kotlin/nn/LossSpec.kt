package dev.merapi.nn

import dev.merapi.arch.root
import dev.merapi.autodiff.GradientTape
import dev.merapi.nn.KerasCases.Way
import dev.merapi.nn.activation.Activations
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.Masks
import dev.merapi.nn.loss.BinaryCrossentropy
import dev.merapi.nn.loss.CTC
import dev.merapi.nn.loss.CategoricalCrossentropy
import dev.merapi.nn.loss.Loss
import dev.merapi.nn.loss.LossFunction
import dev.merapi.nn.loss.Losses
import dev.merapi.nn.loss.MeanSquaredError
import dev.merapi.nn.loss.SparseCategoricalCrossentropy
import dev.merapi.nn.model.Sequential
import dev.merapi.op.Literals
import dev.merapi.say.ShapeError
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Tensor
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeInstanceOf
import java.lang.reflect.Modifier

/** The concrete classes of a package that are of one type. */
internal fun concrete(
  packageName: String,
  type: Class<*>,
): List<Class<*>> =
  root
    .resolve("core-java/engine/src/main/java/${packageName.replace('.', '/')}")
    .listFiles { f -> f.extension == "java" && f.name != "package-info.java" }!!
    .map { Class.forName("$packageName.${it.nameWithoutExtension}") }
    .filter { type.isAssignableFrom(it) && !Modifier.isAbstract(it.modifiers) }

private val P = arrayOf(floatArrayOf(.1f, .2f, .7f), floatArrayOf(.3f, .3f, .4f))

class LossSpec :
  StringSpec({
    for (way in Way.entries) {
      "losses and their gradients are Keras's: $way" { KerasCases.losses(way).shouldBeEmpty() }
    }

    "configurations are Keras's" { KerasCases.configs("keras_losses", Loss::class.java).shouldBeEmpty() }

    "every loss was compared with Keras's" {
      KerasCases.untested("keras_losses", concrete("dev.merapi.nn.loss", Loss::class.java)) shouldBe
        listOf("FunctionLoss")
    }

    "scores behind a softmax or sigmoid are found, at once and in graphs" {
      val z = Literals.of(arrayOf(floatArrayOf(200f, 0f, -200f)))
      val y = Literals.of(arrayOf(floatArrayOf(0f, 0f, 1f)))
      // The probability of the third class is 0 in float32; its logarithm is −400.
      for (
      (name, loss, expected) in
      listOf(
        Triple("softmax", CategoricalCrossentropy(), 400.0),
        Triple("sigmoid", BinaryCrossentropy(), (200 + Math.log(2.0) + 200) / 3),
      )
      ) {
        val of = { x: Tensor -> loss.apply(y, Activations.of(name).apply(x)) }
        of(z).item() shouldBe expected.plusOrMinus(1e-4)
        tf.function(of).apply(z).item() shouldBe expected.plusOrMinus(1e-4)
      }
      val sparse = SparseCategoricalCrossentropy()
      sparse.apply(intArrayOf(2), Activations.of("softmax").apply(z)).item() shouldBe 400.0.plusOrMinus(1e-4)
      val layer =
        dev.merapi.nn.layer.activate
          .Softmax()
      sparse.apply(intArrayOf(2), layer.apply(z)).item() shouldBe 400.0.plusOrMinus(1e-4)
    }

    "a saturated softmax still learns" {
      val model = Sequential(Dense(2, "softmax"))
      val x = tf.constant(arrayOf(floatArrayOf(1f)))
      model.apply(x)
      model.setWeights(listOf(arrayOf(floatArrayOf(500f, -500f)), floatArrayOf(0f, 0f)))
      GradientTape().use { tape ->
        val loss = SparseCategoricalCrossentropy().apply(intArrayOf(1), model.apply(x, true))
        val slope = tape.gradient(loss, model.trainableVariables()[0])
        "$slope" shouldBe "tf.Tensor([[ 1. -1.]], shape=(1, 2), dtype=float32)"
      }
    }

    "float64 is computed when asked for" {
      val y = doubleArrayOf(1.0, 2.0)
      val p = doubleArrayOf(1.1, 2.2)
      MeanSquaredError().apply(y, p).dtype() shouldBe DType.F32
      val wide = MeanSquaredError().dtype(DType.F64).apply(y, p)
      wide.dtype() shouldBe DType.F64
      wide.item() shouldBe ((0.1 * 0.1 + 0.2 * 0.2) / 2).plusOrMinus(1e-15)
    }

    "names are found in any case, functions are wrapped, unknown names listed" {
      Losses.get("MSE").shouldBeInstanceOf<MeanSquaredError>()
      Losses.get("mean_squared_error").shouldBeInstanceOf<MeanSquaredError>()
      Losses.get("SparseCategoricalCrossentropy").shouldBeInstanceOf<SparseCategoricalCrossentropy>()
      Losses.get("KLD").name() shouldBe "kl_divergence"
      val own = LossFunction { t, p -> tf.reduceMean(tf.abs(tf.subtract(t, p)), -1) }
      val loss = Losses.get(own)
      loss.apply(arrayOf(floatArrayOf(1f, 2f)), arrayOf(floatArrayOf(2f, 4f))).item() shouldBe 1.5
      val e = shouldThrow<ValueError> { Losses.get("means_squared") }
      e.message shouldContain "Could not interpret loss identifier: means_squared"
      e.message shouldContain "mean_squared_error, mean_absolute_error"
    }

    "a program's own loss gets weights and reductions" {
      class Signed : Loss() {
        override fun call(
          yTrue: Tensor,
          yPred: Tensor,
        ): Tensor = tf.reduceMean(tf.subtract(yPred, yTrue), -1)
      }
      val loss = Signed()
      loss.name() shouldBe "signed"
      val y = arrayOf(floatArrayOf(0f), floatArrayOf(0f))
      val p = arrayOf(floatArrayOf(1f), floatArrayOf(3f))
      loss.apply(y, p).item() shouldBe 2.0
      loss.apply(y, p, floatArrayOf(1f, 0f)).item() shouldBe 0.5
      Signed().reduction("sum").apply(y, p).item() shouldBe 4.0
      "${Signed().reduction("none").apply(y, p)}" shouldBe "tf.Tensor([1. 3.], shape=(2,), dtype=float32)"
    }

    "one-hot labels with a sparse loss" {
      val e =
        shouldThrow<ShapeError> { SparseCategoricalCrossentropy().apply(arrayOf(FloatArray(3), FloatArray(3)), P) }
      e.message shouldContain "labels of shape (2, 3) look one-hot, but class numbers are expected"
      e.message shouldContain "use CategoricalCrossentropy"
    }

    "class numbers with a loss of shares" {
      for (labels in listOf<Any>(intArrayOf(0, 1), arrayOf(intArrayOf(0), intArrayOf(1)))) {
        val e = shouldThrow<ShapeError> { CategoricalCrossentropy().apply(labels, P) }
        e.message shouldContain "are class numbers, but one share for each class is expected"
        e.message shouldContain "use SparseCategoricalCrossentropy, or tf.oneHot(labels, 3)"
      }
    }

    "scores with a loss of probabilities" {
      val e = shouldThrow<ValueError> { BinaryCrossentropy().apply(intArrayOf(0, 1), floatArrayOf(-3f, 2f)) }
      e.message shouldContain "a prediction is -3.0, which looks like a score (logit)"
      e.message shouldContain "from_logits = true"
      shouldThrow<ValueError> {
        SparseCategoricalCrossentropy().apply(intArrayOf(0), arrayOf(floatArrayOf(1f, 2f)))
      }
      shouldThrow<ValueError> {
        CategoricalCrossentropy().apply(arrayOf(floatArrayOf(1f, 0f)), arrayOf(floatArrayOf(1f, -2f)))
      }
      BinaryCrossentropy(true).apply(intArrayOf(0, 1), floatArrayOf(-3f, 2f)).item() shouldBe
        ((Math.log1p(Math.exp(-3.0)) + Math.log1p(Math.exp(-2.0))) / 2).plusOrMinus(1e-7)
    }

    "shapes that do not fit are both named" {
      val e = shouldThrow<ShapeError> { MeanSquaredError().apply(FloatArray(4), FloatArray(3)) }
      e.message shouldContain "MeanSquaredError: labels of shape (4,) do not fit predictions of shape (3,)"
      val w =
        shouldThrow<ShapeError> {
          MeanSquaredError().apply(Array(3) { FloatArray(2) }, Array(3) { FloatArray(2) }, FloatArray(2))
        }
      w.message shouldContain "sample weights of shape (2,) do not fit losses of shape (3,)"
    }

    "unknown arguments and reductions are named" {
      shouldThrow<ValueError> { MeanSquaredError().with("delta", 2) }.message shouldContain
        "MeanSquaredError: there is no argument 'delta'"
      shouldThrow<ValueError> { MeanSquaredError().reduction("average") }.message shouldContain
        "'sum_over_batch_size', 'sum', 'mean', 'mean_with_sample_weight', 'none'"
    }

    "a mask on the predictions counts" {
      val p = tf.identity(tf.constant(arrayOf(floatArrayOf(1f), floatArrayOf(5f))))
      Masks.set(p, tf.constant(booleanArrayOf(true, false)))
      MeanSquaredError().apply(arrayOf(floatArrayOf(0f), floatArrayOf(0f)), p).item() shouldBe 1.0
    }

    "labels that do not fit into the steps have an infinite CTC loss" {
      // Three equal labels need two blanks between them: five steps.
      val labels = arrayOf(intArrayOf(1, 1, 1))
      CTC().apply(labels, Array(1) { Array(4) { FloatArray(3) } }).item() shouldBe Double.POSITIVE_INFINITY
      // In five steps there is one way, of probability (1/3)^5.
      CTC().apply(labels, Array(1) { Array(5) { FloatArray(3) } }).item() shouldBe (5 * Math.log(3.0)).plusOrMinus(1e-5)
    }
  })
