package dev.merapi.acceptance

import dev.merapi.nn.init.GlorotNormal
import dev.merapi.nn.init.Initializers
import dev.merapi.nn.layer.Dense
import dev.merapi.nn.layer.conv.Conv2D
import dev.merapi.nn.layer.pool.MaxPooling2D
import dev.merapi.nn.layer.reshape.Flatten
import dev.merapi.nn.loss.Losses
import dev.merapi.nn.loss.MeanSquaredError
import dev.merapi.nn.loss.SparseCategoricalCrossentropy
import dev.merapi.nn.metric.AUC
import dev.merapi.nn.metric.BinaryAccuracy
import dev.merapi.nn.metric.Mean
import dev.merapi.nn.metric.Metrics
import dev.merapi.nn.metric.SparseCategoricalAccuracy
import dev.merapi.nn.model.Sequential
import dev.merapi.nn.regularize.L1
import dev.merapi.nn.regularize.L1L2
import dev.merapi.nn.regularize.L2
import dev.merapi.say.ValueError
import dev.merapi.tensor.DType
import dev.merapi.tensor.Shape
import dev.merapi.tf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.doubles.plusOrMinus
import io.kotest.matchers.doubles.shouldBeBetween
import io.kotest.matchers.doubles.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.math.abs
import kotlin.math.ln
import kotlin.math.sqrt

/** Losses and metrics, and what weights start from and are held to. */
class LosSpec :
  StringSpec({
    "LOS-01 sparse cross-entropy of probabilities, and a label out of range" {
      val loss = SparseCategoricalCrossentropy()
      val p = arrayOf(floatArrayOf(.05f, .95f, 0f), floatArrayOf(.1f, .8f, .1f))
      loss.apply(intArrayOf(1, 2), p).item() shouldBe (-(ln(.95) + ln(.1)) / 2).plusOrMinus(1e-6)
      val e = shouldThrow<ValueError> { loss.apply(intArrayOf(1, 5), p) }
      e.message shouldContain "Received a label value of 5 which is outside the valid range of [0, 3)"
    }

    "LOS-02 sparse cross-entropy of logits" {
      val z = floatArrayOf(1f, 2f, 3f)
      SparseCategoricalCrossentropy(true).apply(intArrayOf(1, 2), arrayOf(z, z)).item() shouldBe
        0.9076059.plusOrMinus(1e-6)
    }

    "LOS-03 categorical cross-entropy as a function" {
      val y = Losses.categoricalCrossentropy(arrayOf(floatArrayOf(0f, 1f, 0f)), arrayOf(floatArrayOf(.05f, .95f, 0f)))
      y.shape() shouldBe Shape.of(1)
      y.toFloatArray()[0].toDouble() shouldBe 0.0512933.plusOrMinus(1e-7)
    }

    "LOS-04 binary cross-entropy" {
      Losses.binaryCrossentropy(floatArrayOf(0f, 1f, 1f), floatArrayOf(.1f, .8f, .6f)).item() shouldBe
        0.2797765.plusOrMinus(1e-7)
    }

    "LOS-05 the mean of the squared error by hand" {
      // With x normal, targets 3x + 2 and w = 5, b = 10 the error is 2x + 8, its mean square 68, and 69 with noise.
      val x = tf.random.normal(intArrayOf(20000), 0.0, 1.0, DType.F32, 1L)
      val noise = tf.random.normal(intArrayOf(20000), 0.0, 1.0, DType.F32, 2L)
      val targets = tf.add(tf.add(tf.multiply(x, 3), 2), noise)
      val outputs = tf.add(tf.multiply(x, 5), 10)
      val loss = tf.reduceMean(tf.square(tf.subtract(outputs, targets))).item()
      // One mean of 20000 lies within a fifth of that, five deviations.
      loss.shouldBeBetween(67.8, 70.2, 0.0)
      MeanSquaredError().apply(targets, outputs).item() shouldBe loss.plusOrMinus(1e-4)
    }

    "LOS-06 a mean is called" {
      val m = Mean("loss")
      m.apply(0)
      m.apply(1)
      m.apply(5).format() shouldBe "2.0"
      m.apply(intArrayOf(10, 4))
      m.result().format() shouldBe "4.0"
    }

    "LOS-07 update, result, reset" {
      val m = Mean("train_loss")
      m.updateState(floatArrayOf(2f, 4f))
      m.result().format() shouldBe "3.0"
      m.resetStates()
      m.result().format() shouldBe "0.0"
      val a = SparseCategoricalAccuracy()
      a.updateState(intArrayOf(0), arrayOf(floatArrayOf(1f, 0f)))
      a.result().format() shouldBe "1.0"
      a.resetState()
      a.result().format() shouldBe "0.0"
    }

    "LOS-08 sparse categorical accuracy" {
      val m = SparseCategoricalAccuracy().also { it.name("train_accuracy") }
      m.name() shouldBe "train_accuracy"
      m.apply(intArrayOf(1, 2), arrayOf(floatArrayOf(.1f, .9f, 0f), floatArrayOf(.6f, .3f, .1f))).format() shouldBe
        "0.5"
    }

    "LOS-09 categorical accuracy as a function" {
      val y =
        Metrics.categoricalAccuracy(
          arrayOf(floatArrayOf(0f, 0f, 1f), floatArrayOf(0f, 1f, 0f)),
          arrayOf(floatArrayOf(.1f, .9f, .8f), floatArrayOf(.05f, .95f, 0f)),
        )
      "$y" shouldBe "tf.Tensor([0. 1.], shape=(2,), dtype=float32)"
    }

    "LOS-10 AUC" {
      AUC().apply(intArrayOf(0, 0, 1, 1), floatArrayOf(0f, .5f, .3f, .9f)).item() shouldBe 0.75.plusOrMinus(1e-6)
    }

    "LOS-11 regularisation losses of a model" {
      val model =
        Sequential(
          Conv2D(32, 3, "relu").kernelRegularizer(L2(0.02)),
          MaxPooling2D(),
          Flatten(),
          Dense(64, "relu"),
          Dense(10, "softmax"),
        )
      model.apply(tf.zeros(1, 28, 28, 1))
      model.losses() shouldHaveSize 1
      val w = model.weights()[0].value().toFloatArray()
      val squares = w.sumOf { it.toDouble() * it }
      model.losses()[0].item() shouldBe (0.02 * squares).plusOrMinus(1e-5)
    }

    "LOS-12 weights of samples and classes, reductions" {
      val y = arrayOf(floatArrayOf(0f), floatArrayOf(0f), floatArrayOf(0f))
      val p = arrayOf(floatArrayOf(1f), floatArrayOf(2f), floatArrayOf(3f))
      val w = floatArrayOf(1f, .5f, 2f)
      // Squares 1, 4, 9; weighted 1, 2, 18.
      MeanSquaredError().apply(y, p, w).item() shouldBe 7.0.plusOrMinus(1e-6)
      MeanSquaredError().reduction("sum").apply(y, p, w).item() shouldBe 21.0.plusOrMinus(1e-6)
      MeanSquaredError().reduction("mean_with_sample_weight").apply(y, p, w).item() shouldBe 6.0.plusOrMinus(1e-6)
      "${MeanSquaredError().reduction("none").apply(y, p, w)}" shouldBe
        "tf.Tensor([ 1.  2. 18.], shape=(3,), dtype=float32)"
      // What counts by class counts by sample: the weight of its class.
      val classes = intArrayOf(0, 1, 1)
      val byClass = tf.gather(tf.constant(floatArrayOf(1f, 3f)), tf.constant(classes))
      val q = Array(3) { floatArrayOf(.25f, .75f) }
      SparseCategoricalCrossentropy().apply(classes, q, byClass).item() shouldBe
        (-(ln(.25) + 6 * ln(.75)) / 3).plusOrMinus(1e-6)
      // A metric divides by the weights.
      BinaryAccuracy().apply(intArrayOf(1, 0), floatArrayOf(.9f, .9f), floatArrayOf(3f, 1f)).item() shouldBe 0.75
    }

    "KER-27 initializers: Glorot uniform by default, by reference, by name; biases 0" {
      fun kernel(initializer: Any?): FloatArray {
        val layer = Dense(200)
        if (initializer != null) {
          layer.kernelInitializer(initializer)
        }
        layer.apply(tf.zeros(1, 300))
        layer
          .weights()[1]
          .value()
          .toFloatArray()
          .all { it == 0f } shouldBe true
        return layer.weights()[0].value().toFloatArray()
      }

      fun variance(x: FloatArray) = x.sumOf { it.toDouble() * it } / x.size
      // Variance 2 / (300 + 200); 60000 numbers show it within 2 %, more than three deviations.
      val bound = sqrt(6.0 / 500)
      val uniform = kernel(null)
      uniform.maxOf { abs(it.toDouble()) } shouldBeLessThanOrEqual bound
      uniform.maxOf { abs(it.toDouble()) }.shouldBeBetween(0.999 * bound, bound, 0.0)
      variance(uniform) shouldBe (2.0 / 500).plusOrMinus(0.02 * 2 / 500)
      variance(kernel(GlorotNormal())) shouldBe (2.0 / 500).plusOrMinus(0.02 * 2 / 500)
      variance(kernel("glorot_normal")) shouldBe (2.0 / 500).plusOrMinus(0.02 * 2 / 500)
      val named = kernel("uniform")
      named.maxOf { abs(it.toDouble()) }.shouldBeBetween(0.0499, 0.05, 1e-9)
      variance(named) shouldBe (0.05 * 0.05 / 3).plusOrMinus(0.02 * 0.05 * 0.05 / 3)
      variance(kernel("he_normal")) shouldBe (2.0 / 300).plusOrMinus(0.02 * 2 / 300)
      variance(kernel("lecun_normal")) shouldBe (1.0 / 300).plusOrMinus(0.02 / 300)
      Initializers.get("zeros").make(Shape.of(2), DType.F32).toFloatArray() shouldBe floatArrayOf(0f, 0f)
    }

    "KER-28 regularizers l1, l2 on kernel and bias" {
      val w = tf.constant(arrayOf(floatArrayOf(1f, 2f), floatArrayOf(3f, 4f)))
      L2(0.02).apply(w).item() shouldBe 0.6.plusOrMinus(1e-6)
      L1(0.02).apply(w).item() shouldBe 0.2.plusOrMinus(1e-6)
      L1L2(0.02, 0.02).apply(w).item() shouldBe 0.8.plusOrMinus(1e-6)
      val layer = Dense(2).kernelRegularizer("l1").biasRegularizer(L2(0.5)).biasInitializer("ones")
      layer.apply(w)
      layer.losses() shouldHaveSize 2
      val kernel = layer.weights()[0].value().toFloatArray()
      layer.losses()[0].item() shouldBe (0.01 * kernel.sumOf { abs(it.toDouble()) }).plusOrMinus(1e-6)
      layer.losses()[1].item() shouldBe 1.0.plusOrMinus(1e-6)
      Sequential(Dense(3).kernelRegularizer(L2(0.02)), Dense(1)).also { it.apply(w) }.losses() shouldHaveSize 1
    }
  })
